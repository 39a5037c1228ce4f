//! The rivals of one list: how well each is shown, which part of a card it belongs to, and how it differs between groups.

use std::cmp::Reverse;

use crate::analyze::compare::PairDifference;
use crate::analyze::findings::{
    Basis, EntityFinding, GroupFinding, Kinship, MotiveFinding, OccasionFinding, Rest, RivalFinding, ShareOf, Subject,
};
use crate::analyze::parameters::FDR;

/// Authors who must carry a pair before it counts as shown.
const CARRIERS: u64 = 10;
/// Authors who choose between two things or compare them before that makes a rival of one that plays another part.
const SAYING: u64 = 3;
/// Authors from which on something is worth a word: one alone is a person.
pub(super) const SEVERAL: u64 = 2;
/// Authors who pair two things before they are called taken together.
const PAIRING: u64 = 3;

/// Bits of surprise from which on nobody expects a rival: half as much again as the shelf suggests, or nearly so.
const WONDER: f64 = 0.5;

/// ρ from which on a rival plays the subject's part.
const EVEN: f64 = 0.5;

/// The motive of a role that tells most of an entity: one that is said more of it than of anything else, else the one said most, unless
/// it is surely said less of it than of others.
pub(super) fn telling_motive<'f>(entity: &'f EntityFinding, role: &str, least: u64) -> Option<&'f MotiveFinding> {
    let own = || entity.motives.iter().filter(|m| m.role == role && m.authors >= least);
    let sure = |m: &&MotiveFinding| m.lift.sure();
    let more = own().find(|m| sure(m).is_some_and(|lift| lift > 1.0));
    more.or_else(|| own().find(|m| sure(m).is_none()))
}

/// The motive of a role that is said more of an entity than of anything else and by a tenth as many at least as the one said most; else
/// that one: where all posts are of one topic, nothing is said more of one thing than of another.
pub(super) fn said_motive<'f>(entity: &'f EntityFinding, role: &str) -> Option<&'f MotiveFinding> {
    let own = || entity.motives.iter().filter(|m| m.role == role);
    let most = own().max_by_key(|m| (m.authors, Reverse(&m.id)))?;
    let more = own().find(|m| m.lift.sure().is_some_and(|lift| lift > 1.0) && m.authors * 10 >= most.authors);
    Some(more.unwrap_or(most))
}

/// The occasion that tells most of an entity: one that is clearly its own, else the most frequent.
pub(super) fn telling_occasion(entity: &EntityFinding) -> Option<&OccasionFinding> {
    let own = entity.occasions.iter().find(|o| o.lift.sure().is_some_and(|lift| lift > 1.0));
    own.or(entity.occasions.first())
}

/// How well a rival is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// More than its size would give, by enough authors.
    Clear,
    /// The same, but without one wording less than half of it would be left.
    OneWord,
    /// Somebody says so, or links both with the same occasions, but it could be size or chance.
    Thin,
    /// Nobody relates the two: it rests on occasions and the roles of the codebook.
    RolesOnly,
}

impl Evidence {
    pub fn of(rival: &RivalFinding) -> Self {
        if rival.q.is_some_and(|q| q < FDR) && rival.carried_by >= CARRIERS && rival.relation == Kinship::Competitor {
            let carried = rival.max_term_influence.as_ref().is_some_and(|influence| influence.carries);
            if carried { Self::OneWord } else { Self::Clear }
        } else if rival.basis == Basis::Role && said(rival) == 0 {
            Self::RolesOnly
        } else {
            Self::Thin
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::OneWord => "one word",
            Self::Thin => "thin",
            Self::RolesOnly => "roles only",
        }
    }
}

/// Authors who choose between the two or compare them: C(A,B).
pub(super) fn said(rival: &RivalFinding) -> u64 {
    let (switching, comparing) = (rival.switching, rival.comparing);
    switching.to_rival + switching.from_rival + comparing.rival_better + comparing.subject_better + comparing.either_or
}

/// Whether a rival takes clearly more than its place on the shelf would suggest: a hair more makes nobody wonder.
pub(super) fn unexpected(rival: &RivalFinding) -> bool {
    rival.surprising && rival.surprise_bits.is_some_and(|bits| bits >= WONDER)
}

/// Whether neither the roles nor people's words make it a rival: its share is then one of occasions and size alone. Of another part a single
/// statement may be misread, so that three must say it; where shares are withheld, what somebody says is all there is.
fn plays_no_part(rival: &RivalFinding) -> bool {
    let enough = if rival.threat.is_some() { SAYING } else { 1 };
    rival.relation == Kinship::Unknown && said(rival) < enough
}

/// The pairs of a subject in a group of `--by` that are ranked there, by rank.
pub(super) fn ranked_in<'f>(group: &'f GroupFinding, subject: &Subject) -> Vec<&'f PairDifference> {
    let mut pairs: Vec<&PairDifference> = of(group, subject).filter(|pair| pair.b.rank.is_some()).collect();
    pairs.sort_by_key(|pair| pair.b.rank);
    pairs
}

/// What is significantly different in a group than elsewhere, the largest difference first.
pub(super) fn differences<'f>(
    groups: &'f [GroupFinding],
    subject: &Subject,
) -> Vec<(&'f GroupFinding, &'f PairDifference)> {
    let pairs = groups.iter().flat_map(|group| of(group, subject).map(move |pair| (group, pair)));
    let mut found: Vec<_> = pairs.filter(|(_, pair)| pair.significant).collect();
    let size = |pair: &PairDifference| pair.difference.unwrap_or(0.0).abs();
    found.sort_by(|x, y| size(y.1).total_cmp(&size(x.1)));
    found
}

