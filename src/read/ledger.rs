//! Where every row went: rows read = analyzed + rejected + set aside.

use std::collections::BTreeMap;

use super::batch::Row;
use super::reject::Reason;

/// The fate of all rows of a run. Merging is addition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Rows that were read (blank lines and headers are no rows).
    pub read: u64,
    /// Rows that became posts and were analyzed.
    pub analyzed: u64,
    /// Rows that could not be used, by reason (`R…`).
    pub rejected: BTreeMap<Reason, u64>,
    /// Rows left out on purpose, by reason (`S6…`).
    pub set_aside: BTreeMap<Reason, u64>,
    /// Rows repaired and analyzed, and files with a remark (`W7…`); these add nothing to the sum.
    pub warned: BTreeMap<Reason, u64>,
}

impl Ledger {
    /// Counts one row that was read: a post as analyzed, another by its reason.
    pub fn add(&mut self, row: &Row) {
        self.read += 1;
        match row {
            Row::Post(_) => self.analyzed += 1,
            Row::Reject(reject) => {
                let kind = if reject.reason.is_set_aside() { &mut self.set_aside } else { &mut self.rejected };
                *kind.entry(reject.reason).or_default() += 1;
            }
        }
    }

    /// Counts a row that was repaired, or a remark on a file.
    pub fn warn(&mut self, reason: Reason) {
        *self.warned.entry(reason).or_default() += 1;
    }

    /// Adds another ledger's rows.
    pub fn merge(&mut self, other: &Ledger) {
        self.read += other.read;
        self.analyzed += other.analyzed;
        for (mine, theirs) in [
            (&mut self.rejected, &other.rejected),
            (&mut self.set_aside, &other.set_aside),
            (&mut self.warned, &other.warned),
        ] {
            for (&reason, &rows) in theirs {
                *mine.entry(reason).or_default() += rows;
            }
        }
    }

    /// Rows rejected for any reason.
    pub fn rejected_rows(&self) -> u64 {
        self.rejected.values().sum()
    }

    /// Rows set aside for any reason.
    pub fn set_aside_rows(&self) -> u64 {
        self.set_aside.values().sum()
    }

    /// Whether rows read = analyzed + rejected + set aside.
    pub fn balances(&self) -> bool {
        self.read == self.analyzed + self.rejected_rows() + self.set_aside_rows()
    }

    /// Moves analyzed rows to a reason for rejecting: their file broke off, or a bug met them.
    ///
    /// Moves at most as many rows as were analyzed.
    pub fn reject_later(&mut self, reason: Reason, rows: u64) {
        let rows = rows.min(self.analyzed);
        if rows > 0 {
            self.analyzed -= rows;
            *self.rejected.entry(reason).or_default() += rows;
        }
    }

    /// Moves analyzed rows to a reason for setting aside (duplicates are known only after counting).
    ///
    /// Moves at most as many rows as were analyzed.
    pub fn set_aside_later(&mut self, reason: Reason, rows: u64) {
        let rows = rows.min(self.analyzed);
        if rows > 0 {
            self.analyzed -= rows;
            *self.set_aside.entry(reason).or_default() += rows;
        }
    }
}
