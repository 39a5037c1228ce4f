//! The growing set of records: adding posts, merging partial tallies.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::counts::{Counts, Frame};
use super::grounds::Wordings;
use super::quotes::{Citation, QuoteBook};
use super::record::{NO_TIME, Place, Record, facts, name_hash};
use super::records::Records;
use crate::interpret::evidence::Evidence;
use crate::lexicon::id::Voice;
use crate::lexicon::taxonomy::Taxonomy;
use crate::read::post::Post;

/// The records of a part of the posts. Merging two is the union of their records: in any order, in any grouping, the
/// same tally. A worker fills its own; `finish` turns the merged one into counts.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub(super) records: Records,
    pub(super) quotes: QuoteBook,
    /// Names of platforms, regions and keywords by their hash.
    pub(super) names: BTreeMap<u64, Box<str>>,
    keywords: BTreeMap<u64, u64>,
    pub(super) wordings: Wordings,
    pub(super) first: Option<(i64, Box<str>)>,
    pub(super) last: Option<(i64, Box<str>)>,
    with_urls: bool,
}

impl Tally {
    /// An empty tally; `with_urls` keeps the address of quotes.
    pub fn new(with_urls: bool) -> Self {
        Self { with_urls, ..Self::default() }
    }

    /// Adds a post and what it says. The text is not kept beyond a few quotes.
    pub fn add(&mut self, post: &Post, evidence: &Evidence, taxonomy: &Taxonomy) {
        let place = Place::of(post);
        let record = Record::of(post, evidence, place.platform);
        if place.platform != 0 {
            self.name(place.platform, post.platform.as_deref());
        }
        if place.region != 0 {
            self.name(place.region, post.region.as_deref());
        }
        if place.keyword != 0 {
            self.name(place.keyword, post.keyword.as_deref());
            *self.keywords.entry(place.keyword).or_default() += 1;
        }
        if let Some(time) = post.time.as_ref().filter(|_| record.time() != NO_TIME) {
            self.seen(record.time(), &time.text);
        }
        if record.voice() == Voice::Consumer && !evidence.bare_forward {
            let citation = Citation {
                post,
                evidence,
                record: &record,
                platform: place.platform,
                taxonomy,
                with_url: self.with_urls,
                source: OnceCell::new(),
            };
            citation.offer_all(&mut self.quotes);
            evidence.occasions.iter().for_each(|label| self.wordings.note_words(post, &label.traces));
            evidence.relations.iter().for_each(|relation| self.wordings.note_pattern(&relation.traces));
        }
        self.records.push(record, place, &facts(evidence));
    }

    /// Adds another tally: the union of both.
    pub fn merge(&mut self, mut other: Tally) {
        self.records.append(std::mem::take(&mut other.records));
        self.quotes.merge(other.quotes);
        self.wordings.merge(other.wordings);
        self.names.append(&mut other.names);
        for (keyword, posts) in other.keywords {
            *self.keywords.entry(keyword).or_default() += posts;
        }
        for (time, text) in other.first.into_iter().chain(other.last) {
            self.seen(time, &text);
        }
        self.with_urls |= other.with_urls;
    }

    /// Posts added, copies included.
    pub fn len(&self) -> usize {
        self.records.list.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.records.list.is_empty()
    }

    /// The distinct keywords of the posts with their rows, sorted: whoever can read them tells `finish` what they name.
    pub fn keywords(&self) -> Vec<(&str, u64)> {
        let mut out: Vec<(&str, u64)> = self
            .keywords
            .iter()
            .filter_map(|(hash, &posts)| self.names.get(hash).map(|name| (name.as_ref(), posts)))
            .collect();
        out.sort_unstable();
        out
    }

    /// Drops copies and counts authors per cell and bucket.
    pub fn finish(self, taxonomy: &Taxonomy, frame: &Frame) -> Counts {
        super::finish::Finish::of(self, taxonomy, frame).whole()
    }

    /// The name behind a hash.
    pub(super) fn named(&self, hash: u64) -> Option<&str> {
        self.names.get(&hash).map(AsRef::as_ref)
    }

    /// Notes a name under its hash.
    fn name(&mut self, hash: u64, name: Option<&str>) {
        if let Some(name) = name.filter(|_| !self.names.contains_key(&hash)) {
            debug_assert_eq!(name_hash(name), hash);
            self.names.insert(hash, name.into());
        }
    }

    /// Widens the period.
    fn seen(&mut self, time: i64, text: &str) {
        if self.first.as_ref().is_none_or(|(first, shown)| (time, text) < (*first, shown)) {
            self.first = Some((time, text.into()));
        }
        if self.last.as_ref().is_none_or(|(last, shown)| (time, text) > (*last, shown)) {
            self.last = Some((time, text.into()));
        }
    }
}

/// Equal as sets: the order in which records came does not matter.
impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        self.records == other.records
            && self.quotes == other.quotes
            && self.names == other.names
            && self.keywords == other.keywords
            && self.wordings == other.wordings
            && (&self.first, &self.last) == (&other.first, &other.last)
    }
}
