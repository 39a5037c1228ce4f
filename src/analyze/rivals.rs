//! The list of rivals of one subject: shares, intervals, why, and what is not obvious about them (method §3 and §4).

use super::findings::{
    Comparing, Contribution, Kinship, Level, RivalFinding, Rivalry, Standing, Switching, TermInfluence,
};
use super::numbers::{Estimate, q_values, sigmoid, six, told, told_pair};
use super::parameters::{FDR, Parameters};
use super::quoting::Quoting;
use super::study::diversion::{nearness, siblings};
use super::study::influence::Influence;
use super::study::language::{Pair, authors};
use super::study::{LevelStudy, Study, SubjectStudy};
use crate::accumulate::{Cell, Ground};
use crate::lexicon::id::{Entity, OccasionId, RelationKind};
use crate::limits::BUCKETS;

/// Authors who must carry a pair before it is listed as not obvious.
const CARRIERS: u64 = 10;
/// Occasions shown behind a threat.
const OCCASIONS: usize = 5;
/// The part of a share that rests on one wording before that is said to carry it.
const CARRIED: f64 = 0.5;
/// Quotes shown per rival.
const QUOTES: usize = 3;
/// Partners that are taken together with the subject and shown beyond the first rivals.
const PARTNERS: usize = 5;
/// What the shelf distance counts: a half, a quarter (the method's own), an eighth.
const SHELVES: [f64; 3] = [0.5, 0.25, 0.125];

/// What the replicates say of one ranked rival.
#[derive(Debug, Clone, Copy, Default)]
struct Certainty {
    ci90: Option<[f64; 2]>,
    p: Option<f64>,
    /// Θ low and surprise bits by shelf.
    surprise: [Option<(f64, f64)>; 3],
}

