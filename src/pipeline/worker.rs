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
pub(super) struct Worker {
    scratch: Scratch,
    evidence: Evidence,
}

impl Default for Worker {
    fn default() -> Self {
        Self { scratch: Scratch::default(), evidence: Evidence::silent() }
    }
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
        let mut rejects = Vec::new();
        let mut aside: Vec<Reason> = Vec::new();
        let mut lost = 0;
        let mut ledger = batch.each(|row| match row {
            Row::Reject(reject) => rejects.push(reject),
            Row::Post(post) if !filter.meets(&post) => aside.push(Reason::Filtered),
            Row::Post(post) => match self.interpret(interpreter, &post) {
                Some(evidence) => {
                    let fate = fate(filter, evidence);
                    if let Fate::SetAside(reason) = fate {
                        aside.push(reason);
                    }
                    if fate != Fate::SetAside(Reason::Filtered) {
                        take(&post, evidence, fate);
                    }
                }
                None => {
                    lost += 1;
                    let (line, byte) = (0, 0);
                    let detail = "a bug in rival: please report the row".to_owned();
                    rejects.push(Reject { origin: post.origin, line, byte, reason: Reason::Internal, detail });
                }
            },
        });
        for reason in aside {
            ledger.set_aside_later(reason, 1);
        }
        ledger.reject_later(Reason::Internal, lost);
        Outcome { ledger, rejects }
    }

    /// Reads one post; a panic costs that post, not the run.
    fn interpret(&mut self, interpreter: &Interpreter, post: &Post) -> Option<&Evidence> {
        let Self { scratch, evidence } = self;
        let read = catch_unwind(AssertUnwindSafe(|| {
            let doc = Document::new(&post.text, post.title_len);
            interpreter.read_into(&doc, scratch, evidence);
        }));
        if read.is_err() {
            *self = Self::default();
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
