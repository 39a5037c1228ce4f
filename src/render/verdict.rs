//! What the figures of one list allow to say, before any words: the terminal and the report tell the same.

use super::parts::{Evidence, Parts};
use crate::analyze::findings::{EntityFinding, Needed, OccasionFinding, RivalFinding, Stand, Standing, Subject};

/// An occasion is named as the place of a rivalry from this part on.
const MAIN: f64 = 0.25;
/// Occasions named that a subject holds, or where it is weak.
const NAMED: usize = 2;

/// What can be said of a subject's rivals.
#[derive(Debug)]
pub(super) enum Verdict<'f> {
    /// Too few speak of it.
    TooFew(Option<Needed>),
    /// It is a word for many things.
    CatchAll,
    /// Nothing that could replace it has enough authors.
    NoneRanked,
    /// Shares are given.
    Leads(Lead<'f>),
    /// Nothing that plays its part has enough authors: the greatest of what is only near it.
    NearOnly(&'f RivalFinding),
    /// Shares are withheld: the rival that most say they took instead, if any.
    SaidOnly(Option<&'f RivalFinding>),
}

/// Who takes most, where shares are given.
#[derive(Debug)]
pub(super) struct Lead<'f> {
    /// The greatest threat of all that plays the subject's part.
    pub top: &'f RivalFinding,
    /// Nothing that is only near the subject has a larger share.
    pub of_all: bool,
    /// How well it is shown.
    pub evidence: Evidence,
    /// Nothing else of its part has enough authors: its share is that of a market of one.
    pub alone: bool,
    /// The next one, where the two cannot be told apart.
    pub open: Option<&'f RivalFinding>,
    /// The one that the shelf would least suggest, where it is not the first.
    pub least_expected: Option<&'f RivalFinding>,
}

impl<'f> Verdict<'f> {
    /// What can be said of a list.
    pub fn of(subject: &Subject, entity: Option<&EntityFinding>, parts: &Parts<'f>, shares_given: bool) -> Self {
        match subject.standing {
            Standing::InsufficientEvidence => Self::TooFew(entity.and_then(|e| e.needed)),
            Standing::CatchAll => Self::CatchAll,
            Standing::Ranked if shares_given => Self::ranked(subject, parts),
            Standing::Ranked => {
                let switched = parts.rivals().filter(|r| r.switching.to_rival > 0);
                Self::SaidOnly(switched.max_by_key(|r| (r.switching.to_rival, std::cmp::Reverse(r.rank))))
            }
        }
    }

    fn ranked(subject: &Subject, parts: &Parts<'f>) -> Self {
        let mut all: Vec<&RivalFinding> = parts.rivals().filter(|r| r.threat.is_some()).collect();
        all.sort_by_key(|r| r.rank);
        let near = parts.near.iter().copied().filter(|r| r.threat.is_some()).min_by_key(|r| r.rank);
        let Some(&top) = all.first() else { return near.map_or(Self::NoneRanked, Self::NearOnly) };
        let of_all = near.is_none_or(|near| near.rank > top.rank);
        let least_expected = parts.unexpected.iter().copied().filter(|r| r.rank != top.rank).max_by(|a, b| {
            a.non_obvious.unwrap_or(0.0).total_cmp(&b.non_obvious.unwrap_or(0.0)).then(b.rank.cmp(&a.rank))
        });
        let open = all.get(1).copied().filter(|second| !ahead(top, second));
        let alone = parts.is_market_of_one(subject);
        Self::Leads(Lead { top, of_all, evidence: Evidence::of(top), alone, open, least_expected })
    }
}

/// Whether the first is surely before the second: each stands outside the other's range.
fn ahead(top: &RivalFinding, second: &RivalFinding) -> bool {
    match (top.ci90, second.ci90) {
        (Some(one), Some(two)) => second.threat.is_some_and(|t| t < one[0]) && top.threat.is_some_and(|t| t > two[1]),
        _ => false,
    }
}

/// The occasion that carries a rivalry, as (id, part), where one does.
pub(super) fn main_occasion(rival: &RivalFinding) -> Option<(&str, f64)> {
    let main = rival.occasions.first().filter(|o| o.contribution >= MAIN)?;
    Some((&main.id, main.contribution))
}

/// The occasions that are clearly a subject's own, and those where it is clearly weak, most telling first.
#[derive(Debug, Default)]
pub(super) struct Holdings<'f> {
    pub own: Vec<&'f OccasionFinding>,
    pub weak: Vec<&'f OccasionFinding>,
    /// Some occasion could be judged at all.
    pub judged: bool,
}

impl<'f> Holdings<'f> {
    pub fn of(entity: &'f EntityFinding) -> Self {
        let with = |stand: Stand| -> Vec<&'f OccasionFinding> {
            let mut own: Vec<_> = entity.occasions.iter().filter(|o| o.stand == Some(stand)).collect();
            let advantage = |o: &OccasionFinding| o.mental_advantage.unwrap_or(0.0).abs();
            own.sort_by(|a, b| advantage(b).total_cmp(&advantage(a)).then_with(|| a.id.cmp(&b.id)));
            own.truncate(NAMED);
            own
        };
        let judged = entity.occasions.iter().any(|o| o.lift.q.is_some());
        Self { own: with(Stand::Defend), weak: with(Stand::Build), judged }
    }
}
