//! One pass over the 64 weightings without a bucket for all that is read under them: to weigh every cell anew costs more than most readings.

use super::profile::{Notes, Sheet, SheetReading};
use super::space::{Look, LookReading};
use super::study::sample::{Profiles, Sample};
use super::study::weights::{Weights, without};
use super::study::{LevelStudy, Study, SubjectStudy};
use crate::limits::BUCKETS;

/// What is read under one weighting.
struct Readings {
    subjects: Vec<Vec<[f64; 2]>>,
    sheets: Vec<SheetReading>,
    looks: Vec<LookReading>,
}

/// Notes the replicates of sheets and, where shares are given, of subjects; gives back those of looks, weighting by weighting.
pub(super) fn replicate<'a>(
    study: &Study<'a>,
    sheets: &mut [Sheet<'a>],
    levels: &mut [(LevelStudy, Vec<SubjectStudy<'a>>)],
    looks: &[Look<'a>],
    shares: bool,
) -> Vec<Vec<LookReading>> {
    let (noted, known) = (&*sheets, &*levels);
    let subjects = || known.iter().flat_map(|(_, subjects)| subjects).filter(|_| shares);
    let read = |weights: &Weights, sample: &Sample, profiles: &Profiles| Readings {
        subjects: subjects().map(|subject| subject.uncertain(weights, sample, profiles)).collect(),
        sheets: super::profile::read(study, noted, weights, sample, profiles),
        looks: super::space::read(study, known, looks, weights, sample, profiles),
    };
    let (mut jackknife, mut of_looks) = (Vec::with_capacity(BUCKETS), Vec::with_capacity(BUCKETS));
    let mut notes: Vec<Notes> = noted.iter().map(|_| Notes::default()).collect();
    study.under(without, read, |reading| {
        notes.iter_mut().zip(reading.sheets).for_each(|(notes, reading)| notes.add(reading));
        jackknife.push(reading.subjects);
        of_looks.push(reading.looks);
    });
    sheets.iter_mut().zip(notes).for_each(|(sheet, notes)| sheet.notes = notes);
    if shares {
        let mut all: Vec<&mut SubjectStudy<'a>> = levels.iter_mut().flat_map(|(_, subjects)| subjects).collect();
        study.replicate(&mut all, &jackknife);
    }
    of_looks
}
