//! What excites: K(t,e) = P(t|e)·max(0, Δarousal_low)·(½ + imagery)·max(0, log2 lift over the field), features excluded; and the clichés.

use super::{Field, QUOTES, Subject, theme_finding};
use crate::accumulate::{Cell, FeltCounts, Theme};
use crate::analyze::findings::{ClicheFinding, ExcitementFinding, ExcitementPoint, Verdict};
use crate::analyze::numbers::{Estimate, six, told_pair};
use crate::analyze::parameters::GATE_AUTHORS;
use crate::analyze::quoting::Quoting;
use crate::lexicon::id::{AttributeId, Entity};

/// Authors that a theme needs.
const AUTHORS: u64 = 15;
/// Authors from which on one of the field has a theme.
const CLAIM: u64 = 5;
/// The share from which on everybody says it.
const COMMON: f64 = 0.05;
/// What stirs at least so much more, by the arousal without it, excites: with many authors any small difference is sure.
const HALF_AGAIN: f64 = 0.5;
/// The least difference worth telling: in reviews few words stir, and one author of a hundred who is beside himself is much.
const LEAST: f64 = 0.01;
/// Share over that of the field from which on a theme is the entity's own.
const OWN: f64 = 1.2;
/// Share over that of the field above which a theme is no common claim.
const TWICE: f64 = 2.0;
/// Points and clichés shown.
const SHOWN: usize = 6;
/// Thousandths.
const UNIT: f64 = 1000.0;

/// Sums under some weights.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Authors who say anything, and their arousal.
    all: f64,
    mood: f64,
    with: f64,
    arousal: f64,
    imagery: f64,
    overall: f64,
    apart_authors: f64,
    apart: f64,
}

impl Sums {
    fn plus(self, more: Self) -> Self {
        Self {
            all: self.all + more.all,
            mood: self.mood + more.mood,
            with: self.with + more.with,
            arousal: self.arousal + more.arousal,
            imagery: self.imagery + more.imagery,
            overall: self.overall + more.overall,
            apart_authors: self.apart_authors + more.apart_authors,
            apart: self.apart + more.apart,
        }
    }

    fn share(self) -> f64 {
        (self.with + 0.5) / (self.all + 1.0)
    }

    /// Mean arousal without the theme.
    fn without(self) -> f64 {
        (self.mood - self.overall + self.apart) / (self.all - self.with + self.apart_authors) / UNIT
    }

    /// Mean arousal with the theme, less that without it.
    fn difference(self) -> f64 {
        self.arousal / self.with / UNIT - self.without()
    }
}

/// The sums of an entity and of its field, under all weights.
struct Moods<'m, 's, 'a> {
    subject: &'m Subject<'s, 'a>,
    field: Field,
    /// Authors who say anything and their arousal: of the entity, and of its field without it.
    own: Vec<[f64; 2]>,
    rest: Vec<[f64; 2]>,
    /// Those of its kind of whom enough is said, itself among them.
    peers: Vec<Entity>,
}

impl<'m, 's, 'a> Moods<'m, 's, 'a> {
    fn of(subject: &'m Subject<'s, 'a>) -> Self {
        let position = &subject.study.layout.counts.position;
        let mood = |entity: Entity, n: usize| {
            let mood = position.moods.get(&entity);
            let weigh = |spread| subject.replicates.weigh(spread, n);
            [weigh(mood.map(|mood| &mood.0)), weigh(mood.map(|mood| &mood.1))]
        };
        let field = subject.field();
        let numbers = 0..subject.replicates.0.len();
        let own: Vec<[f64; 2]> = numbers.clone().map(|n| mood(subject.entity, n)).collect();
        let rest = |n: usize| [0, 1].map(|side: usize| field.sum(own[n][side], |entity| mood(entity, n)[side]));
        let rest = numbers.map(rest).collect();
        let spoken = |peer: &Entity| position.moods.get(peer).is_some_and(|mood| mood.0.total() >= GATE_AUTHORS);
        let peers = subject.peers().into_iter().filter(spoken).collect();
        Self { subject, field, own, rest, peers }
    }

