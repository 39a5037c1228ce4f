//! What a thing is taken for on which occasion: a job needs the thing, the occasion and the motive in one window (method §1).

use smallvec::{SmallVec, smallvec};

use super::evidence::{JobLink, Stance, Window};
use super::links::{Counted, Place, Surrounded};
use super::mentions::Saying;
use super::motives::Motivated;
use super::worded;
use crate::lexicon::id::{Entity, MotiveId, OccasionId, Role, RuleId};
use crate::normalize::Document;

/// Occasions times motives of a post beyond which only what stands in one sentence is tied: a long report ties all to all.
const MOST_PAIRS: usize = 64;

/// An occasion at a place, and the rule that read it.
pub(super) type OccasionPlace = (OccasionId, RuleId, Place);

/// Places of one list that are looked at; beyond them a post says nothing new.
const MOST_PLACES: usize = u16::MAX as usize;

/// A pair of an occasion and a motive by the places of both in their lists. Of one job the nearest window comes first, of equals the one that
/// wants for something, then the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Pair(u64);

impl Pair {
    /// Behind all others.
    const NONE: Self = Self(u64::MAX);

    fn new(window: Window, is_unmet: bool, (occasion, motive): (usize, usize)) -> Self {
        Self((window as u64) << 40 | u64::from(!is_unmet) << 32 | (occasion as u64) << 16 | motive as u64)
    }

    /// Where occasion and motive stand in their lists.
    fn places(self) -> (usize, usize) {
        (usize::from((self.0 >> 16) as u16), usize::from(self.0 as u16))
    }
}

/// The best pairs of one job.
#[derive(Debug, Clone, Copy)]
struct Tied {
    /// By which the jobs of a post are sorted, each once.
    key: u64,
    of: Option<Entity>,
    nearest: Pair,
    window: Window,
    /// The first one that wants for something.
    unmet: Pair,
}

impl Tied {
    /// A job that no pair was found for yet.
    fn none(of: Option<Entity>) -> Self {
        Self { key: 0, of, nearest: Pair::NONE, window: Window::Post, unmet: Pair::NONE }
    }

    fn take(&mut self, window: Window, is_unmet: bool, places: (usize, usize)) {
        let pair = Pair::new(window, is_unmet, places);
        if pair < self.nearest {
            (self.nearest, self.window) = (pair, window);
        }
        if is_unmet {
            self.unmet = self.unmet.min(pair);
        }
    }

    fn keyed(mut self, occasion: OccasionId, (motive, role): (MotiveId, Role)) -> Self {
        let of = match self.of {
            None => 0,
            Some(Entity::Category(category)) => 1 << 16 | u64::from(category.0),
            Some(Entity::Brand(brand)) => 2 << 16 | u64::from(brand.0),
        };
        self.key = of << 40 | u64::from(occasion.0) << 24 | u64::from(motive.0) << 8 | role as u64;
        self
    }
}

/// Ties each occasion to each motive of its window, and to the things of that window; each job of a thing once, with its nearest window.
pub(super) fn read(
    doc: &Document<'_>,
    counted: &Counted,
    occasions: &[OccasionPlace],
    motivated: &[Motivated],
    saying: &Saying<'_>,
    out: &mut Vec<JobLink>,
) {
    if occasions.is_empty() || motivated.is_empty() {
        return;
    }
    let loose = occasions.len() * motivated.len() <= MOST_PAIRS;
    let occasions = &occasions[..occasions.len().min(MOST_PLACES)];
    let motivated = &motivated[..motivated.len().min(MOST_PLACES)];
    let stance = |(o, n): (usize, usize)| {
        need(motivated[n].role, saying.stance(motivated[n].clause), saying.stance(occasions[o].2.clause))
    };
    // What is true of a place is asked once, not for each pair.
    let of_motives: SmallVec<[Surrounded; 8]> = motivated.iter().map(|m| counted.alone(doc, m.place())).collect();
    let mut by_occasion: SmallVec<[(usize, Surrounded); 8]> =
        occasions.iter().map(|&(.., at)| counted.surrounded(doc, at)).enumerate().collect();
    by_occasion.sort_by_key(|&(o, _)| occasions[o].0);
    let mut tied: SmallVec<[Tied; 16]> = smallvec![];
    let mut here: SmallVec<[Tied; 8]> = counted.things().map(Some).chain([None]).map(Tied::none).collect();
    let nobody = here.len() - 1;
    for of_occasion in by_occasion.chunk_by(|a, b| occasions[a.0].0 == occasions[b.0].0) {
        let mut first = 0;
        // Motives are sorted by id and role.
        for of_motive in motivated.chunk_by(|a, b| (a.id, a.role) == (b.id, b.role)) {
            for (o, at) in of_occasion {
                for n in first..first + of_motive.len() {
                    let places = (*o, n);
                    if !loose && motivated[n].sentence != occasions[*o].2.sentence {
                        continue;
                    }
                    let is_unmet = stance(places).is_unmet();
                    counted.together(at, &of_motives[n], |thing, window| {
                        if loose || matches!(window, Window::Clause | Window::Sentence) {
                            here[thing.unwrap_or(nobody)].take(window, is_unmet, places);
                        }
                    });
                }
            }
            first += of_motive.len();
            for job in here.iter_mut().filter(|job| job.nearest != Pair::NONE) {
                tied.push(job.keyed(occasions[of_occasion[0].0].0, (of_motive[0].id, of_motive[0].role)));
                *job = Tied::none(job.of);
            }
        }
    }
    tied.sort_unstable_by_key(|job| job.key);
    for job in tied {
        let (o, n) = job.nearest.places();
        let (occasion, rule, at) = occasions[o];
        let m = &motivated[n];
        out.push(JobLink {
            of: job.of,
            occasion,
            motive: m.id,
            role: m.role,
            window: job.window,
            stance: stance(if job.unmet == Pair::NONE { (o, n) } else { job.unmet.places() }),
            traces: [worded(doc, rule, at.span), worded(doc, m.rule, m.span)],
        });
    }
}

