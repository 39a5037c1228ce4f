//! White space: what people want on an occasion that fits the subject, and for which the subject is not taken (method §5).
//!
//! WS = d·f·(½+u)·max(0, 1−a high), only where things of the subject's role are taken already: that nobody drinks beer for better sleep
//! before an exam is no room but a structural zero. So is a job whose motive is hardly a reason to take the subject anywhere, and one for
//! which people leave the role's things more than they take them. All is told by lower ends: that of the motive, and that of P(j|role)/π(j)
//! of all others of the role together, shrunk toward their occasions, so that a job of which little is said is judged by the occasion.

use rustc_hash::FxHashMap;

use super::super::findings::{Level, Needed, Space, SpaceKind, WhiteSpaceFinding};
use super::super::numbers::{Estimate, beta_quantile, six, told_pair};
use super::super::parameters::{GATE_AUTHORS, GATE_BUCKETS};
use super::super::quoting::Quoting;
use super::super::study::Study;
use super::super::study::jobs::PRIOR;
use super::super::study::weights::{ALL, Weights, weigh};
use super::Tables;
use crate::accumulate::{Cell, Counts, DemandCounts};
use crate::lexicon::id::{CategoryId, Entity, MotiveId, OccasionId, Role};
use crate::lexicon::taxonomy::Taxonomy;

/// Spaces shown.
const SHOWN: usize = 8;
/// Crowding above which a job has an owner.
const OWNED: f64 = 0.4;
/// How far the others of the subject's role must be at home in a job, against the market.
const AT_HOME: f64 = 0.5;
/// How far the subject itself must be, where nothing has its whole role: a broad role holds hotels and books.
const FOOTHOLD: f64 = 0.25;
/// How far a motive must be a reason to take the subject at all, against everything: a game has no view to look at, wherever it is played.
const REASON: f64 = 0.5;
/// The subject is surely taken there at most half as often as anything is: above that little room is left.
const LITTLE: f64 = 0.5;
/// Authors who take anything there, below which nobody can be said to own a job, nor a role to be at home in it.
const HELD: u64 = 10;

/// A job that enough people speak of and that is no structural zero.
struct Candidate<'a> {
    occasion: OccasionId,
    motive: MotiveId,
    cell: usize,
    demand: &'a DemandCounts,
    /// Authors who take something else of the role there, and the place of what most of them take.
    kin: (u64, Option<usize>),
}

/// What is looked at of one subject.
pub(super) struct WhiteLook<'a> {
    at: usize,
    candidates: Vec<Candidate<'a>>,
    structural: usize,
    shares: bool,
}

/// The components of one candidate under some weights.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpaceReading {
    demand: f64,
    fit: f64,
    unmet: f64,
    presence: f64,
}

impl SpaceReading {
    /// WS, where the upper end of a is so many times a.
    fn score(self, spread: f64) -> f64 {
        self.demand * self.fit * (0.5 + self.unmet) * (1.0 - self.presence * spread).max(0.0)
    }
}

impl<'a> WhiteLook<'a> {
    /// The candidates; none where the posts were fetched by names, because demand would measure the query.
    pub fn of(study: &Study<'a>, at: usize, shares: bool) -> Self {
        let layout = study.layout;
        let mut look = Self { at, candidates: Vec::new(), structural: 0, shares };
        if !shares || !layout.jobs.allow(at) {
            return look;
        }
        let kin = Kin::of(study, at);
        let usual = study.sample.jobs.market_profile(&study.profiles.market);
        let reasons = Reasons::of(layout.counts, layout.entities[at], layout.jobs.motives, &ALL);
        for (&(occasion, motive), demand) in &layout.counts.demand {
            let enough = demand.wanted.total() >= GATE_AUTHORS && demand.wanted.filled() >= GATE_BUCKETS;
            if !enough || is_made_of(layout.category(at), occasion, layout.taxonomy) {
                continue;
            }
            let cell = occasion.index() * layout.jobs.motives + motive.index();
            let own = study.sample.jobs.share(at, study.profiles.row(at), cell);
            let foothold = kin.whole || own >= FOOTHOLD * usual[cell];
            let reason = reasons.low(motive) >= REASON * reasons.usual[motive.index()];
            let home = kin.is_at_home(study, cell) && kin.share_low(study, cell) >= AT_HOME * usual[cell];
            if !foothold || !reason || !home {
                look.structural += 1;
                continue;
            }
            let kin = kin.first(study, cell);
            look.candidates.push(Candidate { occasion, motive, cell, demand, kin });
        }
        look
    }

