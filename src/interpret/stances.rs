//! Cues of a clause → its stance: praise and blame with their negations, then wishes and questions.

use smallvec::SmallVec;

use super::cues::Cues;
use super::evidence::Stance;

/// The stance of every clause with a cue, read once per post: mentions, features, stages and jobs all ask for it.
#[derive(Debug, Default)]
pub(super) struct Stances {
    /// By clause, sorted; no neutral ones.
    of: SmallVec<[(u32, Stance); 16]>,
}

impl Stances {
    /// The stances of a post.
    pub(super) fn read(cues: &Cues<'_>) -> Self {
        let rules = cues.rules;
        let mut of = SmallVec::new();
        for here in cues.found.chunk_by(|a, b| a.clause == b.clause) {
            let (mut balance, mut asks, mut wishes) = (0i32, false, false);
            for m in here {
                let rule = Some(m.rule);
                if rule == rules.praise {
                    balance += if cues.denied(m) { -1 } else { 1 };
                } else if rule == rules.complaint {
                    balance -= if cues.denied(m) { -1 } else { 1 };
                }
                asks |= rule == rules.ask;
                wishes |= rule == rules.intent || rule == rules.desire;
            }
            let stance = match balance {
                1.. => Stance::Positive,
                ..0 => Stance::Negative,
                0 if asks => Stance::Ask,
                0 if wishes => Stance::Wish,
                0 => continue,
            };
            of.push((here[0].clause, stance));
        }
        Self { of }
    }

    /// The stance of a clause.
    pub(super) fn of(&self, clause: u32) -> Stance {
        let at = self.of.binary_search_by_key(&clause, |&(clause, _)| clause);
        at.map_or(Stance::Neutral, |at| self.of[at].1)
    }
}
