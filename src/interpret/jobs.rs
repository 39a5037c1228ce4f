//! What a thing is taken for on which occasion: a job needs the thing, the occasion and the motive in one window (method §1).

use smallvec::{SmallVec, smallvec};

use super::evidence::{JobLink, Stance, Trace, Window};
use super::links::{Counted, Place, Shared};
use super::mentions::Saying;
use super::motives::Motivated;
use super::worded;
use crate::lexicon::id::{Entity, OccasionId, Role, RuleId};
use crate::normalize::Document;

/// Occasions times motives of a post beyond which only what stands in one sentence is tied: a long report ties all to all.
const MOST_PAIRS: usize = 64;

/// An occasion at a place, and the rule that read it.
pub(super) type OccasionPlace = (OccasionId, RuleId, Place);

/// A job by the places of its occasion and motive in their lists; its words are looked up once it is known to be kept.
struct Tied {
    /// What the jobs are told apart by.
    key: u64,
    /// Of one key the nearest window first, of equals the one that wants for something, then the earliest.
    order: u64,
    of: Option<Entity>,
    window: Window,
    stance: Stance,
}

/// Places of one list that are looked at; beyond them a post says nothing new.
const MOST_PLACES: usize = u16::MAX as usize;

impl Tied {
    fn new(shared: &Shared, stance: Stance, occasion: (OccasionId, usize), motive: (&Motivated, usize)) -> Self {
        let of = match shared.of {
            None => 0,
            Some(Entity::Category(category)) => 1 << 16 | u64::from(category.0),
            Some(Entity::Brand(brand)) => 2 << 16 | u64::from(brand.0),
        };
        let (Motivated { id, role, .. }, motive_at) = motive;
        let key = of << 40 | u64::from(occasion.0.0) << 24 | u64::from(id.0) << 8 | *role as u64;
        let places = (occasion.1 as u64) << 16 | motive_at as u64;
        let order = (shared.window as u64) << 40 | u64::from(!stance.is_unmet()) << 32 | places;
        Self { key, order, of: shared.of, window: shared.window, stance }
    }

    /// Where occasion and motive stand in their lists.
    fn places(&self) -> (usize, usize) {
        (usize::from((self.order >> 16) as u16), usize::from(self.order as u16))
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
    let mut shared: SmallVec<[Shared; 8]> = smallvec![];
    let mut tied: SmallVec<[Tied; 32]> = smallvec![];
    for (o, &(occasion, _, at)) in occasions.iter().enumerate().take(MOST_PLACES) {
        for (n, m) in motivated.iter().enumerate().take(MOST_PLACES) {
            let place = Place { span: m.span, clause: m.clause, sentence: m.sentence };
            shared.clear();
            counted.together(doc, &at, &place, &mut shared);
            shared.retain(|s| loose || matches!(s.window, Window::Clause | Window::Sentence));
            let stance = need(m.role, saying.stance(m.clause), saying.stance(at.clause));
            tied.extend(shared.iter().map(|s| Tied::new(s, stance, (occasion, o), (m, n))));
        }
    }
    tied.sort_unstable_by_key(|job| (job.key, job.order));
    // A place is part of many jobs.
    let of_occasions: SmallVec<[Trace; 8]> =
        occasions.iter().map(|&(_, rule, at)| worded(doc, rule, at.span)).collect();
    let of_motives: SmallVec<[Trace; 8]> = motivated.iter().map(|m| worded(doc, m.rule, m.span)).collect();
    for of_key in tied.chunk_by(|a, b| a.key == b.key) {
        let nearest = &of_key[0];
        let unmet = of_key.iter().find(|job| job.stance.is_unmet()).unwrap_or(nearest);
        let (o, n) = nearest.places();
        let (occasion, m) = (occasions[o].0, motivated[n]);
        out.push(JobLink {
            of: nearest.of,
            occasion,
            motive: m.id,
            role: m.role,
            window: nearest.window,
            stance: unmet.stance,
            traces: [of_occasions[o], of_motives[n]],
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
