//! What one entity is linked with: occasions and motives with lift and certainty, and how present it is in the minds of
//! its market (method §2).

use super::findings::{EntityFinding, Lift, MotiveFinding, Needed, OccasionFinding, Stand, Standing};
use super::naming::{entity_level, entity_name, label, precision};
use super::numbers::{Estimate, ln_gamma, q_either, six, told};
use super::parameters::{FDR, GATE_AUTHORS, GATE_BUCKETS};
use super::quoting::Quoting;
use super::study::Study;
use super::study::sample::{Profiles, Sample};
use super::study::weights::{ALL, Weights, weigh};
use crate::accumulate::{Cell, Spread};
use crate::lexicon::id::{Entity, MotiveId, OccasionId, Role};
use crate::limits::BUCKETS;

/// Occasions and motives shown of an entity.
const SHOWN: usize = 20;
/// Authors from which on a cell has an interval.
const INTERVAL_AUTHORS: u64 = 5;
/// Links drawn for the network size; it is told only of entities with as many.
const DRAWN: f64 = 50.0;
/// Quotes per occasion or motive of a card.
const QUOTES: usize = 2;

/// An occasion of an entity: what is measured in each replicate.
#[derive(Debug, Clone, Copy)]
pub(super) struct OccasionReading {
    ln_lift: f64,
    log_odds: f64,
    advantage: f64,
}

/// What the cells of a sheet are under some weights; nothing of cells with too few authors for an interval.
pub(super) type SheetReading = (Vec<OccasionReading>, Vec<f64>);

/// One entity with the cells of it that are shown.
pub(super) struct Sheet<'a> {
    at: usize,
    occasions: Vec<(OccasionId, u64)>,
    motives: Vec<((MotiveId, Role), &'a Spread)>,
    /// What its cells are in the replicates.
    pub notes: Notes,
}

/// The readings of a sheet under all weights, one behind the other.
#[derive(Default)]
pub(super) struct Notes {
    occasions: Vec<OccasionReading>,
    motives: Vec<f64>,
}

impl Notes {
    /// Notes one replicate.
    pub fn add(&mut self, (occasions, motives): SheetReading) {
        if self.occasions.is_empty() && self.motives.is_empty() {
            self.occasions.reserve_exact(occasions.len() * BUCKETS);
            self.motives.reserve_exact(motives.len() * BUCKETS);
        }
        self.occasions.extend(occasions);
        self.motives.extend(motives);
    }
}

/// The replicates of the n-th cell; none of those that have too few authors.
fn replicates<T>(notes: &[T], n: usize) -> impl Iterator<Item = &T> {
    let cells = notes.len() / BUCKETS;
    notes.get(n..).filter(|_| n < cells).unwrap_or_default().iter().step_by(cells.max(1))
}

/// The sheets of all entities, by level, most authors first; `cards` are the places of those that get quotes.
pub(super) fn sheets<'a>(study: &Study<'a>, cards: &[usize]) -> Vec<Sheet<'a>> {
    let mut order: Vec<usize> =
        (0..study.layout.entities.len()).filter(|&at| study.counts(at).authors.total() > 0).collect();
    order.sort_by_key(|&at| (study.layout.is_brand(at), std::cmp::Reverse(study.counts(at).authors.total()), at));
    order.iter().map(|&at| Sheet::of(study, at, cards.contains(&at))).collect()
}