    /// Adds what is felt of a theme of an entity, with a sign.
    fn add(&self, sums: &mut Sums, entity: Entity, theme: Theme, n: usize, sign: f64) {
        let Some(felt) = self.subject.study.layout.counts.position.felt.get(&(entity, theme)) else { return };
        let weights = &self.subject.replicates.0[n];
        for (bucket, felt) in felt.buckets() {
            let weight = sign * weights.of(*bucket);
            sums.with += weight * f64::from(felt.authors);
            sums.arousal += weight * f64::from(felt.arousal);
            sums.imagery += weight * f64::from(felt.imagery);
            sums.overall += weight * f64::from(felt.overall);
            sums.apart_authors += weight * f64::from(felt.apart_authors);
            sums.apart += weight * f64::from(felt.apart);
        }
    }

    /// The sums of a theme of the entity.
    fn own(&self, theme: Theme, n: usize) -> Sums {
        let mut sums = Sums { all: self.own[n][0], mood: self.own[n][1], ..Sums::default() };
        self.add(&mut sums, self.subject.entity, theme, n, 1.0);
        sums
    }

    /// The sums of the field without the entity.
    fn rest(&self, theme: Theme, n: usize) -> Sums {
        let mut sums = Sums { all: self.rest[n][0], mood: self.rest[n][1], ..Sums::default() };
        for &entity in &self.field.of {
            self.add(&mut sums, entity, theme, n, 1.0);
        }
        if self.field.minus {
            self.add(&mut sums, self.subject.entity, theme, n, -1.0);
        }
        sums
    }
}

