//! What one thread does with a batch: rows → posts → evidence, one post at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::filter::Filter;
use crate::interpret::Interpreter;
use crate::interpret::evidence::{Evidence, Lang};
use crate::matcher::Scratch;
use crate::normalize::Document;
use crate::read::ledger::Ledger;
use crate::read::post::Post;
use crate::read::reject::{Reason, Reject};
use crate::read::{Batch, Row};

/// The buffers of one thread.
#[derive(Default)]
pub(super) struct Worker {
    rows: Vec<Row>,
    scratch: Scratch,
}

/// What a batch came to besides the posts handed on.
#[derive(Default)]
pub(super) struct Outcome {
    pub ledger: Ledger,
    pub rejects: Vec<Reject>,
}

/// How a post goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Analyzed,
    SetAside(Reason),
}

impl Worker {
    /// Reads a batch; hands each post with its evidence to `take`, in order.
    pub(super) fn read(
        &mut self,
        interpreter: &Interpreter,
        filter: &Filter,
        batch: &Batch,
        mut take: impl FnMut(&Post, &Evidence, Fate),
    ) -> Outcome {
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        let mut outcome = Outcome { ledger: batch.parse(&mut rows), rejects: Vec::new() };
        for row in rows.drain(..) {
            match row {
                Row::Reject(reject) => outcome.rejects.push(reject),
                Row::Post(post) if !filter.meets(&post) => outcome.ledger.set_aside_later(Reason::Filtered, 1),
                Row::Post(post) => match self.interpret(interpreter, &post) {
                    Some(evidence) => {
                        let fate = fate(filter, &evidence);
                        if let Fate::SetAside(reason) = fate {
                            outcome.ledger.set_aside_later(reason, 1);
                        }
                        if fate != Fate::SetAside(Reason::Filtered) {
                            take(&post, &evidence, fate);
                        }
                    }
                    None => {
                        outcome.ledger.reject_later(Reason::Internal, 1);
                        let (line, byte) = (0, 0);
                        let detail = "a bug in rival: please report the row".to_owned();
                        outcome.rejects.push(Reject {
                            origin: post.origin,
                            line,
                            byte,
                            reason: Reason::Internal,
                            detail,
                        });
                    }
                },
            }
        }
        self.rows = rows;
        outcome
    }

    /// Reads one post; a panic costs that post, not the run.
    fn interpret(&mut self, interpreter: &Interpreter, post: &Post) -> Option<Evidence> {
        let scratch = &mut self.scratch;
        let read = catch_unwind(AssertUnwindSafe(|| {
            let doc = Document::new(&post.text, post.title_len);
            interpreter.read(&doc, scratch)
        }));
        if read.is_err() {
            self.scratch = Scratch::default();
        }
        read.ok()
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