/// What all sheets are under some weights.
pub(super) fn read(
    study: &Study<'_>,
    sheets: &[Sheet<'_>],
    weights: &Weights,
    sample: &Sample,
    profiles: &Profiles,
) -> Vec<SheetReading> {
    let market = Market::of(study, sample, profiles, weights);
    sheets.iter().map(|sheet| sheet.read(&market)).collect()
}

/// All entities as the document shows them, once their replicates are noted.
pub(super) fn entities(
    study: &Study<'_>,
    sheets: &[Sheet<'_>],
    cards: &[usize],
    quoting: &mut Quoting<'_>,
) -> Vec<EntityFinding> {
    sheets.iter().map(|sheet| sheet.finding(study, cards.contains(&sheet.at), quoting)).collect()
}

/// The tables under some weights.
struct Market<'m, 'a> {
    study: &'m Study<'a>,
    sample: &'m Sample,
    profiles: &'m Profiles,
    /// N: authors with any link.
    linked: f64,
    /// L of the market, and of the brands.
    market: f64,
    brands: f64,
    weights: &'m Weights,
}

impl<'m, 'a> Market<'m, 'a> {
    /// The tables with their sums.
    fn of(study: &'m Study<'a>, sample: &'m Sample, profiles: &'m Profiles, weights: &'m Weights) -> Self {
        Self {
            study,
            sample,
            profiles,
            weights,
            linked: weigh(&study.layout.counts.linked, weights),
            market: sample.market.iter().sum(),
            brands: sample.brands.iter().sum(),
        }
    }

    /// Lift, log-odds and mental advantage of an entity in an occasion.
    fn occasion(&self, at: usize, occasion: OccasionId) -> OccasionReading {
        let o = occasion.index();
        let own = self.sample.row(at)[o];
        let (total, share) = (self.sample.total[at], self.profiles.row(at)[o]);
        // The market without the entity; an author of a brand may weigh a little more there than in its category.
        let (rest, rest_total) = ((self.sample.market[o] - own).max(0.0), (self.market - total).max(0.0));
        let occasions = self.sample.market.len() as f64;
        let base = (rest + 0.5) / (rest_total + 0.5 * occasions);
        let strength =
            if self.study.layout.is_brand(at) { self.study.shrinkage.brand } else { self.study.shrinkage.category };
        let alpha = strength * self.profiles.market[o];
        let odds = |links: f64, total: f64| ((links + alpha) / (total + strength - links - alpha)).ln();
        let (level, of_level) = if self.study.layout.is_brand(at) {
            (&self.sample.brands, self.brands)
        } else {
            (&self.sample.market, self.market)
        };
        OccasionReading {
            ln_lift: (share / base).ln(),
            log_odds: odds(own, total) - odds(rest, rest_total),
            advantage: 100.0 * (own - total * level[o] / of_level) / self.linked,
        }
    }

    /// ln of the lift of a motive against the consumers of everything else.
    fn motive(&self, at: usize, motive: (MotiveId, Role), authors: &Spread) -> f64 {
        let counts = self.study.layout.counts;
        let own = weigh(authors, self.weights);
        let n = weigh(&self.study.counts(at).authors, self.weights);
        let all = counts.motive_authors.get(&motive).map_or(0.0, |spread| weigh(spread, self.weights));
        let (rest, rest_n) = ((all - own).max(0.0), (weigh(&counts.entity_authors, self.weights) - n).max(0.0));
        ((own + 0.5) / (n + 1.0)).ln() - ((rest + 0.5) / (rest_n + 1.0)).ln()
    }
}

impl<'a> Sheet<'a> {
    /// The cells of an entity that are shown; none of an entity under the gate, unless it was asked for.
    fn of(study: &Study<'a>, at: usize, card: bool) -> Self {
        let counts = study.layout.counts;
        let entity = study.layout.entities[at];
        let mut sheet = Self { at, occasions: Vec::new(), motives: Vec::new(), notes: Notes::default() };
        if study.standing[at] == Standing::InsufficientEvidence && !card {
            return sheet;
        }
        let first = (entity, OccasionId(0));
        sheet.occasions = counts
            .links
            .range(first..)
            .take_while(|((of, _), _)| *of == entity)
            .map(|((_, occasion), cell)| (*occasion, cell.authors.total()))
            .collect();
        sheet.occasions.sort_by_key(|&(occasion, authors)| (std::cmp::Reverse(authors), occasion));
        sheet.occasions.truncate(SHOWN);
        sheet.motives = counts
            .motives
            .range((entity, MotiveId(0), Role::Buy)..)
            .take_while(|((of, ..), _)| *of == entity)
            .map(|((_, motive, role), spread)| ((*motive, *role), spread))
            .collect();
        sheet.motives.sort_by_key(|(motive, spread)| (std::cmp::Reverse(spread.total()), *motive));
        sheet.motives.truncate(SHOWN);
        sheet
    }

    /// What its cells are under some weights.
    fn read(&self, market: &Market<'_, '_>) -> SheetReading {
        // Those with most authors come first.
        let occasions = self.occasions.iter().take_while(|(_, authors)| *authors >= INTERVAL_AUTHORS);
        let motives = self.motives.iter().take_while(|(_, spread)| spread.total() >= INTERVAL_AUTHORS);
        (
            occasions.map(|&(occasion, _)| market.occasion(self.at, occasion)).collect(),
            motives.map(|&(motive, spread)| market.motive(self.at, motive, spread)).collect(),
        )
    }

    /// The entity as the document shows it.
    fn finding(&self, study: &Study<'_>, card: bool, quoting: &mut Quoting<'_>) -> EntityFinding {
        let (layout, counts) = (study.layout, study.counts(self.at));
        let entity = layout.entities[self.at];
        let category = layout.taxonomy.category(layout.category(self.at));
        let authors = counts.authors.total();
        let linked = counts.linked.total();
        let level = if layout.is_brand(self.at) { &study.sample.brands } else { &study.sample.market };
        let quoted = card && study.standing[self.at] == Standing::InsufficientEvidence;
        EntityFinding {
            id: study.id(self.at).to_owned(),
            level: entity_level(entity),
            label: label(entity_name(entity, layout.taxonomy)),
            category: category.name.id.clone(),
            sector: category.sector.clone(),
            role: category.broad_role().to_owned(),
            precision: precision(layout.taxonomy.precision_of_entity(entity)),
            standing: study.standing[self.at],
            needed: (study.standing[self.at] == Standing::InsufficientEvidence).then(|| Needed {
                authors: GATE_AUTHORS.saturating_sub(authors),
                buckets: GATE_BUCKETS.saturating_sub(counts.authors.filled()),
            }),
            authors,
            linked_authors: linked,
            posts: counts.posts,
            official_posts: counts.official,
            duplicate_share: told(counts.copies as f64 / (counts.copies + counts.posts) as f64),
            mental_market_share: told(study.sample.total[self.at] / level.iter().sum::<f64>()),
            mental_penetration: told(linked as f64 / layout.counts.linked.total() as f64),
            network_size: network_size(study.sample.row(self.at), study.sample.total[self.at]).and_then(told),
            occasions: self.occasions(study, entity, card, quoting),
            motives: self.motives(study, entity, card, quoting),
            quotes: quoting.cite(Cell::Entity(entity), authors, if quoted { 5 } else { usize::from(card) }),
        }
    }

    /// Its occasions.
    fn occasions(
        &self,
        study: &Study<'_>,
        entity: Entity,
        card: bool,
        quoting: &mut Quoting<'_>,
    ) -> Vec<OccasionFinding> {
        let market = Market::of(study, &study.sample, &study.profiles, &ALL);
        let whole: Vec<OccasionReading> =
            self.occasions.iter().map(|&(occasion, _)| market.occasion(self.at, occasion)).collect();
        let estimates = |of: fn(&OccasionReading) -> f64| -> Vec<Option<Estimate>> {
            let noted = |n| replicates(&self.notes.occasions, n).map(of).collect::<Vec<_>>();
            whole.iter().enumerate().map(|(n, whole)| Estimate::of(of(whole), &noted(n))).collect()
        };
        let (lift, odds, advantage) = (estimates(|r| r.ln_lift), estimates(|r| r.log_odds), estimates(|r| r.advantage));
        let (q, q_advantage) = (q_either(&odds), q_either(&advantage));
        (0..self.occasions.len())
            .map(|n| {
                let (occasion, authors) = self.occasions[n];
                OccasionFinding {
                    id: study.layout.taxonomy.occasion(occasion).name.id.clone(),
                    precision: precision(study.layout.taxonomy.precision_of_occasion(occasion)),
                    authors,
                    share: six(study.profiles.row(self.at)[occasion.index()]),
                    lift: Lift::of(whole[n].ln_lift, lift[n], q[n]),
                    mental_advantage: told(whole[n].advantage),
                    stand: q_advantage[n].map(|q| stand(q, whole[n].advantage)),
                    quotes: quoting.cite(Cell::Link(entity, occasion), authors, if card { QUOTES } else { 0 }),
                }
            })
            .collect()
    }

    /// Its motives.
    fn motives(&self, study: &Study<'_>, entity: Entity, card: bool, quoting: &mut Quoting<'_>) -> Vec<MotiveFinding> {
        let market = Market::of(study, &study.sample, &study.profiles, &ALL);
        let whole: Vec<f64> =
            self.motives.iter().map(|&(motive, spread)| market.motive(self.at, motive, spread)).collect();
        let noted = |n| replicates(&self.notes.motives, n).copied().collect::<Vec<_>>();
        let estimates: Vec<Option<Estimate>> =
            whole.iter().enumerate().map(|(n, &whole)| Estimate::of(whole, &noted(n))).collect();
        let q = q_either(&estimates);
        let n = study.counts(self.at).authors.total();
        (0..self.motives.len())
            .map(|at| {
                let ((motive, role), spread) = self.motives[at];
                let authors = spread.total();
                MotiveFinding {
                    id: study.layout.taxonomy.motive(motive).name.id.clone(),
                    role: role.as_str(),
                    precision: precision(study.layout.taxonomy.precision_of_motive(motive, role)),
                    authors,
                    share: six(if n == 0 { 0.0 } else { authors as f64 / n as f64 }),
                    lift: Lift::of(whole[at], None, q[at]),
                    quotes: quoting.cite(Cell::Motive(entity, motive, role), authors, if card { QUOTES } else { 0 }),
                }
            })
            .collect()
    }
}

/// What to do about an occasion.
fn stand(q: f64, advantage: f64) -> Stand {
    if q >= FDR {
        Stand::Maintain
    } else if advantage > 0.0 {
        Stand::Defend
    } else {
        Stand::Build
    }
}

/// NS_k = Σ_o [1 − C(L(e)−L(e,o),k)/C(L(e),k)], k = 50: the occasions that 50 of its links would lead to.
fn network_size(row: &[f64], total: f64) -> Option<f64> {
    if total < DRAWN {
        return None;
    }
    // Fractional links: binomials by the gamma function; none are left to draw once fewer than k lead elsewhere.
    let ln_choose = |n: f64| ln_gamma(n + 1.0) - ln_gamma(n - DRAWN + 1.0);
    let missed = |links: f64| {
        if total - links < DRAWN { 0.0 } else { (ln_choose(total - links) - ln_choose(total)).exp() }
    };
    Some(row.iter().filter(|&&links| links > 0.0).map(|&links| 1.0 - missed(links)).sum())
}
