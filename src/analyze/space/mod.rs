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
use super::study::weights::{ALL, Weights, without};
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

/// What is looked at of one subject.
struct Look<'s, 'a> {
    subject: &'s SubjectStudy<'a>,
    level: Level,
    jobs: JobsLook<'a>,
    white: WhiteLook<'a>,
    actions: ActionsLook,
}

/// What a subject's looks say under some weights.
struct LookReading {
    jobs: Vec<f64>,
    white: Vec<SpaceReading>,
    actions: Vec<ActionReading>,
}

impl<'s, 'a> Look<'s, 'a> {
    fn of(study: &Study<'a>, subject: &'s SubjectStudy<'a>, level: Level, shares: bool) -> Self {
        let at = subject.field.subject;
        Self {
            subject,
            level,
            jobs: JobsLook::of(study, at),
            white: WhiteLook::of(study, at, shares),
            actions: ActionsLook::of(study, subject, shares),
        }
    }

    fn read(&self, study: &Study<'a>, tables: &Tables<'_>) -> LookReading {
        LookReading {
            jobs: self.jobs.read(tables),
            white: self.white.read(study, tables),
            actions: self.actions.read(&self.subject.field, tables),
        }
    }
}

/// All parts, for the subjects of the category and the brand level.
pub(super) fn space<'a>(
    study: &Study<'a>,
    levels: &[(LevelStudy, Vec<SubjectStudy<'a>>)],
    shares: bool,
    quoting: &mut Quoting<'_>,
) -> SpaceFindings {
    let looks: Vec<Look<'_, 'a>> = levels
        .iter()
        .filter(|(whole, _)| whole.level != Level::Cross)
        .flat_map(|(whole, subjects)| subjects.iter().map(|subject| Look::of(study, subject, whole.level, shares)))
        .collect();
    let read = |weights: &Weights, sample: &Sample, profiles: &Profiles| -> Vec<LookReading> {
        let tables = Tables::of(sample, profiles, weights);
        looks.iter().map(|look| look.read(study, &tables)).collect()
    };
    let whole = read(&ALL, &study.sample, &study.profiles);
    let replicates: Vec<Vec<LookReading>> = study.under(without, read);
    let mut out = SpaceFindings::default();
    for (n, look) in looks.iter().enumerate() {
        let of = |part: fn(&LookReading) -> &[f64]| -> Vec<&[f64]> { replicates.iter().map(|r| part(&r[n])).collect() };
        let (subject, level) = (look.subject, look.level);
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
