//! A post without its words: keys, hashes and where it says what it says, in 56 bytes.

use super::facts::{Entry, Fact};
use super::fingerprint::{Fingerprint, hash_str, mix};
use super::grounds::wording_key;
use crate::interpret::evidence::{Evidence, JobLink, Lang, Side};
use crate::lexicon::id::{Entity, RelationKind, Voice};
use crate::read::post::{AuthorKey, Post};

/// Seeds keep hashes of different kinds of strings apart.
const SEED_NAME: u64 = 1;
const SEED_POST: u64 = 2;
const SEED_THREAD: u64 = 3;
const SEED_TIME: u64 = 4;
const SEED_BUCKET: u64 = 5;

/// A post reduced to keys, hashes and facts.
#[derive(Debug, Clone)]
pub struct Record {
    /// Hash of (platform, author, id); a missing author or id is the hash of (text, time, platform).
    pub(super) key: u64,
    /// Hash of the folded text.
    pub(super) exact: u64,
    /// SimHash, where the text is long enough; 0 otherwise.
    pub(super) simhash: u64,
    /// Who wrote it.
    pub(super) author: u64,
    /// The thread; 0 where there is none.
    pub(super) thread: u64,
    /// When it was written, and what little else there is to tell of it.
    pub(super) traits: Traits,
    /// Characters of the folded text, and where its tally keeps where it comes from and what it says.
    pub(super) entry: Entry,
}

/// What is small, in one word: 39 bits of time, 17 of the month, three of the voice, two of the language, and two that are set or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits(u64);

/// What stands behind the time in [`Traits`].
const MONTH: u32 = 8;
const TIME: u32 = 25;
/// Time begins long before the year 0, and no year has more than four digits.
const BEGINNING: i64 = -(1 << 38);
/// The month of a post without time.
const NO_MONTH: u64 = (1 << (TIME - MONTH)) - 1;

impl Traits {
    fn of(post: &Post, evidence: &Evidence) -> Self {
        let time = post.time.as_ref().map_or(NO_TIME, |time| seconds(&time.text));
        let since = time.checked_sub(BEGINNING).filter(|&since| since > 0 && since < 1 << (64 - TIME));
        let month = post.time.as_ref().and_then(|time| u64::try_from(time.month).ok());
        let month = month.filter(|&month| month < NO_MONTH).unwrap_or(NO_MONTH);
        let voice = Voice::ALL.iter().position(|&voice| voice == evidence.voice).unwrap_or_default() as u64;
        let lang = match evidence.lang {
            Lang::Zh => 0,
            Lang::En => 1,
            Lang::Other => 2,
        };
        let is_set = u64::from(post.is_comment) << 1 | u64::from(!evidence.mentions.is_empty());
        Self((since.unwrap_or(0) as u64) << TIME | month << MONTH | voice << 4 | lang << 2 | is_set)
    }
}

/// Where posts come from: many share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    /// Hash of the platform's name; 0 where it is not known.
    pub platform: u64,
    /// Hash of the region's name; 0 where it is not known.
    pub region: u64,
    /// Hash of the keyword; 0 where there is none.
    pub keyword: u64,
}

impl Place {
    /// Where a post comes from.
    pub fn of(post: &Post) -> Self {
        let hash = |name: Option<&str>| name.map_or(0, name_hash);
        Self {
            platform: hash(post.platform.as_deref()),
            region: hash(post.region.as_deref()),
            keyword: hash(post.keyword.as_deref()),
        }
    }
}

/// The time of a post without time.
pub(super) const NO_TIME: i64 = i64::MIN;

impl Record {
    /// The record of a post, before its tally gives its facts and its place a place.
    pub(super) fn of(post: &Post, evidence: &Evidence, platform: u64) -> Self {
        let print = Fingerprint::of(&post.text);
        let time_text = post.time.as_ref().map_or(0, |time| hash_str(SEED_TIME, &time.text));
        let own = mix(mix(print.exact, time_text), platform);
        let author = post.author.map_or(own, |AuthorKey(key)| key);
        let id = post.id.as_deref().map_or(own, |id| hash_str(SEED_POST, id));
        // A post that opens a thread is often known to its comments by its own id.
        let thread = match (&post.thread, &post.id) {
            (Some(thread), _) => Some(thread),
            (None, Some(id)) if !post.is_comment => Some(id),
            _ => None,
        };
        Self {
            key: mix(mix(platform, author), id),
            exact: print.exact,
            simhash: print.simhash.map_or(0, |hash| hash.max(1)),
            author,
            thread: thread.map_or(0, |thread| mix(platform, hash_str(SEED_THREAD, thread)).max(1)),
            traits: Traits::of(post, evidence),
            entry: Entry::new(print.chars),
        }
    }

    /// Seconds since 1970; [`NO_TIME`] where it is not known.
    pub(super) fn time(&self) -> i64 {
        match (self.traits.0 >> TIME) as i64 {
            0 => NO_TIME,
            since => since + BEGINNING,
        }
    }

    /// Months since January of year 0, where it is known.
    pub(super) fn month(&self) -> Option<u64> {
        Some(self.traits.0 >> MONTH & NO_MONTH).filter(|&month| month != NO_MONTH)
    }

    /// Who speaks.
    pub(super) fn voice(&self) -> Voice {
        Voice::ALL.get((self.traits.0 >> 4 & 7) as usize).copied().unwrap_or(Voice::Consumer)
    }

    /// Its language.
    pub(super) fn lang(&self) -> Lang {
        match self.traits.0 >> 2 & 3 {
            0 => Lang::Zh,
            1 => Lang::En,
            _ => Lang::Other,
        }
    }

