//! From records to counts: copies go, comments take the topic of their thread, each author counts once per cell.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::counts::{Counts, Frame, KeywordCounts};
use super::dedup::{Fate, fates, tell};
use super::expand::of_side;
use super::facts::Fact;
use super::quotes::{Cell, Quote};
use super::record::{Place, Record, bucket, name_hash};
use super::records::Records;
use super::sheet::{Cells, Query, Sheet, Topic};
use super::tally::Tally;
use crate::interpret::evidence::Side;
use crate::lexicon::id::{Entity, Voice};
use crate::lexicon::taxonomy::Taxonomy;

/// What the keywords of the posts name.
struct Queries {
    by_keyword: FxHashMap<u64, Query>,
    without: Query,
}

impl Queries {
    /// Reads the frame.
    fn naming(frame: &Frame, taxonomy: &Taxonomy) -> Self {
        let by_keyword =
            frame.keywords.iter().map(|(word, names)| (name_hash(word), Query::naming(names, taxonomy))).collect();
        Self { by_keyword, without: Query::naming(frame.sampled_by.as_deref().unwrap_or_default(), taxonomy) }
    }

    /// The query that fetched the posts of a place.
    fn of(&self, place: &Place) -> &Query {
        // A keyword that was not told about names nothing; a post without keyword follows `--sampled-by`.
        static NONE: Query = Query::NONE;
        if place.keyword == 0 { &self.without } else { self.by_keyword.get(&place.keyword).unwrap_or(&NONE) }
    }
}

/// A tally whose copies are known: ready to be counted, as a whole or in parts.
pub(super) struct Finish<'t> {
    tally: Tally,
    taxonomy: &'t Taxonomy,
    frame: &'t Frame,
    queries: Queries,
    /// By record.
    fates: Vec<Fate>,
    topics: Topics,
}

impl<'t> Finish<'t> {
    /// Finds the copies.
    pub fn of(mut tally: Tally, taxonomy: &'t Taxonomy, frame: &'t Frame) -> Self {
        tally.records.sort();
        let queries = Queries::naming(frame, taxonomy);
        let fates = fates(&tally.records.list, |record| queries.of(tally.records.place(record)).names_something());
        let topics = Topics::of(&tally.records.list, &fates);
        Self { tally, taxonomy, frame, queries, fates, topics }
    }

    /// The consumer posts that are counted.
    pub fn consumers(&self) -> impl Iterator<Item = &Record> {
        let counts = |(record, fate): &(&Record, &Fate)| **fate == Fate::Kept && record.voice() == Voice::Consumer;
        self.tally.records.list.iter().zip(&self.fates).filter(counts).map(|(record, _)| record)
    }

    /// Where a record comes from.
    pub fn place(&self, record: &Record) -> &Place {
        self.tally.records.place(record)
    }

    /// The name behind a hash.
    pub fn named(&self, hash: u64) -> Option<&str> {
        self.tally.named(hash)
    }

    /// Counts everything, quotes included.
    pub fn whole(mut self) -> Counts {
        // First what needs much room for a moment, while nothing else is there.
        let portraits = super::portraits::portraits(self.consumers(), &self.tally.records, self.taxonomy);
        let quotes = quotes(&mut self.tally, &self.fates);
        let cells = self.cells(|_| true);
        let Self { tally: Tally { records, names, wordings, first, last, .. }, frame, fates, topics, .. } = self;
        // Nobody asks the posts any more: their room is for what was counted, which is put in order.
        drop((records, fates, topics));
        let mut counts = in_order(cells, frame);
        counts.period = first.zip(last).map(|(first, last)| [first.1.into(), last.1.into()]);
        counts.grounds.wordings = wordings.of(&counts.grounds);
        (counts.portraits, counts.quotes) = (portraits, quotes);
        counts.withhold();
        counts.names = names;
        counts
    }

    /// Counts the wanted posts, without quotes and period.
    pub fn count(&self, wanted: impl Fn(&Record) -> bool) -> Counts {
        in_order(self.cells(wanted), self.frame)
    }

    /// The cells of the wanted posts.
    fn cells(&self, wanted: impl Fn(&Record) -> bool) -> Cells {
        let Self { tally, taxonomy, frame, queries, fates, topics } = self;
        let records = &tally.records;
        let mut cells = Cells::default();
        cells.counts.sampled_by.clone_from(&frame.sampled_by);
        let kept: Vec<Fate> = records.list.iter().zip(fates).filter(|(r, _)| wanted(r)).map(|(_, &f)| f).collect();
        cells.counts.posts.added = kept.len() as u64;
        cells.counts.posts.duplicates = tell(&kept);

        let mut consumers: Vec<u32> = Vec::new();
        for (at, (record, &fate)) in records.list.iter().zip(fates).enumerate().filter(|(_, (r, _))| wanted(r)) {
            if fate == Fate::Kept && record.voice() == Voice::Consumer {
                consumers.push(at as u32);
            } else {
                count_unused((record, records), fate, taxonomy, &mut cells);
            }
        }
        let author = |at: u32| records.list[at as usize].author;
        // Bucket by bucket: counts grow at their end.
        consumers.sort_unstable_by_key(|&at| (bucket(author(at)), author(at), at));
        let mut facts: Vec<Fact> = Vec::new();
        let mut sheet = Sheet::default();
        for authored in consumers.chunk_by(|&a, &b| author(a) == author(b)) {
            sheet.clear();
            for &at in authored {
                let record = &records.list[at as usize];
                let query = queries.of(records.place(record));
                facts.clear();
                facts.extend(records.facts(record));
                sheet.add(&facts, topics.of_comment(record, records), query, taxonomy);
                count_post((record, &facts), query, sheet.named_last(), tally, &mut cells);
            }
            cells.flush(&mut sheet, records.list[authored[0] as usize].bucket(), taxonomy);
        }
        cells
    }
}