/// All rivals of the subjects of a level, each list in rank order; the ranked ones that are shown.
pub(super) fn list(
    study: &Study<'_>,
    level: &LevelStudy,
    subjects: &[SubjectStudy<'_>],
    shares: bool,
    parameters: &Parameters,
    quoting: &mut Quoting<'_>,
) -> Vec<RivalFinding> {
    let certainty: Vec<Vec<Certainty>> = subjects.iter().map(|subject| certainties(study, subject)).collect();
    let global = q_values(certainty.iter().flatten().map(|c| c.p));
    let influence = shares.then(|| Influence::of(study));
    let mut offset = 0;
    let mut out = Vec::new();
    for (subject, certainty) in subjects.iter().zip(&certainty) {
        let focal = q_values(certainty.iter().map(|c| c.p));
        let ranks = non_obvious_ranks(certainty);
        let mut rank_of_place: Vec<(usize, RivalFinding)> = Vec::new();
        for rank in 0..subject.order.len() {
            let card = Card { study, level, subject, rank, certainty: &certainty[rank], shares };
            let mut finding = card.finding(parameters);
            finding.q = focal[rank].and_then(told);
            finding.q_global = global[offset + rank].and_then(told);
            finding.non_obvious_ranks = ranks[rank];
            finding.surprising = finding.relation == Kinship::Competitor
                && !finding.known
                && focal[rank].is_some_and(|q| q < FDR)
                && finding.carried_by >= CARRIERS
                && finding.surprise_bits.is_some_and(|bits| bits > 0.0);
            rank_of_place.push((rank, finding));
        }
        offset += subject.order.len();
        let shown = shown(&rank_of_place, parameters.top);
        for (rank, mut finding) in rank_of_place.into_iter().filter(|(rank, _)| shown[*rank]) {
            let card = Card { study, level, subject, rank, certainty: &certainty[rank], shares };
            finding.max_term_influence = influence.as_ref().and_then(|influence| card.influence(influence));
            finding.quotes = card.quotes(&finding, quoting);
            out.push(finding);
        }
    }
    out
}

/// Which ranks are shown: the first, the user's own, the surprising, and the strongest partners.
fn shown(list: &[(usize, RivalFinding)], top: usize) -> Vec<bool> {
    let mut partners: Vec<usize> = (0..list.len()).filter(|&n| list[n].1.pairing >= 2).collect();
    partners.sort_by_key(|&n| (std::cmp::Reverse(list[n].1.pairing), n));
    partners.truncate(PARTNERS);
    list.iter().map(|(rank, rival)| *rank < top || rival.known || rival.surprising || partners.contains(rank)).collect()
}

/// Ranks by Θ low · max(0, surprise) under the three shelves; `None` where it is 0 under the method's own.
fn non_obvious_ranks(certainty: &[Certainty]) -> Vec<Option<[usize; 3]>> {
    let score = |n: usize, shelf: usize| certainty[n].surprise[shelf].map_or(0.0, |(low, bits)| low * bits.max(0.0));
    let ranks: Vec<Vec<usize>> = (0..SHELVES.len())
        .map(|shelf| {
            let mut order: Vec<usize> = (0..certainty.len()).collect();
            order.sort_by(|&a, &b| score(b, shelf).total_cmp(&score(a, shelf)).then(a.cmp(&b)));
            let mut ranks = vec![0; order.len()];
            order.iter().enumerate().for_each(|(rank, &n)| ranks[n] = rank + 1);
            ranks
        })
        .collect();
    (0..certainty.len()).map(|n| (score(n, 1) > 0.0).then(|| std::array::from_fn(|shelf| ranks[shelf][n]))).collect()
}

/// Intervals, p values and surprise of the ranked rivals, in rank order.
fn certainties(study: &Study<'_>, subject: &SubjectStudy<'_>) -> Vec<Certainty> {
    let layout = study.layout;
    let field = &subject.field;
    let own = layout.entities[field.subject];
    let shelf_size: [f64; 3] = SHELVES.map(|base| {
        let near = |&at: &usize| study.sample.size[at] * nearness(own, layout.entities[at], base, layout.taxonomy);
        field.rivals.iter().map(near).sum()
    });
    let certainty = |rank: usize, n: usize| {
        let (Some(logits), Some(logs)) =
            (subject.replicates.logit_threat.get(rank), subject.replicates.ln_excess.get(rank))
        else {
            return Certainty::default();
        };
        let theta = Estimate::of(super::numbers::logit(subject.threat[n]), logits);
        let excess = Estimate::of((subject.threat[n] / subject.reading.fair[n]).ln(), logs);
        let ci90 = theta.map(|theta| theta.interval90().map(sigmoid));
        let at = field.rivals[n];
        let surprise = std::array::from_fn(|shelf| {
            let near = nearness(own, layout.entities[at], SHELVES[shelf], layout.taxonomy);
            let shelf_share = study.sample.size[at] * near / shelf_size[shelf];
            ci90.map(|[low, _]| (low, (low / shelf_share).log2())).filter(|(_, bits)| bits.is_finite())
        });
        Certainty { ci90, p: excess.map(Estimate::p_above), surprise }
    };
    subject.order.iter().enumerate().map(|(rank, &n)| certainty(rank, n)).collect()
}

/// One rival on its way into the document.
struct Card<'c, 'a> {
    study: &'c Study<'a>,
    level: &'c LevelStudy,
    subject: &'c SubjectStudy<'a>,
    /// From 0.
    rank: usize,
    certainty: &'c Certainty,
    shares: bool,
}

impl Card<'_, '_> {
    /// The rival's index in the field.
    fn n(&self) -> usize {
        self.subject.order[self.rank]
    }

    /// The rival's place.
    fn at(&self) -> usize {
        self.subject.field.rivals[self.n()]
    }

    /// Subject and rival.
    fn pair(&self) -> (Entity, Entity) {
        let entities = &self.study.layout.entities;
        (entities[self.subject.field.subject], entities[self.at()])
    }

    /// The rival, without q values and quotes.
    fn finding(&self, parameters: &Parameters) -> RivalFinding {
        let (n, at, field, reading) = (self.n(), self.at(), &self.subject.field, &self.subject.reading);
        let (own, rival) = self.pair();
        let contributions = self.contributions();
        let kinship = self.subject.kinship(self.study, n);
        let share = |value: f64| if self.shares { told(value) } else { None };
        let theta = self.subject.threat[n];
        let back = if self.level.level == Level::Cross { None } else { self.level.threat(at, field.subject) };
        let surprise = self.certainty.surprise[1].filter(|_| self.shares);
        let pair = field.kinds.pair(n).copied().unwrap_or_default();
        RivalFinding {
            of: self.study.id(field.subject).to_owned(),
            rival: self.study.id(at).to_owned(),
            level: self.level.level,
            rank: self.rank + 1,
            threat: share(theta),
            ci90: self.certainty.ci90.and_then(told_pair),
            structure: share(reading.structure[n]),
            fair_share: share(reading.fair[n]),
            excess: share(theta / reading.fair[n]),
            q: None,
            q_global: None,
            volume: share(theta * self.study.sample.size[field.subject]),
            relation: kinship.kinship,
            basis: kinship.basis,
            rho: six(kinship.rho),
            rho_ci90: kinship.interval.map(six),
            rivalry: self.rivalry(),
            surprise_bits: surprise.and_then(|(_, bits)| told(bits)),
            non_obvious: surprise.and_then(|(low, bits)| told(low * bits.max(0.0))),
            non_obvious_ranks: None,
            surprising: false,
            known: self.is_known(&parameters.known),
            asymmetry: back.and_then(|back| share((theta / back).log2())),
            occasions: if self.shares { self.told_occasions(&contributions) } else { Vec::new() },
            switching: Switching { to_rival: authors(pair.to_rival), from_rival: authors(pair.from_rival) },
            comparing: comparing(&pair),
            pairing: authors(pair.goes_with),
            carried_by: self.carriers(own, rival),
            rank_stability: self
                .subject
                .replicates
                .in_top
                .get(self.rank)
                .and_then(|&halves| told(f64::from(halves) / BUCKETS as f64)),
            max_term_influence: None,
            quotes: Vec::new(),
        }
    }

    /// Whether the rival stands on the user's list: itself, or as the one kind of what stands there.
    fn is_known(&self, known: &[Entity]) -> bool {
        let (layout, rival) = (self.study.layout, self.pair().1);
        let told_by = |entity: &Entity| layout.entities.binary_search(entity).ok().and_then(|at| layout.only_kind(at));
        known.iter().any(|entity| *entity == rival || told_by(entity) == Some(rival))
    }

    /// What the share rests on most.
    fn influence(&self, influence: &Influence) -> Option<TermInfluence> {
        let strongest = influence.strongest(self.study, self.subject, self.n())?;
        let taxonomy = self.study.layout.taxonomy;
        let (rule, words) = match strongest.ground {
            Ground::Brand(brand) => (taxonomy.brand(brand).name.id.clone(), None),
            Ground::Wording(key) => {
                let said = self.study.layout.counts.grounds.wordings.get(&key)?;
                (taxonomy.rules.get(said.rule.index())?.clone(), said.words.as_deref().map(str::to_owned))
            }
        };
        let carries = -strongest.change >= CARRIED * self.subject.threat[self.n()];
        Some(TermInfluence { rule, words, change: told(strongest.change)?, carries })
    }

    /// The parts of the occasions in D.
    fn contributions(&self) -> Vec<f64> {
        let study = self.study;
        self.subject.reading.contributions(&self.subject.field, &study.sample, &study.profiles, self.n())
    }

    /// The greatest parts.
    fn told_occasions(&self, contributions: &[f64]) -> Vec<Contribution> {
        let taxonomy = self.study.layout.taxonomy;
        // An occasion that nobody links with the rival has a part by the priors only: that is no "why".
        let linked = self.study.sample.row(self.at());
        let mut order: Vec<usize> = (0..contributions.len()).filter(|&o| linked[o] > 0.0).collect();
        order.sort_by(|&a, &b| contributions[b].total_cmp(&contributions[a]).then(a.cmp(&b)));
        order
            .iter()
            .take(OCCASIONS)
            .filter_map(|&o| {
                let id = taxonomy.occasion(OccasionId(o as u16)).name.id.clone();
                Some(Contribution { id, contribution: told(contributions[o])? })
            })
            .collect()
    }

    /// Authors who relate the two or link both with one occasion.
    fn carriers(&self, a: Entity, b: Entity) -> u64 {
        self.study.layout.counts.carriers.get(&if b < a { (b, a) } else { (a, b) }).copied().unwrap_or_default()
    }

    /// The level of the rivalry.
    fn rivalry(&self) -> Rivalry {
        let layout = self.study.layout;
        let (own, rival) = (layout.category(self.subject.field.subject), layout.category(self.at()));
        let (one, two) = (layout.taxonomy.category(own), layout.taxonomy.category(rival));
        if one.broad_role() == "channel" || two.broad_role() == "channel" {
            Rivalry::Channel
        } else if own == rival {
            Rivalry::Brand
        } else if siblings(own, rival, layout.taxonomy) {
            Rivalry::Form
        } else if one.role == two.role {
            Rivalry::Category
        } else {
            Rivalry::Generic
        }
    }

    /// What people say of the two; where nobody relates them, what they say of both on one occasion, and of the
    /// rival on the occasion that counts most.
    fn quotes(&self, finding: &RivalFinding, quoting: &mut Quoting<'_>) -> Vec<String> {
        let (a, b) = self.pair();
        let (first, second) = if b < a { (b, a) } else { (a, b) };
        let pair = self.subject.field.kinds.pair(self.n()).copied().unwrap_or_default();
        let mut cells = vec![
            (Cell::Pair(RelationKind::InsteadOf, a, b), authors(pair.to_rival), 2),
            (Cell::Pair(RelationKind::BetterThan, a, b), authors(pair.rival_better), 1),
            (Cell::Pair(RelationKind::EitherOr, first, second), authors(pair.either_or), 1),
        ];
        // Words of taking both together show no rival.
        let with = (Cell::Pair(RelationKind::GoesWith, first, second), authors(pair.goes_with), 1);
        match finding.relation {
            Kinship::Complement => cells.insert(0, with),
            Kinship::Both => cells.push(with),
            Kinship::Competitor | Kinship::Unknown => {}
        }
        cells.push((Cell::Together(first, second), finding.carried_by, 1));
        // The way back shows what the rival loses, but at least both.
        cells.push((Cell::Pair(RelationKind::InsteadOf, b, a), authors(pair.from_rival), 1));
        cells.push((Cell::Pair(RelationKind::BetterThan, b, a), authors(pair.subject_better), 1));
        if let Some(why) = finding.occasions.first().and_then(|o| self.study.layout.taxonomy.occasion_id(&o.id)) {
            let linked = self.study.layout.counts.links.get(&(b, why)).map_or(0, |cell| cell.authors.total());
            cells.push((Cell::Link(b, why), linked, 1));
        }
        let mut out: Vec<String> = Vec::new();
        for (cell, authors, most) in cells {
            let room = QUOTES - out.len();
            for id in quoting.cite(cell, authors, most.min(room)) {
                if !out.contains(&id) {
                    out.push(id);
                }
            }
        }
        out
    }
}

/// The comparisons of a pair.
fn comparing(pair: &Pair<'_>) -> Comparing {
    Comparing {
        rival_better: authors(pair.rival_better),
        subject_better: authors(pair.subject_better),
        either_or: authors(pair.either_or),
    }
}

/// The entities of a field that are not ranked themselves, by what they are.
pub(super) fn of_standing<'s>(
    study: &'s Study<'_>,
    subject: &'s SubjectStudy<'_>,
    standing: Standing,
) -> impl Iterator<Item = usize> + 's {
    (0..subject.field.rivals.len()).filter(move |&n| study.standing[subject.field.rivals[n]] == standing)
}