fn of<'f>(group: &'f GroupFinding, subject: &Subject) -> impl Iterator<Item = &'f PairDifference> {
    group.rivals.iter().filter(|pair| pair.of == subject.of && pair.level == subject.level.as_str())
}

/// What has no row where some rivals are shown; every share once.
pub(super) struct Unshown<'f> {
    /// Ranked, and in the subject's part or near it.
    pub ranked: Rest,
    /// In another part.
    pub apart: Rest,
    /// The largest of those.
    pub largest: Vec<&'f ShareOf>,
}

impl<'f> Unshown<'f> {
    pub fn of(subject: &'f Subject, listed: &[&RivalFinding], shown: &[&RivalFinding]) -> Self {
        let is_shown = |id: &str| shown.iter().any(|s| s.rival == id);
        let sum = |which: &dyn Fn(&RivalFinding) -> bool| {
            // Where shares are withheld there is nothing left over.
            let shares = listed.iter().filter(|r| which(r)).filter_map(|r| r.threat);
            shares.fold((0, 0.0), |(entities, sum), threat| (entities + 1, sum + threat))
        };
        let listed_apart = sum(&|r| r.rho < EVEN);
        let shown_apart = sum(&|r| r.rho < EVEN && is_shown(&r.rival));
        let listed_even = sum(&|r| r.rho >= EVEN && !is_shown(&r.rival));
        let all_apart = subject.apart.as_ref().map_or(listed_apart, |apart| (apart.entities, apart.threat));
        let unlisted = subject.unlisted.map_or((0, 0.0), |rest| (rest.entities, rest.threat));
        let less = |a: (usize, f64), b: (usize, f64)| (a.0.saturating_sub(b.0), (a.1 - b.1).max(0.0));
        let even = less(unlisted, less(all_apart, listed_apart));
        let rest = |(entities, threat): (usize, f64)| Rest { entities, threat, fair_share: 0.0 };
        let largest = subject.apart.iter().flat_map(|apart| &apart.largest).filter(|of| !is_shown(&of.rival));
        Self {
            ranked: rest((even.0 + listed_even.0, even.1 + listed_even.1)),
            apart: rest(less(all_apart, shown_apart)),
            largest: largest.collect(),
        }
    }
}

/// The rivals of a list by the part of the card they belong to, each in rank order.
#[derive(Debug, Default)]
pub(super) struct Parts<'f> {
    /// Not on the user's list and more of a rival than the shelf would suggest.
    pub unexpected: Vec<&'f RivalFinding>,
    /// The others that the user has not named.
    pub others: Vec<&'f RivalFinding>,
    /// Only near it: of another part, and nobody chooses between the two. Size and occasions alone make no rival, so none of them leads.
    pub near: Vec<&'f RivalFinding>,
    /// On the user's list.
    pub known: Vec<&'f RivalFinding>,
    /// Taken together with the subject.
    pub partners: Vec<&'f RivalFinding>,
}

impl<'f> Parts<'f> {
    /// What plays the subject's part, by the roles or by what people say.
    pub fn rivals(&self) -> impl Iterator<Item = &'f RivalFinding> + '_ {
        [&self.unexpected, &self.others, &self.known].into_iter().flatten().copied()
    }

    /// The greatest threat that is worth a name: by its share, or, where shares are withheld, by what people say.
    pub fn first(&self) -> Option<&'f RivalFinding> {
        self.rivals().filter(|r| r.threat.is_some() || said(r) > 0).min_by_key(|r| r.rank)
    }

    /// The first rival where it stands for the whole list, in a table of many things: one person's word is no share, and neither is that of
    /// the only other thing in a market, whom nobody names.
    pub fn leading(&self, subject: &Subject) -> Option<&'f RivalFinding> {
        let tells = |rival: &&RivalFinding| match rival.threat {
            Some(_) => Evidence::of(rival) != Evidence::RolesOnly || !self.is_market_of_one(subject),
            None => said(rival) >= SEVERAL,
        };
        self.first().filter(tells)
    }

    /// Whether a single thing of the subject's part has enough authors: its share says only that there is no other.
    pub fn is_market_of_one(&self, subject: &Subject) -> bool {
        let all: Vec<&RivalFinding> = self.rivals().filter(|rival| rival.threat.is_some()).collect();
        all.len() == 1 && Unshown::of(subject, &all, &all).ranked.entities == 0
    }

    pub fn of(rivals: &[&'f RivalFinding]) -> Self {
        let mut parts = Self::default();
        for &rival in rivals {
            let together = rival.pairing >= PAIRING && rival.pairing > said(rival);
            let to = if rival.known {
                &mut parts.known
            } else if rival.relation == Kinship::Complement || (together && rival.relation != Kinship::Competitor) {
                // Apart by role alone, without a word from anybody: nothing to tell.
                if rival.pairing == 0 {
                    continue;
                }
                &mut parts.partners
            } else if plays_no_part(rival) {
                &mut parts.near
            } else if unexpected(rival) {
                &mut parts.unexpected
            } else {
                &mut parts.others
            };
            to.push(rival);
        }
        parts.partners.sort_by_key(|r| (std::cmp::Reverse(r.pairing), r.rank));
        parts
    }
}
