//! What stands beside a subject's list of rivals: those that are not ranked, what is too thin, what people say where
//! nothing can be ranked, and those who left for nothing.

use super::findings::{
    Apart, Level, OutsideOption, Rest, RivalFinding, Said, ShareOf, Standing, Subject, ThinOccasion,
};
use super::numbers::{six, told};
use super::parameters::{GATE_AUTHORS, Parameters};
use super::quoting::Quoting;
use super::rivals::of_standing;
use super::study::language::authors;
use super::study::{Study, SubjectStudy};
use crate::accumulate::Cell;
use crate::lexicon::id::{Entity, RelationKind};

/// Thin occasions shown.
const THIN: usize = 5;
/// Authors from which on an occasion is worth a query of its own.
const THIN_AUTHORS: u64 = 5;
/// Statements shown where nothing can be ranked.
const SAID: usize = 10;
/// Quotes of each.
const QUOTES: usize = 3;
/// Those of another part that are named.
const NAMED: usize = 3;

/// The subject as the document shows it.
pub(super) fn subject(
    study: &Study<'_>,
    subject: &SubjectStudy<'_>,
    level: Level,
    shares: bool,
    parameters: &Parameters,
    listed: &[RivalFinding],
    quoting: &mut Quoting<'_>,
) -> Subject {
    let at = subject.field.subject;
    let entity = study.layout.entities[at];
    let counts = study.counts(at);
    let ranked = study.standing[at] == Standing::Ranked;
    let defined = ranked && shares && subject.threat.iter().all(|threat| threat.is_finite());
    let sum = |places: &mut dyn Iterator<Item = usize>| {
        let (mut rest, mut any) = (Rest { entities: 0, threat: 0.0, fair_share: 0.0 }, false);
        for n in places.filter(|&n| study.counts(subject.field.rivals[n]).authors.total() > 0) {
            any = true;
            rest.entities += 1;
            rest.threat += subject.threat[n];
            rest.fair_share += subject.reading.fair[n];
        }
        (defined && any).then(|| Rest { threat: six(rest.threat), fair_share: six(rest.fair_share), ..rest })
    };
    let id = study.id(at);
    let is_listed = |n: usize| {
        let rival = study.id(subject.field.rivals[n]);
        listed.iter().any(|finding| finding.of == id && finding.level == level && finding.rival == rival)
    };
    let share =
        |n: usize| ShareOf { rival: study.id(subject.field.rivals[n]).to_owned(), threat: six(subject.threat[n]) };
    let catch_all = of_standing(study, subject, Standing::CatchAll).filter(|_| defined).map(share).collect();
    let apart = &subject.order[subject.competing..];
    Subject {
        of: id.to_owned(),
        level,
        focus: parameters.focus.contains(&entity),
        standing: study.standing[at],
        authors: counts.authors.total(),
        switched_away: subject.reading.switched.iter().sum::<f64>().round() as u64,
        occasion_known: told(counts.linked.total() as f64 / counts.authors.total() as f64),
        rest: sum(&mut of_standing(study, subject, Standing::InsufficientEvidence)),
        catch_all,
        unlisted: sum(&mut subject.order.iter().copied().filter(|&n| !is_listed(n))),
        apart: sum(&mut apart.iter().copied()).map(|rest| Apart {
            entities: rest.entities,
            threat: rest.threat,
            largest: apart.iter().take(NAMED).map(|&n| share(n)).collect(),
        }),
        thin_occasions: thin(study, entity),
        said: if ranked && shares { Vec::new() } else { said(study, subject, entity, quoting) },
    }
}

/// Occasions of an entity with some authors, but too few.
fn thin(study: &Study<'_>, entity: Entity) -> Vec<ThinOccasion> {
    let mut out: Vec<ThinOccasion> = study
        .layout
        .counts
        .links
        .range((entity, crate::lexicon::id::OccasionId(0))..)
        .take_while(|((of, _), _)| *of == entity)
        .map(|((_, occasion), cell)| (occasion, cell.authors.total()))
        .filter(|&(_, authors)| (THIN_AUTHORS..GATE_AUTHORS).contains(&authors))
        .map(|(&occasion, authors)| ThinOccasion {
            id: study.layout.taxonomy.occasion(occasion).name.id.clone(),
            authors,
            needed: GATE_AUTHORS - authors,
        })
        .collect();
    out.sort_by(|a, b| b.authors.cmp(&a.authors).then_with(|| a.id.cmp(&b.id)));
    out.truncate(THIN);
    out
}

/// What people say of a subject and others of the level, most authors first.
fn said(study: &Study<'_>, subject: &SubjectStudy<'_>, own: Entity, quoting: &mut Quoting<'_>) -> Vec<Said> {
    let mut all: Vec<(u64, &str, RelationKind, Entity)> = Vec::new();
    for n in 0..subject.field.rivals.len() {
        let Some(pair) = subject.field.kinds.pair(n) else { continue };
        let rival = study.layout.entities[subject.field.rivals[n]];
        for (kind, spread) in [
            (RelationKind::InsteadOf, pair.to_rival),
            (RelationKind::BetterThan, pair.rival_better),
            (RelationKind::EitherOr, pair.either_or),
            (RelationKind::GoesWith, pair.goes_with),
        ] {
            all.push((authors(spread), study.id(subject.field.rivals[n]), kind, rival));
        }
    }
    all.retain(|&(authors, ..)| authors > 0);
    all.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(b.1)));
    all.iter()
        .take(SAID)
        .map(|&(authors, id, kind, rival)| {
            let winner_last = matches!(kind, RelationKind::InsteadOf | RelationKind::BetterThan) || own < rival;
            let (first, second) = if winner_last { (own, rival) } else { (rival, own) };
            Said {
                rival: id.to_owned(),
                relation: kind.as_str(),
                authors,
                quotes: quoting.cite(Cell::Pair(kind, first, second), authors, QUOTES),
            }
        })
        .collect()
}

/// Those who left the subjects for nothing.
pub(super) fn outside(study: &Study<'_>, places: &[usize], quoting: &mut Quoting<'_>) -> Vec<OutsideOption> {
    places
        .iter()
        .filter_map(|&at| {
            let counts = study.counts(at);
            let (lost, authors) = (counts.lost.total(), counts.authors.total());
            let share = told(lost as f64 / authors as f64).filter(|_| lost > 0)?;
            let quotes = quoting.cite(Cell::Lost(study.layout.entities[at]), lost, QUOTES);
            Some(OutsideOption { of: study.id(at).to_owned(), authors: lost, share, quotes })
        })
        .collect()
}