/// How the job fares: a reason not to buy is a complaint; else the stance of the motive's clause, else what the occasion's clause wishes
/// or asks for.
fn need(role: Role, of_motive: Stance, of_occasion: Stance) -> Stance {
    match (role, of_motive, of_occasion) {
        (Role::Avoid, ..) => Stance::Negative,
        (_, Stance::Neutral | Stance::Positive, Stance::Wish | Stance::Ask) => of_occasion,
        (_, stance, _) => stance,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, OnceLock};

    use super::super::Interpreter;
    use super::*;
    use crate::lexicon::{Lexicon, embedded};
    use crate::matcher::Scratch;

    fn interpreter() -> &'static Interpreter {
        static INTERPRETER: OnceLock<Interpreter> = OnceLock::new();
        INTERPRETER.get_or_init(|| {
            let (lexicon, _) = Lexicon::read(&[embedded()]);
            Interpreter::new(Arc::new(lexicon)).expect("compiles")
        })
    }

    /// The jobs of a text as `thing@occasion:motive/role window stance`.
    fn jobs(text: &str) -> Vec<String> {
        let read = interpreter().read(&Document::new(text, 0), &mut Scratch::default());
        let taxonomy = &interpreter().lexicon().taxonomy;
        let name = |of: Option<Entity>| match of {
            None => "-".to_owned(),
            Some(Entity::Category(c)) => taxonomy.category(c).name.id.clone(),
            Some(Entity::Brand(b)) => taxonomy.brand(b).name.id.clone(),
        };
        read.jobs
            .iter()
            .map(|j| {
                format!(
                    "{}@{}:{}/{} {} {}",
                    name(j.of),
                    taxonomy.occasion(j.occasion).name.id,
                    taxonomy.motive(j.motive).name.id,
                    j.role.as_str(),
                    j.window.as_str(),
                    j.stance.as_str()
                )
            })
            .collect()
    }

    fn has(text: &str, wanted: &str) -> bool {
        jobs(text).iter().any(|job| job.starts_with(wanted))
    }

    #[test]
    fn thing_occasion_and_motive_must_share_a_window() {
        assert!(
            has("朋友聚会喝啤酒，真好喝", "beer@friends_gathering:taste/buy"),
            "{:?}",
            jobs("朋友聚会喝啤酒，真好喝")
        );
        // The motive of the one thing is no motive of the other.
        let two = "昨天朋友聚会喝了啤酒。今天在家喝的咖啡很好喝。";
        assert!(!jobs(two).iter().any(|job| job.starts_with("beer@friends_gathering:taste")), "{:?}", jobs(two));
        assert!(!jobs(two).iter().any(|job| job.starts_with("coffee@friends_gathering")), "{:?}", jobs(two));
        // A post that names one thing is one window.
        let one = "朋友聚会去了。我们喝了啤酒。真的很好喝。";
        assert!(has(one, "beer@friends_gathering:taste/buy post"), "{:?}", jobs(one));
    }

    #[test]
    fn what_is_complained_of_is_a_job_not_done() {
        let text = "朋友聚会喝的啤酒难喝";
        assert!(
            jobs(text).iter().any(|j| j.starts_with("beer@friends_gathering:taste/avoid") && j.ends_with("negative")),
            "{:?}",
            jobs(text)
        );
    }

    #[test]
    fn a_need_may_be_spoken_of_without_a_thing() {
        let text = "朋友聚会就图个方便";
        assert!(has(text, "-@friends_gathering:convenience/buy"), "{:?}", jobs(text));
        // Across sentences nothing ties them.
        assert!(jobs("朋友聚会来了。交通很方便。").is_empty(), "{:?}", jobs("朋友聚会来了。交通很方便。"));
    }
}
