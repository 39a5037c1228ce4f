//! What one thread does with a batch: rows → posts → evidence, one post at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::filter::Filter;
use super::lost::{Lost, Telling};
use crate::interpret::Interpreter;
use crate::interpret::evidence::{Evidence, Lang};
use crate::matcher::Scratch;
use crate::normalize::Document;
use crate::read::ledger::Ledger;
use crate::read::post::Post;
use crate::read::reject::Reason;
use crate::read::{Batch, Row};

/// The buffers of one thread.
pub(super) struct Worker {
    scratch: Scratch,
    evidence: Evidence,
    /// Set where lost rows are told one by one.
    telling: Option<Telling>,
}

/// What a batch came to besides the posts handed on.
#[derive(Default)]
pub(super) struct Outcome {
    pub ledger: Ledger,
    /// A line for each row that was not used, where they are told.
    pub lost: Vec<u8>,
}

/// How a post goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Analyzed,
    SetAside(Reason),
}

impl Worker {
    pub(super) fn new(telling: Option<Telling>) -> Self {
        Self { scratch: Scratch::default(), evidence: Evidence::silent(), telling }
    }

    /// Reads a batch; hands each post with its evidence to `take`, in order.
    pub(super) fn read(
        &mut self,
        interpreter: &Interpreter,
        filter: &Filter,
        batch: &Batch,
        mut take: impl FnMut(&Post, &Evidence, Fate),
    ) -> Outcome {
        let told = self.telling.is_some();
        let mut lost: Vec<Lost> = Vec::new();
        let mut aside: Vec<Reason> = Vec::new();
        let mut internal = 0;
        let mut ledger = batch.each(|row| {
            let (row, fate) = match row {
                Row::Reject(reject) => {
                    if told {
                        lost.push(reject.into());
                    }
                    return;
                }
                Row::Post(post) if !filter.meets(&post) => (post.origin.row, Fate::SetAside(Reason::Filtered)),
                Row::Post(post) => match self.interpret(interpreter, &post) {
                    Some(evidence) => {
                        let fate = fate(filter, evidence);
                        if fate != Fate::SetAside(Reason::Filtered) {
                            take(&post, evidence, fate);
                        }
                        (post.origin.row, fate)
                    }
                    None => {
                        internal += 1;
                        if told {
                            lost.push(Lost::new(post.origin.row, Reason::Internal));
                        }
                        return;
                    }
                },
            };
            if let Fate::SetAside(reason) = fate {
                aside.push(reason);
                if told {
                    lost.push(Lost::new(row, reason));
                }
            }
        });
        for reason in aside {
            ledger.set_aside_later(reason, 1);
        }
        ledger.reject_later(Reason::Internal, internal);
        let lost = self.telling.as_ref().map(|telling| telling.lines(batch, &lost)).unwrap_or_default();
        Outcome { ledger, lost }
    }

    /// Reads one post; a panic costs that post, not the run.
    fn interpret(&mut self, interpreter: &Interpreter, post: &Post) -> Option<&Evidence> {
        let Self { scratch, evidence, .. } = self;
        let read = catch_unwind(AssertUnwindSafe(|| {
            #[cfg(test)]
            super::tests::stumble(&post.text);
            let doc = Document::new(&post.text, post.title_len);
            interpreter.read_into(&doc, scratch, evidence);
        }));
        if read.is_err() {
            // What was being written when it stopped may be in any state.
            *self = Self::new(self.telling.take());
            return None;
        }
        Some(&self.evidence)
    }
}

fn fate(filter: &Filter, evidence: &Evidence) -> Fate {
    if evidence.bare_forward {
        Fate::SetAside(Reason::NoText)
    } else if !filter.wants(evidence.lang) {
        Fate::SetAside(Reason::Filtered)
    } else if evidence.lang == Lang::Other {
        Fate::SetAside(Reason::OtherLanguage)
    } else {
        Fate::Analyzed
    }
}