/// What excites people about the entity.
pub(super) fn finding(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> ExcitementFinding {
    let (entity, position) = (subject.entity, &subject.study.layout.counts.position);
    let authors = position.moods.get(&entity).map_or(0, |mood| mood.0.total());
    let first = (entity, Theme::Attribute(AttributeId(0)));
    let own = position.felt.range(first..).take_while(|((of, _), _)| *of == entity);
    let themes: Vec<(Theme, &FeltCounts)> = own
        .map(|(&(_, theme), felt)| (theme, felt))
        .filter(|(theme, felt)| felt.authors() >= AUTHORS && !is_tautology(subject, *theme))
        .collect();
    let (mut points, mut cliches) = (Vec::new(), Vec::new());
    if !subject.is_thin() && authors >= GATE_AUTHORS {
        let moods = Moods::of(subject);
        points = themes.iter().filter_map(|&(theme, felt)| point(&moods, theme, felt, quoting)).collect();
        cliches = themes.iter().filter_map(|&(theme, felt)| cliche(&moods, theme, felt, quoting)).collect();
    }
    points.sort_by(|a: &ExcitementPoint, b| b.score.total_cmp(&a.score).then_with(|| a.theme.cmp(&b.theme)));
    points.truncate(SHOWN);
    cliches.sort_by(|a: &ClicheFinding, b| b.field_share.total_cmp(&a.field_share).then_with(|| a.theme.cmp(&b.theme)));
    cliches.truncate(SHOWN);
    let verdict = if !points.is_empty() {
        Verdict::Found
    } else if themes.is_empty() || subject.is_thin() || authors < GATE_AUTHORS {
        Verdict::InsufficientEvidence
    } else {
        Verdict::NothingOfItsOwn
    };
    ExcitementFinding { of: subject.id(), level: subject.level(), verdict, authors, points, cliches }
}

/// Whether an occasion is made of the entity: that people travel to a sight excites nobody.
fn is_tautology(subject: &Subject<'_, '_>, theme: Theme) -> bool {
    let Theme::Occasion(occasion) = theme else { return false };
    let taxonomy = subject.taxonomy();
    let own = subject.study.layout.category(subject.at);
    taxonomy.lineage_up(own).take(8).any(|category| taxonomy.occasion(occasion).tautology.contains(&category))
}

/// The difference in arousal with its certainty; where nothing varies it is exact.
fn difference(subject: &Subject<'_, '_>, sums: impl Fn(usize) -> Sums) -> (f64, [f64; 2]) {
    let (value, estimate) = subject.replicates.estimate(|n| sums(n).difference());
    (value, estimate.map_or([value, value], Estimate::interval90))
}

/// A theme that stirs more than what is said without it, and that is the entity's own.
fn point(
    moods: &Moods<'_, '_, '_>,
    theme: Theme,
    felt: &FeltCounts,
    quoting: &mut Quoting<'_>,
) -> Option<ExcitementPoint> {
    if matches!(theme, Theme::Attribute(_)) {
        return None;
    }
    let subject = moods.subject;
    let whole = moods.own(theme, 0);
    let lift = whole.share() / moods.rest(theme, 0).share();
    if lift.is_nan() || lift < OWN {
        return None;
    }
    let (difference, ci90) = difference(subject, |n| moods.own(theme, n));
    let imagery = whole.imagery / whole.with / UNIT;
    let score = whole.share() * ci90[0].max(0.0) * (0.5 + imagery) * lift.log2().max(0.0);
    if !(score.is_finite() && score > 0.0 && ci90[0] >= LEAST.max(HALF_AGAIN * whole.without())) {
        return None;
    }
    let authors = felt.authors();
    Some(ExcitementPoint {
        theme: theme_finding(theme, subject.taxonomy()),
        authors,
        share: six(whole.with / whole.all),
        arousal: six(whole.arousal / whole.with / UNIT),
        difference: six(difference),
        ci90: told_pair(ci90)?,
        imagery: six(imagery),
        lift: six(lift),
        score: six(score),
        quotes: quoting.cite(Cell::Felt(subject.entity, theme), authors, QUOTES),
    })
}

/// A theme that at least half of the field claim and that excites nobody, neither here nor there.
fn cliche(
    moods: &Moods<'_, '_, '_>,
    theme: Theme,
    felt: &FeltCounts,
    quoting: &mut Quoting<'_>,
) -> Option<ClicheFinding> {
    // An occasion is where a thing is used, nothing that anybody claims of it.
    if matches!(theme, Theme::Occasion(_)) {
        return None;
    }
    let subject = moods.subject;
    let position = &subject.study.layout.counts.position;
    let own = moods.own(theme, 0);
    let of_field = |n: usize| moods.rest(theme, n).plus(moods.own(theme, n));
    let claims = |peer: &&Entity| position.felt.get(&(**peer, theme)).is_some_and(|f| f.authors() >= CLAIM);
    let (claimants, peers) = (moods.peers.iter().filter(claims).count(), moods.peers.len());
    let lift = own.share() / moods.rest(theme, 0).share();
    if claimants < 2 || claimants * 2 < peers || own.with < COMMON * own.all || lift > TWICE {
        return None;
    }
    let (here, here_ci) = difference(subject, |n| moods.own(theme, n));
    let (there, ci90) = difference(subject, of_field);
    let excites = |value: f64, ci: [f64; 2], sums: Sums| {
        !value.is_finite() || ci[0] > 0.0 && value >= HALF_AGAIN * sums.without()
    };
    if excites(here, here_ci, own) || excites(there, ci90, of_field(0)) {
        return None;
    }
    let authors = felt.authors();
    let cell = match theme {
        Theme::Attribute(id) => Cell::Attribute(subject.entity, id),
        Theme::Motive(id) => Cell::Motive(subject.entity, id, crate::lexicon::id::Role::Buy),
        Theme::Essence(id) => Cell::Essence(subject.entity, id),
        Theme::Occasion(id) => Cell::Link(subject.entity, id),
    };
    Some(ClicheFinding {
        theme: theme_finding(theme, subject.taxonomy()),
        authors,
        share: six(own.with / own.all),
        field_share: six(of_field(0).with / of_field(0).all),
        claimants: [claimants as u64, peers as u64],
        difference: six(there),
        ci90: told_pair(ci90)?,
        quotes: quoting.cite(cell, authors, 1),
    })
}
