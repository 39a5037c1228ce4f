//! Rows that were not used, told one by one in input order (`--rejects FILE`) and never kept: a hostile input may be nothing else.

use std::sync::Arc;

use crate::error::Result;
use crate::read::reject::{Reason, Reject};
use crate::read::{Batch, Inputs};
use crate::render::{RejectFacts, reject_line};

/// Takes whole lines and says whether they could be written.
pub type WriteLine = Box<dyn FnMut(&[u8]) -> Result<()>>;

/// Where rows that were not used are told.
pub struct Rejects {
    /// Whether each is told with its bytes, and what people wrote in them.
    pub raw: bool,
    /// Takes whole lines.
    pub write: WriteLine,
}

/// What workers need to write the lines.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    labels: Arc<[String]>,
    raw: bool,
}

impl Telling {
    pub(super) fn new(inputs: &Inputs, raw: bool) -> Self {
        Self { labels: inputs.as_slice().iter().map(crate::read::Input::label).collect(), raw }
    }

    /// The lines of a batch; `lost` goes up by row.
    pub(super) fn lines(&self, batch: &Batch, lost: &[Lost]) -> Vec<u8> {
        let mut out = Vec::new();
        let file = self.labels.get(batch.file() as usize).map_or("?", String::as_str);
        let mut lost = lost.iter().peekable();
        for place in batch.places() {
            let Some(one) = lost.next_if(|one| one.row == place.row) else { continue };
            let facts = RejectFacts {
                file,
                row: place.row,
                line: place.line,
                byte: place.byte,
                reason: one.reason,
                detail: &one.detail,
                bytes: Some(place.bytes),
            };
            reject_line(&mut out, &facts, self.raw);
        }
        out
    }
}

/// A row that was not used.
#[derive(Debug)]
pub(super) struct Lost {
    row: u64,
    reason: Reason,
    detail: String,
}

impl Lost {
    pub(super) fn new(row: u64, reason: Reason) -> Self {
        Self { row, reason, detail: String::new() }
    }
}

impl From<Reject> for Lost {
    fn from(reject: Reject) -> Self {
        Self { row: reject.origin.row, reason: reject.reason, detail: reject.detail }
    }
}
