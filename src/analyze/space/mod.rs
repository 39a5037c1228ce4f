//! Where a thing stands among others and where room is: jobs, white space, maps, the passer-by test, what to do (method §5).
//!
//! Each part looks at one subject: what it looks at is chosen once, read under all weights, and told with what the replicates say.

mod actions;
mod jobs;
mod map;
mod portrait;
mod svd;
mod white;

use super::findings::{Level, SpaceFindings};
use super::quoting::Quoting;
use super::study::sample::{Profiles, Sample};
use super::study::weights::{ALL, Weights};
use super::study::{LevelStudy, Study, SubjectStudy};
use actions::{ActionReading, ActionsLook};
use jobs::JobsLook;
use white::{SpaceReading, WhiteLook};

/// The tables under some weights, with what all subjects share.
struct Tables<'t> {
    sample: &'t Sample,
    profiles: &'t Profiles,
    weights: &'t Weights,
    /// π(j).
    market_jobs: Vec<f64>,
}

impl<'t> Tables<'t> {
    fn of(sample: &'t Sample, profiles: &'t Profiles, weights: &'t Weights) -> Self {
        Self { sample, profiles, weights, market_jobs: sample.jobs.market_profile(&profiles.market) }
    }
}

/// Everything that was ranked: the levels, each with its subjects.
type Levels<'a> = [(LevelStudy, Vec<SubjectStudy<'a>>)];

/// What is looked at of one subject.
pub(super) struct Look<'a> {
    /// The places of its level and of itself.
    place: (usize, usize),
    level: Level,
    jobs: JobsLook<'a>,
    white: WhiteLook<'a>,
    actions: ActionsLook,
}

/// What a subject's looks say under some weights.
pub(super) struct LookReading {
    jobs: Vec<f64>,
    white: Vec<SpaceReading>,
    actions: Vec<ActionReading>,
}

impl<'a> Look<'a> {
    fn of(study: &Study<'a>, levels: &Levels<'a>, place: (usize, usize), shares: bool) -> Self {
        let (level, subject) = (levels[place.0].0.level, &levels[place.0].1[place.1]);
        let at = subject.field.subject;
        Self {
            place,
            level,
            jobs: JobsLook::of(study, at),
            white: WhiteLook::of(study, at, shares),
            actions: ActionsLook::of(study, subject, shares),
        }
    }

    fn subject<'s>(&self, levels: &'s Levels<'a>) -> &'s SubjectStudy<'a> {
        &levels[self.place.0].1[self.place.1]
    }

    fn read(&self, study: &Study<'a>, levels: &Levels<'a>, tables: &Tables<'_>) -> LookReading {
        LookReading {
            jobs: self.jobs.read(tables),
            white: self.white.read(study, tables),
            actions: self.actions.read(&self.subject(levels).field, tables),
        }
    }
}

/// What is looked at of the subjects of the category and the brand level.
pub(super) fn looks<'a>(study: &Study<'a>, levels: &Levels<'a>, shares: bool) -> Vec<Look<'a>> {
    let wanted = levels.iter().enumerate().filter(|(_, (whole, _))| whole.level != Level::Cross);
    wanted
        .flat_map(|(level, (_, subjects))| (0..subjects.len()).map(move |subject| (level, subject)))
        .map(|place| Look::of(study, levels, place, shares))
        .collect()
}

/// What all looks say under some weights.
pub(super) fn read<'a>(
    study: &Study<'a>,
    levels: &Levels<'a>,
    looks: &[Look<'a>],
    weights: &Weights,
    sample: &Sample,
    profiles: &Profiles,
) -> Vec<LookReading> {
    let tables = Tables::of(sample, profiles, weights);
    looks.iter().map(|look| look.read(study, levels, &tables)).collect()
}

/// All parts, once the replicates are known.
pub(super) fn space<'a>(
    study: &Study<'a>,
    levels: &Levels<'a>,
    looks: &[Look<'a>],
    replicates: &[Vec<LookReading>],
    quoting: &mut Quoting<'_>,
) -> SpaceFindings {
    let whole = read(study, levels, looks, &ALL, &study.sample, &study.profiles);
    let mut out = SpaceFindings::default();
    for (n, look) in looks.iter().enumerate() {
        let of = |part: fn(&LookReading) -> &[f64]| -> Vec<&[f64]> { replicates.iter().map(|r| part(&r[n])).collect() };
        let (subject, level) = (look.subject(levels), look.level);
        out.jobs.push(look.jobs.finding(study, subject, level, &whole[n].jobs, &of(|r| &r.jobs), quoting));
        let spaces: Vec<&[SpaceReading]> = replicates.iter().map(|r| r[n].white.as_slice()).collect();
        out.white_space.push(look.white.finding(study, level, &whole[n].white, &spaces, quoting));
        out.map.extend(map::maps(study, subject, level));
        let actions: Vec<&[ActionReading]> = replicates.iter().map(|r| r[n].actions.as_slice()).collect();
        out.actions.push(look.actions.finding(study, level, &whole[n].actions, &actions));
        out.distinctiveness.push(portrait::passer_by(study, subject, level));
    }
    portrait::judge(&mut out.distinctiveness);
    out
}