    /// An answer inside a thread.
    pub(super) fn is_comment(&self) -> bool {
        self.traits.0 & 2 != 0
    }

    /// It names something, were it only in passing: then it inherits no topic.
    fn names_something(&self) -> bool {
        self.traits.0 & 1 != 0
    }

    /// Characters of the folded text.
    pub(super) fn chars(&self) -> u16 {
        self.entry.chars()
    }

    /// What comes before and after its place in the order of records.
    pub(super) fn keys(&self) -> (impl Ord, impl Ord) {
        (
            (self.time(), self.exact, self.chars(), self.simhash, self.author, self.thread),
            // All that is not the time: of it, the month comes first.
            self.traits.0 & ((1 << TIME) - 1),
        )
    }

    /// The order in which one of several copies is chosen: the earliest, then the smallest key; without time last.
    pub(super) fn seniority(&self) -> (bool, i64, u64) {
        seniority(self.time(), self.key)
    }

    /// Whether it takes over the topic of its thread: a comment that names nothing itself.
    pub(super) fn takes_topic(&self) -> bool {
        self.is_comment() && !self.names_something() && self.thread != 0
    }

    /// Its author's bucket.
    pub(super) fn bucket(&self) -> u8 {
        bucket(self.author)
    }
}

/// The order of [`Record::seniority`], by time and key.
pub(super) fn seniority(time: i64, key: u64) -> (bool, i64, u64) {
    (time == NO_TIME, time, key)
}

/// The bucket of an author: the top 6 bits of a fixed-key hash.
pub(super) fn bucket(author: u64) -> u8 {
    (mix(SEED_BUCKET, author) >> 58) as u8
}

/// The hash under which a tally keeps the name of a platform, region or keyword; never 0.
pub(super) fn name_hash(name: &str) -> u64 {
    hash_str(SEED_NAME, name).max(1)
}

/// Seconds since 1970 of an RFC 3339 time; a time without offset is taken as UTC, a date as its midnight.
fn seconds(text: &str) -> i64 {
    if let Ok(stamp) = text.parse::<jiff::Timestamp>() {
        return stamp.as_second();
    }
    text.parse::<jiff::civil::DateTime>()
        .ok()
        .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .map_or(NO_TIME, |time| time.timestamp().as_second())
}

/// The facts of a post, sorted, each once. A bare forward has none: its words are somebody else's.
pub(super) fn facts(evidence: &Evidence) -> Vec<Fact> {
    if evidence.bare_forward {
        return Vec::new();
    }
    let room = evidence.mentions.len() + evidence.occasions.len() + evidence.links.len() + evidence.jobs.len();
    let mut out = Vec::with_capacity(room + 2 * evidence.motives.len() + evidence.relations.len());
    out.extend(
        evidence
            .mentions
            .iter()
            .filter(|mention| !mention.passing)
            .map(|mention| Fact::Names(Side { category: mention.category, brand: mention.brand })),
    );
    out.extend(evidence.occasions.iter().map(|label| Fact::Occasion(label.id, wording_key(&label.traces))));
    out.extend(evidence.links.iter().map(|link| Fact::Link(link.entity, link.occasion, link.window)));
    for label in &evidence.motives {
        if label.of.is_empty() {
            out.push(Fact::Motive(None, label.id, label.role));
        }
        out.extend(label.of.iter().map(|&of| Fact::Motive(Some(of), label.id, label.role)));
    }
    let job = |job: &JobLink| Fact::Job(job.of, job.occasion, job.motive, job.role, job.is_unmet());
    out.extend(evidence.jobs.iter().map(job));
    for relation in &evidence.relations {
        match (relation.kind, relation.a, relation.b) {
            (RelationKind::LostToNone, a, b) => out.extend(b.or(a).map(Fact::Lost)),
            (kind, Some(winner), Some(loser)) => {
                out.push(oriented(kind, loser, winner, wording_key(&relation.traces)));
            }
            // One side alone is no pair.
            _ => {}
        }
    }
    position(evidence, &mut out);
    out.sort_unstable();
    out.dedup();
    out
}

/// What a post tells of the speaker, and of the position of things.
fn position(evidence: &Evidence, out: &mut Vec<Fact>) {
    let things = |of: &[Entity]| -> Vec<Option<Entity>> {
        if of.is_empty() { vec![None] } else { of.iter().copied().map(Some).collect() }
    };
    out.extend(evidence.customers.iter().map(|&(id, _)| Fact::Customer(id)));
    for label in &evidence.essences {
        out.extend(things(&label.of).into_iter().map(|of| Fact::Essence(of, label.id)));
    }
    for label in &evidence.attributes {
        out.extend(label.of.iter().map(|&of| Fact::Attribute(of, label.id, label.stance)));
    }
    for step in &evidence.steps {
        out.extend(step.of.iter().map(|&of| Fact::Step(of, step.to, step.from, step.joined)));
    }
    out.extend(evidence.felt.iter().map(|felt| Fact::Felt(felt.of, felt.theme, felt.arousal, felt.imagery)));
    for label in &evidence.stages {
        out.extend(things(&label.of).into_iter().map(|of| Fact::Stage(of, label.id, label.stance)));
    }
}

/// A relation with its sides in the order of [`Fact::Relation`].
fn oriented(kind: RelationKind, loser: Side, winner: Side, key: u32) -> Fact {
    let unordered = matches!(kind, RelationKind::EitherOr | RelationKind::GoesWith);
    let (first, second) = if unordered && winner < loser { (winner, loser) } else { (loser, winner) };
    Fact::Relation(kind, first, second, key)
}
