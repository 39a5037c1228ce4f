//! Which records are copies: the same post again, an older version of it, or the same words in another post.

use super::counts::Duplicates;
use super::record::{NO_TIME, Record};

/// Identical texts shorter than this, by different authors, are no copies: anybody may write "好喝".
const SHORT_CHARS: u16 = 20;
/// SimHashes of copies differ in at most this many bits.
const NEAR_BITS: u32 = 3;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It counts.
    Kept,
    /// The same post again.
    SameId,
    /// An older version of a post.
    Edited,
    /// The same or nearly the same words as another post.
    Near,
}

/// The fate of each of the records, which are sorted. `fetched` tells whether a record was fetched by an entity's name:
/// of two exports of one post, the one from another query stands for it.
pub(super) fn fates(records: &[Record], fetched: impl Fn(&Record) -> bool) -> Vec<Fate> {
    let mut fates = vec![Fate::Kept; records.len()];
    let mut from = 0;
    while from < records.len() {
        let key = records[from].key;
        let len = records[from..].iter().take_while(|record| record.key == key).count();
        if len > 1 {
            versions(records, from..from + len, &fetched, &mut fates);
        }
        from += len;
    }
    let mut sets = Sets::new(records.len());
    let kept: Vec<u32> = (0..records.len()).filter(|&at| fates[at] == Fate::Kept).map(|at| at as u32).collect();
    join_exact(records, &kept, &mut sets);
    join_near(records, &kept, &mut sets);
    // The most senior of each set stands for it; a set is named by one of its own.
    let mut senior: Vec<u32> = (0..records.len() as u32).collect();
    for &at in &kept {
        let root = sets.root(at) as usize;
        if records[at as usize].seniority() < records[senior[root] as usize].seniority() {
            senior[root] = at;
        }
    }
    for &at in &kept {
        if senior[sets.root(at) as usize] != at {
            fates[at as usize] = Fate::Near;
        }
    }
    fates
}

/// Numbers of dropped records by reason.
pub(super) fn tell(fates: &[Fate]) -> Duplicates {
    let count = |fate| fates.iter().filter(|&&other| other == fate).count() as u64;
    Duplicates { same_id: count(Fate::SameId), edited: count(Fate::Edited), near: count(Fate::Near) }
}

/// Of several records of one post, keeps the latest wording, and of that the copy from the freest query.
fn versions(records: &[Record], group: std::ops::Range<usize>, fetched: &impl Fn(&Record) -> bool, fates: &mut [Fate]) {
    let latest = group
        .clone()
        .map(|at| &records[at])
        .max_by(|a, b| a.time().cmp(&b.time()).then(b.exact.cmp(&a.exact)))
        .map(|record| record.exact);
    let keep = group
        .clone()
        .filter(|&at| Some(records[at].exact) == latest)
        .min_by_key(|&at| (fetched(&records[at]), records[at].time() == NO_TIME, at));
    for at in group {
        fates[at] = match keep {
            Some(kept) if at == kept => Fate::Kept,
            Some(kept) if records[at].exact == records[kept].exact => Fate::SameId,
            _ => Fate::Edited,
        };
    }
}

/// Joins records with the same folded text.
fn join_exact(records: &[Record], kept: &[u32], sets: &mut Sets) {
    let text = |at: u32| {
        let record = &records[at as usize];
        (record.exact, if record.chars() < SHORT_CHARS { record.author } else { 0 })
    };
    let mut order = kept.to_vec();
    order.sort_unstable_by_key(|&at| (text(at), at));
    for pair in order.windows(2) {
        if text(pair[0]) == text(pair[1]) {
            sets.join(pair[0], pair[1]);
        }
    }
}

/// Joins records whose SimHashes differ in at most [`NEAR_BITS`]. With five bands, two hashes that near agree in two whole
/// bands, so it is enough to compare within the groups of each pair of bands.
fn join_near(records: &[Record], kept: &[u32], sets: &mut Sets) {
    let mut hashes: Vec<(u64, u32)> =
        kept.iter().map(|&at| (records[at as usize].simhash, at)).filter(|&(hash, _)| hash != 0).collect();
    hashes.sort_unstable();
    // One record per hash is enough from here on: a campaign of a thousand copies costs no more than two.
    for pair in hashes.windows(2) {
        if pair[0].0 == pair[1].0 {
            sets.join(pair[0].1, pair[1].1);
        }
    }
    hashes.dedup_by_key(|&mut (hash, _)| hash);
    let bands: [u64; 5] = [0x1FFF, 0x1FFF << 13, 0x1FFF << 26, 0x1FFF << 39, 0xFFF << 52];
    for (first, &one) in bands.iter().enumerate() {
        for &two in &bands[first + 1..] {
            let mask = one | two;
            hashes.sort_unstable_by_key(|&(hash, at)| (hash & mask, hash, at));
            for group in hashes.chunk_by(|a, b| a.0 & mask == b.0 & mask) {
                for (n, &(hash, at)) in group.iter().enumerate() {
                    for &(other, with) in &group[n + 1..] {
                        if (hash ^ other).count_ones() <= NEAR_BITS {
                            sets.join(at, with);
                        }
                    }
                }
            }
        }
    }
}

/// Disjoint sets of record indices.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    /// Each index in a set of its own.
    fn new(len: usize) -> Self {
        Self { parent: (0..len as u32).collect() }
    }

    /// The index that names the set.
    fn root(&mut self, mut at: u32) -> u32 {
        while self.parent[at as usize] != at {
            let above = self.parent[at as usize];
            self.parent[at as usize] = self.parent[above as usize];
            at = above;
        }
        at
    }

    /// Makes two sets one, named by the smaller index.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}
