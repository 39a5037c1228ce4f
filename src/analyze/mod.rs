//! Same tally, same findings, to the bit: pure functions from counts to what they mean.
//!
//! [`analyze`] sees integers per bucket of authors and a few quotes, never a post. Floats appear only here, in the order of
//! the ids, and are rounded to six significant digits at the very end.

mod cards;
mod changes;
pub mod compare;
mod difference;
pub mod findings;
mod frame;
mod groups;
mod naming;
mod numbers;
pub mod parameters;
mod position;
mod profile;
mod quoting;
mod remarks;
mod replicates;
mod rivals;
mod space;
mod study;
mod subjects;
#[cfg(test)]
mod tests;

pub use cards::spare;
pub use changes::changes;
pub use findings::Findings;
pub use groups::groups;
pub use parameters::Parameters;
pub use remarks::about_files;

use std::collections::BTreeMap;

use crate::accumulate::Counts;
use crate::lexicon::id::Voice;
use crate::lexicon::taxonomy::Taxonomy;
use findings::{
    Coverage, FrameFinding, Level, Meta, OutsideOption, ParametersShown, Posts, RivalFinding, SCHEMA, Subject,
};
use quoting::Quoting;
use study::language::Language;
use study::sample::Layout;
use study::{LevelStudy, Study, SubjectStudy};

/// What the counts mean: profiles, rivals, and everything that the document shows.
///
/// `meta.rows`, `meta.lexicon_sha256` and `groups` are left for the caller, who knows them.
pub fn analyze(counts: &Counts, taxonomy: &Taxonomy, parameters: &Parameters) -> Findings {
    let layout = Layout::of(counts, taxonomy);
    let language = Language::of(counts, taxonomy);
    let study = Study::of(&layout, &language);
    let frame = frame::assess(counts, taxonomy, study.free_links());
    let mut quoting = Quoting::new(counts);

    let cards = study.places(&cards::cards(counts, taxonomy, parameters));
    let mut sheets = profile::sheets(&study, &cards);
    let mut levels = levels(&study, &frame, parameters);
    let looks = space::looks(&study, &levels, frame.shares_given);
    let readings = replicates::replicate(&study, &mut sheets, &mut levels, &looks, frame.shares_given);
    let entities = profile::entities(&study, &sheets, &cards, &mut quoting);
    drop(sheets);
    let lists = lists(&study, &levels, &frame, parameters, &mut quoting);
    let outside_option: Vec<OutsideOption> = subjects::outside(&study, &cards, &mut quoting);
    let space = space::space(&study, &levels, &looks, &readings, &mut quoting);
    // What is large goes as soon as it is told.
    drop((levels, looks, readings));
    let positions = position::positions(&study, &cards, &lists.rivals, &mut quoting);
    let (quotes, withheld) = quoting.finish();
    let warnings = remarks::remarks(&study, &frame, parameters, &entities, &lists.rivals, withheld);
    Findings {
        schema: SCHEMA,
        meta: meta(&study, parameters, lists.eta),
        coverage: coverage(counts),
        frame,
        entities,
        subjects: lists.subjects,
        rivals: lists.rivals,
        outside_option,
        space,
        essence: positions.essence,
        excitement: positions.excitement,
        competency: positions.competency,
        customers: positions.customers,
        contact_points: positions.contact_points,
        groups: Vec::new(),
        quotes,
        warnings,
    }
}

/// The lists of rivals of all levels.
struct Lists {
    subjects: Vec<Subject>,
    rivals: Vec<RivalFinding>,
    eta: BTreeMap<Level, f64>,
}

/// The subjects of each level that was asked for, before their replicates.
fn levels<'a>(
    study: &Study<'a>,
    frame: &FrameFinding,
    parameters: &Parameters,
) -> Vec<(LevelStudy, Vec<SubjectStudy<'a>>)> {
    let mut levels: Vec<(LevelStudy, Vec<SubjectStudy<'a>>)> = Vec::new();
    for level in Level::ALL.into_iter().filter(|level| parameters.levels.contains(level)) {
        let (counts, taxonomy) = (study.layout.counts, study.layout.taxonomy);
        let places = study.places(&cards::subjects(counts, taxonomy, level, parameters));
        if !places.is_empty() {
            let whole = study.level(level);
            let subjects = study.in_full(&places, &whole, frame.shares_given);
            levels.push((whole, subjects));
        }
    }
    levels
}

/// The rivals of all subjects.
fn lists(
    study: &Study<'_>,
    levels: &[(LevelStudy, Vec<SubjectStudy<'_>>)],
    frame: &FrameFinding,
    parameters: &Parameters,
    quoting: &mut Quoting<'_>,
) -> Lists {
    let mut out = Lists { subjects: Vec::new(), rivals: Vec::new(), eta: BTreeMap::new() };
    for (whole, subjects) in levels {
        let rivals = rivals::list(study, whole, subjects, frame.shares_given, parameters, quoting);
        for subject in subjects {
            let told = subjects::subject(study, subject, whole.level, frame.shares_given, parameters, &rivals, quoting);
            out.subjects.push(told);
        }
        out.rivals.extend(rivals);
        out.eta.insert(whole.level, whole.eta);
    }
    out
}

/// Where the figures come from.
fn meta(study: &Study<'_>, parameters: &Parameters, eta: BTreeMap<Level, f64>) -> Meta {
    let (counts, taxonomy) = (study.layout.counts, study.layout.taxonomy);
    let ids = |list: &[crate::lexicon::id::Entity]| list.iter().map(|&e| naming::entity_id(e, taxonomy)).collect();
    let voices = Voice::ALL.iter().zip(counts.posts.voices).filter(|&(_, posts)| posts > 0);
    Meta {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon_sha256: String::new(),
        parameters: ParametersShown {
            focus: ids(&parameters.focus),
            known: ids(&parameters.known),
            levels: parameters.levels.clone(),
            top: parameters.top,
            gate_authors: parameters::GATE_AUTHORS,
            gate_buckets: parameters::GATE_BUCKETS,
            k_category: study.shrinkage.category,
            k_brand: study.shrinkage.brand,
            eta,
        },
        rows: findings::Rows::default(),
        posts: Posts {
            consumer: counts.posts.consumer(),
            official: counts.posts.others(),
            duplicate: counts.posts.duplicates.total(),
            voices: voices.map(|(voice, posts)| (voice.as_str().to_owned(), posts)).collect(),
        },
        authors: counts.authors.total(),
        period: counts.period.clone(),
        languages: counts.languages.clone(),
        platforms: counts.platforms.clone(),
    }
}

/// How much of the posts says something.
fn coverage(counts: &Counts) -> Coverage {
    let share = |posts: u64| numbers::told(posts as f64 / counts.posts.consumer() as f64);
    Coverage {
        entity: share(counts.posts.with_entity),
        occasion: share(counts.posts.with_occasion),
        both: share(counts.posts.with_both),
        linked_authors: counts.linked.total(),
    }
}
