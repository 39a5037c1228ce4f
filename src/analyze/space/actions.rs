//! What to do, occasion by occasion: volume × own weakness × how often people say they switch.
//!
//! Volume is everybody who takes the subject or, weighed by ρ, one of its rivals on the occasion. What can be won is the part that others
//! hold times the share who say they switch; what can be lost is the subject's own part times that share.

use super::super::findings::{Action, ActionFinding, ActionsFinding, Level};
use super::super::numbers::{Estimate, six, told, told_pair};
use super::super::parameters::{GATE_AUTHORS, GATE_BUCKETS};
use super::super::study::diversion::Field;
use super::super::study::weights::{Weights, weigh};
use super::super::study::{Study, SubjectStudy};
use super::Tables;
use crate::accumulate::Spread;
use crate::lexicon::id::{Entity, OccasionId};

/// Prior weight of the switching of all occasions in that of one.
const PRIOR: f64 = 50.0;
/// Occasions shown.
const SHOWN: usize = 12;

/// An occasion of a subject with what is counted there.
struct Place {
    occasion: OccasionId,
    /// Authors who say that one was taken instead of another.
    switching: Spread,
    /// Authors who take the subject or a rival.
    authors: Spread,
}

/// What is looked at of one subject.
pub(super) struct ActionsLook {
    at: usize,
    places: Vec<Place>,
    switching: u64,
}

/// One occasion under some weights.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActionReading {
    volume: f64,
    own: f64,
    strength: f64,
    switching: f64,
    /// What can be won here over the mean of all occasions.
    worth: f64,
}

impl ActionReading {
    fn to_win(self) -> f64 {
        (self.volume - self.own) * self.switching
    }

    fn to_lose(self) -> f64 {
        self.own * self.switching
    }
}

impl ActionsLook {
    /// The occasions on which the subject and its competing rivals have enough authors.
    pub fn of<'a>(study: &Study<'a>, subject: &SubjectStudy<'a>, shares: bool) -> Self {
        let counts = study.layout.counts;
        let at = subject.field.subject;
        let rivals = subject.order[..subject.competing].iter().map(|&n| subject.field.rivals[n]);
        let field: Vec<Entity> = std::iter::once(at).chain(rivals).map(|at| study.layout.entities[at]).collect();
        let mut places: Vec<Place> = Vec::new();
        if shares && field.len() > 1 {
            for o in 0..study.layout.occasions {
                let occasion = OccasionId(o as u16);
                let unite = |of: &dyn Fn(Entity) -> Option<&'a Spread>| -> Spread {
                    field.iter().filter_map(|&entity| of(entity)).flat_map(Spread::iter).collect()
                };
                let authors = unite(&|entity| counts.links.get(&(entity, occasion)).map(|cell| &cell.authors));
                // Whoever switches leaves one thing: counted once, on the side that is left.
                let switching = unite(&|entity| counts.switches.get(&(entity, occasion)).map(|cell| &cell.away));
                if authors.total() >= GATE_AUTHORS && authors.filled() >= GATE_BUCKETS {
                    places.push(Place { occasion, switching, authors });
                }
            }
        }
        let switching = places.iter().map(|place| place.switching.total()).sum();
        if switching < GATE_AUTHORS {
            places.clear();
        }
        Self { at, places, switching }
    }

    /// Each occasion under some weights.
    pub fn read(&self, field: &Field<'_>, tables: &Tables<'_>) -> Vec<ActionReading> {
        if self.places.is_empty() {
            return Vec::new();
        }
        let volumes = field.volumes(tables.sample, tables.profiles, tables.weights);
        let (size, profile) = (tables.sample.size[self.at], tables.profiles.row(self.at));
        let (all, own): (f64, f64) = (size + volumes.iter().sum::<f64>(), size);
        let sum = |of: fn(&Place) -> &Spread, weights: &Weights| -> f64 {
            self.places.iter().map(|place| weigh(of(place), weights)).sum()
        };
        let usual = sum(|place| &place.switching, tables.weights) / sum(|place| &place.authors, tables.weights);
        let mut out: Vec<ActionReading> = self
            .places
            .iter()
            .map(|place| {
                let o = place.occasion.index();
                let here = size * profile[o];
                let volume = here + volumes[o];
                let switching = (weigh(&place.switching, tables.weights) + PRIOR * usual)
                    / (weigh(&place.authors, tables.weights) + PRIOR);
                ActionReading { volume, own: here, strength: here / volume / (own / all), switching, worth: 0.0 }
            })
            .collect();
        let mean = out.iter().map(|reading| reading.to_win()).sum::<f64>() / out.len() as f64;
        out.iter_mut().for_each(|reading| reading.worth = reading.to_win() / mean);
        out
    }

    /// The occasions as the document shows them.
    pub fn finding(
        &self,
        study: &Study<'_>,
        level: Level,
        whole: &[ActionReading],
        replicates: &[&[ActionReading]],
    ) -> ActionsFinding {
        let mut occasions: Vec<ActionFinding> = (0..whole.len())
            .map(|n| {
                let ln = |of: &dyn Fn(ActionReading) -> f64| {
                    let rows: Vec<f64> = replicates.iter().map(|r| of(r[n]).ln()).collect();
                    Estimate::of(of(whole[n]).ln(), &rows).map(|e| e.interval90().map(f64::exp))
                };
                let (strength, worth) = (ln(&|r| r.strength), ln(&|r| r.worth));
                let (to_win, to_lose) = (ln(&ActionReading::to_win), ln(&ActionReading::to_lose));
                let (reading, place) = (whole[n], &self.places[n]);
                ActionFinding {
                    id: study.layout.taxonomy.occasion(place.occasion).name.id.clone(),
                    action: action(strength, worth),
                    volume: six(reading.volume),
                    weakness: six(1.0 - reading.own / reading.volume),
                    strength: six(reading.strength),
                    strength_ci90: strength.and_then(told_pair),
                    switching: six(reading.switching),
                    switching_authors: place.switching.total(),
                    to_win: six(reading.to_win()),
                    to_win_ci90: to_win.and_then(told_pair),
                    to_lose: six(reading.to_lose()),
                    to_lose_ci90: to_lose.and_then(told_pair),
                }
            })
            .filter(|found| told(found.to_win).is_some() && told(found.strength).is_some())
            .collect();
        occasions
            .sort_by(|a, b| (b.to_win + b.to_lose).total_cmp(&(a.to_win + a.to_lose)).then_with(|| a.id.cmp(&b.id)));
        occasions.truncate(SHOWN);
        ActionsFinding {
            of: study.id(self.at).to_owned(),
            level,
            switching: self.switching,
            needed_switching: (self.switching < GATE_AUTHORS).then(|| GATE_AUTHORS - self.switching),
            occasions,
        }
    }
}

/// Strong places are defended; weak ones are attacked where clearly more than the mean can be won and left where clearly less.
fn action(strength: Option<[f64; 2]>, worth: Option<[f64; 2]>) -> Action {
    match (strength, worth) {
        (Some([low, _]), _) if low > 1.0 => Action::Defend,
        (Some([_, high]), Some([low, _])) if high < 1.0 && low > 1.0 => Action::Attack,
        (Some([_, high]), Some([_, most])) if high < 1.0 && most < 1.0 => Action::Leave,
        _ => Action::Undecided,
    }
}