    /// The components of each candidate.
    pub fn read(&self, study: &Study<'_>, tables: &Tables<'_>) -> Vec<SpaceReading> {
        if self.candidates.is_empty() {
            return Vec::new();
        }
        let counts = study.layout.counts;
        let everybody = weigh(&counts.free_authors, tables.weights);
        let Reasons { own, .. } =
            Reasons::of(counts, study.layout.entities[self.at], study.layout.jobs.motives, tables.weights);
        let jobs = &tables.sample.jobs;
        // Of the occasions of candidates only: there are far fewer of them.
        let motives = study.layout.jobs.motives;
        let mut fits: FxHashMap<OccasionId, f64> = FxHashMap::default();
        for c in &self.candidates {
            let row = c.occasion.index() * motives..(c.occasion.index() + 1) * motives;
            fits.entry(c.occasion).or_insert_with(|| 1.0 - divergence(&own, &jobs.given[row]));
        }
        let occasions = tables.profiles.row(self.at);
        self.candidates
            .iter()
            .map(|c| {
                let authors = weigh(&c.demand.authors, tables.weights);
                SpaceReading {
                    demand: authors / everybody,
                    fit: fits[&c.occasion],
                    unmet: weigh(&c.demand.unmet, tables.weights) / authors,
                    presence: jobs.share(self.at, occasions, c.cell) / tables.market_jobs[c.cell],
                }
            })
            .collect()
    }