/// What was counted in the order of its ids, with what the keywords name.
fn in_order(cells: Cells, frame: &Frame) -> Counts {
    let mut counts = cells.into_counts();
    for (word, keyword) in &mut counts.keywords {
        keyword.names = frame.keywords.get(word).cloned().unwrap_or_default();
    }
    counts
}

/// Counts a post that enters no statistics: a copy, or somebody else's than a consumer's.
fn count_unused((record, records): (&Record, &Records), fate: Fate, taxonomy: &Taxonomy, cells: &mut Cells) {
    let consumer = record.voice() == Voice::Consumer;
    if fate == Fate::Kept {
        cells.counts.posts.voices[record.voice() as usize] += 1;
    }
    let mut named: Vec<Entity> = sides(record, records).flat_map(|side| of_side(side, taxonomy)).collect();
    named.sort_unstable();
    named.dedup();
    for entity in named {
        let of = cells.entities.entry(entity).or_default();
        of.copies += u64::from(consumer);
        of.official += u64::from(!consumer && fate == Fate::Kept);
    }
}

/// Counts a consumer post by its content; `named` are the entities that it counts for.
fn count_post((record, facts): (&Record, &[Fact]), query: &Query, named: &[Entity], tally: &Tally, cells: &mut Cells) {
    let counts = &mut cells.counts;
    let entity = facts.iter().any(|fact| matches!(fact, Fact::Names(_)));
    let occasion = facts.iter().any(|fact| matches!(fact, Fact::Occasion(..)));
    counts.posts.voices[Voice::Consumer as usize] += 1;
    counts.posts.with_entity += u64::from(entity);
    counts.posts.with_occasion += u64::from(occasion);
    counts.posts.with_both += u64::from(entity && occasion);
    counts.posts.fetched += u64::from(query.names_something());
    for &entity in named {
        cells.entities.entry(entity).or_default().posts += 1;
    }
    let place = tally.records.place(record);
    add_one(&mut counts.languages, record.lang().as_str());
    if let Some(platform) = tally.named(place.platform).filter(|_| place.platform != 0) {
        add_one(&mut counts.platforms, platform);
    }
    if let Some(word) = tally.named(place.keyword).filter(|_| place.keyword != 0) {
        if !counts.keywords.contains_key(word) {
            counts.keywords.insert(word.to_owned(), KeywordCounts::default());
        }
        if let Some(keyword) = counts.keywords.get_mut(word) {
            keyword.posts += 1;
            for &entity in named {
                *keyword.entities.entry(entity).or_default() += 1;
            }
        }
    }
}

/// Adds one to a name's count, without a new string for each post.
fn add_one(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

/// The things a record names.
fn sides<'r>(record: &Record, records: &'r Records) -> impl Iterator<Item = Side> + Clone + use<'r> {
    records.facts(record).filter_map(|fact| match fact {
        Fact::Names(side) => Some(side),
        _ => None,
    })
}

/// The quotes of kept posts.
fn quotes(tally: &mut Tally, fates: &[Fate]) -> BTreeMap<Cell, Box<[Quote]>> {
    let book = std::mem::take(&mut tally.quotes);
    // Records are sorted by key, and of one key only one is kept.
    let kept = |(key, exact): (u64, u64)| {
        let records = &tally.records.list;
        let first = records.partition_point(|record| record.key < key);
        let mut versions = records[first..].iter().zip(&fates[first..]).take_while(|(record, _)| record.key == key);
        versions.any(|(record, &fate)| fate == Fate::Kept && record.exact == exact)
    };
    book.finish(kept)
}

/// The posts that open threads in which somebody comments.
struct Topics {
    /// (thread, index of the record), sorted; of several the most senior.
    roots: Vec<(u64, u32)>,
}

impl Topics {
    /// Finds the roots. A root that is a copy of another post still opens its thread.
    fn of(records: &[Record], fates: &[Fate]) -> Self {
        let takers = records.iter().filter(|record| record.takes_topic());
        let mut commented: Vec<u64> = takers.map(|record| record.thread).collect();
        commented.sort_unstable();
        commented.dedup();
        let mut roots: Vec<(u64, u32)> = records
            .iter()
            .zip(fates)
            .enumerate()
            .filter(|(_, (record, fate))| {
                !record.is_comment()
                    && matches!(fate, Fate::Kept | Fate::Near)
                    && commented.binary_search(&record.thread).is_ok()
            })
            .map(|(at, (record, _))| (record.thread, at as u32))
            .collect();
        roots.sort_unstable_by_key(|&(thread, at)| (thread, records[at as usize].seniority(), at));
        roots.dedup_by_key(|&mut (thread, _)| thread);
        Self { roots }
    }

    /// The topic that a comment takes over: it must name nothing itself.
    fn of_comment(&self, record: &Record, records: &Records) -> Topic {
        if !record.takes_topic() {
            return Topic::default();
        }
        match self.roots.binary_search_by_key(&record.thread, |&(thread, _)| thread) {
            Ok(at) => Topic::of(sides(&records.list[self.roots[at].1 as usize], records)),
            Err(_) => Topic::default(),
        }
    }
}
