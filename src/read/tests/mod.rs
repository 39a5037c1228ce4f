//! Tests of the layer as a whole.

mod books;
mod container;
mod csv;
mod cutting;
mod damage;
mod encodings;
mod headers;
mod json;
mod reception;
mod tools;

use super::{
    Batch, Columns, Event, FileFacts, FileFailure, Inputs, PieceKind, Reader, Reading, Row, ledger::Ledger, post::Post,
};

/// Everything that reading one file gives.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub rows: Vec<Row>,
    pub ledger: Ledger,
    pub facts: Option<FileFacts>,
    pub failure: Option<FileFailure>,
    pub ranges: Vec<(std::ops::Range<u64>, PieceKind)>,
}

impl Outcome {
    pub fn posts(&self) -> Vec<&Post> {
        self.rows
            .iter()
            .filter_map(|row| match row {
                Row::Post(post) => Some(post),
                Row::Reject(_) => None,
            })
            .collect()
    }

    /// The ids of the posts, the codes of the others.
    pub fn short(&self) -> Vec<String> {
        let name = |row: &Row| match row {
            Row::Post(post) => post.id.clone().unwrap_or_else(|| "?".into()),
            Row::Reject(reject) => reject.reason.code().to_string(),
        };
        self.rows.iter().map(name).collect()
    }

    pub fn codes(&self) -> Vec<&'static str> {
        let code = |row: &Row| match row {
            Row::Post(_) => None,
            Row::Reject(reject) => Some(reject.reason.code()),
        };
        self.rows.iter().filter_map(code).collect()
    }

    /// The promises that hold for any bytes: tiling, the sum, row numbers.
    pub fn check(&self, bytes: usize) {
        let mut at = 0;
        for (range, _) in &self.ranges {
            assert_eq!(range.start, at, "pieces follow each other");
            assert!(range.end > range.start);
            at = range.end;
        }
        if self.failure.is_none() {
            assert_eq!(at, bytes as u64, "pieces reach the end");
            assert!(self.ledger.balances());
            assert_eq!(self.ledger.read, self.facts.as_ref().map_or(0, |facts| facts.rows));
        }
        for (row, number) in self.rows.iter().zip(1..) {
            let origin = match row {
                Row::Post(post) => post.origin,
                Row::Reject(reject) => reject.origin,
            };
            assert_eq!(origin.row, number);
        }
    }
}

pub(super) fn read_with(bytes: &[u8], columns: Columns) -> Outcome {
    read_as(bytes, Reading::from(columns))
}

pub(super) fn read_as(bytes: &[u8], reading: Reading) -> Outcome {
    let mut outcome = Outcome::default();
    for event in Reader::new(Inputs::from_bytes("test", bytes), reading) {
        match event {
            Event::Batch(batch) => take(&mut outcome, &batch),
            Event::Closed(facts) => outcome.facts = Some(facts),
            Event::Failed(failure) => outcome.failure = Some(failure),
        }
    }
    outcome
}

pub(super) fn read(bytes: impl AsRef<[u8]>) -> Outcome {
    let outcome = read_with(bytes.as_ref(), Columns::default());
    outcome.check(bytes.as_ref().len());
    outcome
}

/// Cases of a property test: more with `PROPTEST_CASES`, few enough by default for every build.
pub(super) fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000)
}

fn take(outcome: &mut Outcome, batch: &Batch) {
    let ledger = batch.parse(&mut outcome.rows);
    outcome.ledger.merge(&ledger);
    outcome.ranges.extend(batch.ranges());
}

#[test]
fn batches_go_to_other_threads() {
    fn travels<T: Send>() {}
    travels::<Batch>();
    travels::<Reader>();
}