    /// The white space as the document shows it.
    pub fn finding(
        &self,
        study: &Study<'_>,
        level: Level,
        whole: &[SpaceReading],
        replicates: &[&[SpaceReading]],
        quoting: &mut Quoting<'_>,
    ) -> WhiteSpaceFinding {
        let layout = study.layout;
        let links = study.sample.jobs.total[self.at];
        let market = study.sample.jobs.market_profile(&study.profiles.market);
        let mut found: Vec<(f64, usize, f64, Option<[f64; 2]>)> = Vec::new();
        for (n, reading) in whole.iter().enumerate() {
            let presence: Vec<f64> = replicates.iter().map(|r| r[n].presence.ln()).collect();
            let jackknife =
                Estimate::of(reading.presence.ln(), &presence).map_or(1.0, |a| (a.interval90()[1] - a.value).exp());
            let spread = jackknife.max(self.posterior(study, &market, n) / reading.presence);
            let score = reading.score(spread);
            let scores: Vec<f64> = replicates.iter().map(|r| r[n].score(spread).ln()).collect();
            if score > 0.0 && reading.presence * spread <= LITTLE {
                let interval = Estimate::of(score.ln(), &scores).map(|s| s.interval90().map(f64::exp));
                found.push((score, n, spread, interval));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(SHOWN);
        let spaces = found.iter().map(|&(score, n, spread, interval)| {
            let Candidate { occasion, motive, cell, demand, kin: (kin, first), .. } = self.candidates[n];
            // How the role lives there says more than what is said of anything else for the same motive.
            let cell_of = |at: usize| Cell::Link(layout.entities[at], occasion);
            let linked =
                |at: usize| layout.counts.links.get(&(layout.entities[at], occasion)).map_or(0, |l| l.authors.total());
            let mut quotes = first.map_or_else(Vec::new, |at| quoting.cite(cell_of(at), linked(at), 1));
            quotes.extend(quoting.cite(Cell::Job(occasion, motive), demand.authors.total(), 1));
            quotes.dedup();
            let (crowding, owner) = self.crowding(study, cell);
            let reading = whole[n];
            let authors = demand.authors.total();
            Space {
                occasion: layout.taxonomy.occasion(occasion).name.id.clone(),
                motive: layout.taxonomy.motive(motive).name.id.clone(),
                kind: if owner.is_some() { SpaceKind::Owned } else { SpaceKind::Open },
                owner: owner.map(|at| study.id(at).to_owned()),
                score: six(score),
                ci90: interval.and_then(told_pair),
                authors,
                demand: six(reading.demand),
                fit: six(reading.fit),
                unmet: six(reading.unmet),
                presence: six(reading.presence),
                presence_high: six(reading.presence * spread),
                crowding: six(crowding),
                own_authors: layout
                    .counts
                    .jobs
                    .get(&(layout.entities[self.at], occasion, motive))
                    .map_or(0, |j| j.authors),
                kin_authors: kin,
                quotes,
            }
        });
        WhiteSpaceFinding {
            of: study.id(self.at).to_owned(),
            level,
            needed: (self.shares && !layout.jobs.allow(self.at)).then(|| Needed {
                authors: (GATE_AUTHORS as f64 - links).ceil().max(0.0) as u64,
                buckets: GATE_BUCKETS.saturating_sub(layout.jobs.buckets(self.at)),
            }),
            looked_at: self.candidates.len() + self.structural,
            structural: self.structural,
            spaces: spaces.collect(),
        }
    }

    /// The 95 % quantile of P(j|A) over π(j): few authors say little of what they did not say, and the jackknife of a zero knows nothing of that.
    fn posterior(&self, study: &Study<'_>, market: &[f64], n: usize) -> f64 {
        let cell = self.candidates[n].cell;
        let jobs = &study.sample.jobs;
        let all = jobs.total[self.at] + PRIOR;
        let share = jobs.share(self.at, study.profiles.row(self.at), cell);
        let high = beta_quantile(0.95, share * all, (1.0 - share) * all);
        high / market[cell]
    }

    /// h = Σ s² over the categories that are taken in a job, and the place of one that owns it.
    fn crowding(&self, study: &Study<'_>, cell: usize) -> (f64, Option<usize>) {
        let layout = study.layout;
        let held: Vec<(usize, f64)> = (0..layout.entities.len())
            .filter(|&at| layout.is_root(at) && !layout.taxonomy.category(layout.category(at)).catch_all)
            .map(|at| (at, study.sample.jobs.links(at, cell)))
            .filter(|&(_, links)| links > 0.0)
            .collect();
        let all: f64 = held.iter().map(|(_, links)| links).sum();
        if all == 0.0 {
            return (0.0, None);
        }
        let crowding = held.iter().map(|(_, links)| (links / all).powi(2)).sum();
        let first = held.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|&(at, _)| at);
        let other = |&at: &usize| !layout.taxonomy.same_lineage(layout.category(at), layout.category(self.at));
        (crowding, first.filter(|_| crowding > OWNED && all >= HELD as f64).filter(other))
    }
}

/// Everything else of the subject's role, together.
struct Kin {
    /// They have the subject's whole role, not only its broad one.
    whole: bool,
    /// Places of categories, none of them a kind of another.
    places: Vec<usize>,
    /// Links, by occasion.
    occasions: Vec<f64>,
    /// Links, and J: authors whose job is known.
    links: f64,
    jobs: f64,
}

impl Kin {
    /// The categories of the subject's whole role outside its lineage, or where there are none, of its broad role; no catch-alls, which take
    /// in whatever has no name. A brand's own category is its kin too.
    fn of(study: &Study<'_>, at: usize) -> Self {
        let layout = study.layout;
        let (own, taxonomy) = (layout.category(at), layout.taxonomy);
        let apart = |c: CategoryId| layout.is_brand(at) || !taxonomy.same_lineage(c, own);
        let alike = |same: &dyn Fn(CategoryId) -> bool| -> Vec<usize> {
            (0..layout.entities.len())
                .filter(|&at| layout.is_root(at) && !taxonomy.category(layout.category(at)).catch_all)
                .filter(|&at| apart(layout.category(at)) && same(layout.category(at)))
                .collect()
        };
        let known = !matches!(taxonomy.category(own).role.as_str(), "" | "unknown");
        let mut places = alike(&|c| known && taxonomy.category(c).role == taxonomy.category(own).role);
        let whole = !places.is_empty();
        if !whole {
            places = alike(&|c| known && taxonomy.category(c).broad_role() == taxonomy.category(own).broad_role());
        }
        let sum = |of: &dyn Fn(usize) -> f64| places.iter().map(|&at| of(at)).sum::<f64>();
        Self {
            whole,
            occasions: (0..layout.occasions).map(|o| sum(&|at| study.sample.row(at)[o])).collect(),
            links: sum(&|at| study.sample.total[at]),
            jobs: sum(&|at| study.sample.jobs.total[at]),
            places,
        }
    }

    /// Whether enough authors take something of the role there, and more than complain of it or do without: where people leave the role for
    /// this reason is no room for another of its things.
    fn is_at_home(&self, study: &Study<'_>, cell: usize) -> bool {
        let (mut taken, mut unmet) = (0, 0);
        for &at in &self.places {
            let row = &study.layout.jobs.rows[at];
            if let Ok(n) = row.binary_search_by_key(&cell, |&(other, _)| other) {
                taken += row[n].1.authors;
                unmet += row[n].1.unmet;
            }
        }
        taken >= HELD && taken > unmet
    }

    /// The lower end of P(j|role), which is shrunk toward P(o|role)·P(m|o) with weight 20 as that of any entity: one or two misread words
    /// make no home.
    fn share_low(&self, study: &Study<'_>, cell: usize) -> f64 {
        let jobs = &study.sample.jobs;
        if self.links == 0.0 {
            return 0.0;
        }
        let own: f64 = self.places.iter().map(|&at| jobs.links(at, cell)).sum();
        let known = own + PRIOR * self.occasions[jobs.occasion(cell)] / self.links * jobs.given[cell];
        beta_quantile(0.05, known, self.jobs + PRIOR - known)
    }

    /// The one of them that most authors take, and how many do.
    fn first(&self, study: &Study<'_>, cell: usize) -> (u64, Option<usize>) {
        let of = |&at: &usize| {
            let row = &study.layout.jobs.rows[at];
            row.binary_search_by_key(&cell, |&(other, _)| other).map_or(0, |n| row[n].1.authors)
        };
        let most =
            self.places.iter().map(|at| (of(at), *at)).max_by_key(|&(authors, at)| (authors, std::cmp::Reverse(at)));
        most.filter(|&(authors, _)| authors > 0).map_or((0, None), |(authors, at)| (authors, Some(at)))
    }
}

/// Whether the occasion is made of the category.
fn is_made_of(category: CategoryId, occasion: OccasionId, taxonomy: &Taxonomy) -> bool {
    taxonomy.lineage_up(category).any(|c| taxonomy.occasion(occasion).tautology.contains(&c))
}

/// Why the subject is taken, and why anything is.
struct Reasons {
    /// P(m|A), shrunk toward the usual with weight 20.
    own: Vec<f64>,
    /// P(m) of everything.
    usual: Vec<f64>,
    /// Authors' reasons for the subject, and the prior's.
    total: f64,
}

impl Reasons {
    fn of(counts: &Counts, entity: Entity, motives: usize, weights: &Weights) -> Self {
        let (mut own, mut all) = (vec![0.0; motives], vec![0.5; motives]);
        for role in [Role::Buy, Role::Repeat] {
            for m in (0..motives).map(|m| MotiveId(m as u16)) {
                own[m.index()] += counts.motives.get(&(entity, m, role)).map_or(0.0, |spread| weigh(spread, weights));
                all[m.index()] += counts.motive_authors.get(&(m, role)).map_or(0.0, |spread| weigh(spread, weights));
            }
        }
        let (said, of_all): (f64, f64) = (own.iter().sum(), all.iter().sum());
        let usual: Vec<f64> = all.iter().map(|all| all / of_all).collect();
        let total = said + PRIOR;
        Self { own: own.iter().zip(&usual).map(|(own, usual)| (own + PRIOR * usual) / total).collect(), usual, total }
    }

    /// The lower end of P(m|A): one or two misread words make no reason.
    fn low(&self, motive: MotiveId) -> f64 {
        let own = self.own[motive.index()];
        beta_quantile(0.05, own * self.total, (1.0 - own) * self.total)
    }
}

/// The Jensen–Shannon divergence of two distributions, to the base 2: in [0, 1].
fn divergence(a: &[f64], b: &[f64]) -> f64 {
    let half = |x: f64, y: f64| if x > 0.0 { 0.5 * x * (2.0 * x / (x + y)).log2() } else { 0.0 };
    a.iter().zip(b).map(|(&x, &y)| half(x, y) + half(y, x)).sum::<f64>().clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::divergence;

    #[test]
    fn divergence_runs_from_nothing_to_one() {
        assert_eq!(divergence(&[0.5, 0.5], &[0.5, 0.5]), 0.0);
        assert!((divergence(&[1.0, 0.0], &[0.0, 1.0]) - 1.0).abs() < 1e-12);
        // (0.5 ln 2/1.5·… ) by hand: ½·log2(4/3) + ½·(½·log2(⅔) + ½·log2(2)).
        let by_hand = 0.5 * (4.0f64 / 3.0).log2() + 0.5 * (0.5 * (2.0f64 / 3.0).log2() + 0.5);
        assert!((divergence(&[1.0, 0.0], &[0.5, 0.5]) - by_hand).abs() < 1e-12);
    }
}
