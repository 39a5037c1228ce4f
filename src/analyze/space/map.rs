//! Maps by correspondence analysis: a subject and its rivals by the occasions on which, and the motives for which, they are taken.

use super::super::findings::{Level, MapFinding, MapPoint};
use super::super::numbers::six;
use super::super::study::weights::{ALL, weigh};
use super::super::study::{Study, SubjectStudy};
use super::svd::svd;
use crate::lexicon::id::{MotiveId, OccasionId, Role};

/// Entities on a map, the subject included.
const ROWS: usize = 15;
/// Links from which on an entity, occasion or motive stands on a map.
const LINKS: f64 = 20.0;
/// Points below which there is no map.
const LEAST: usize = 3;
/// Axes shown.
const AXES: usize = 2;

/// The maps of a subject: by occasion and by motive, where counts allow.
pub(super) fn maps(study: &Study<'_>, subject: &SubjectStudy<'_>, level: Level) -> impl Iterator<Item = MapFinding> {
    let at = subject.field.subject;
    let others = subject.order[..subject.competing].iter().map(|&n| subject.field.rivals[n]).take(ROWS - 1);
    let places: Vec<usize> =
        if subject.order.is_empty() { Vec::new() } else { std::iter::once(at).chain(others).collect() };
    let taxonomy = study.layout.taxonomy;
    let occasions: Vec<Vec<f64>> = places.iter().map(|&at| study.sample.row(at).to_vec()).collect();
    let motives: Vec<Vec<f64>> = places.iter().map(|&at| motives(study, at)).collect();
    let ids: Vec<String> = places.iter().map(|&at| study.id(at).to_owned()).collect();
    let occasion = |o: usize| taxonomy.occasion(OccasionId(o as u16)).name.id.clone();
    let motive = |m: usize| taxonomy.motive(MotiveId(m as u16)).name.id.clone();
    let of = study.id(at);
    [
        correspondence(of, level, "occasion", &ids, &occasions, occasion),
        correspondence(of, level, "motive", &ids, &motives, motive),
    ]
    .into_iter()
    .flatten()
}

/// Authors by motive for which an entity is taken.
fn motives(study: &Study<'_>, at: usize) -> Vec<f64> {
    let mut out = vec![0.0; study.layout.taxonomy.motives.len()];
    for role in [Role::Buy, Role::Repeat] {
        for (m, cell) in out.iter_mut().enumerate() {
            let key = (study.layout.entities[at], MotiveId(m as u16), role);
            *cell += study.layout.counts.motives.get(&key).map_or(0.0, |spread| weigh(spread, &ALL));
        }
    }
    out
}

/// Correspondence analysis of a table: S = D_r^−½ (P − r cᵀ) D_c^−½ = U Σ Vᵀ; principal coordinates D_r^−½ U Σ and D_c^−½ V Σ.
/// `None` where fewer than three rows or columns have enough links, or nothing differs.
fn correspondence(
    of: &str,
    level: Level,
    by: &'static str,
    ids: &[String],
    table: &[Vec<f64>],
    name: impl Fn(usize) -> String,
) -> Option<MapFinding> {
    let width = table.first()?.len();
    let rows: Vec<usize> = (0..table.len()).filter(|&i| table[i].iter().sum::<f64>() >= LINKS).collect();
    let columns: Vec<usize> = (0..width).filter(|&j| rows.iter().map(|&i| table[i][j]).sum::<f64>() >= LINKS).collect();
    if rows.len() < LEAST || columns.len() < LEAST || rows.first() != Some(&0) {
        return None;
    }
    let all: f64 = rows.iter().map(|&i| columns.iter().map(|&j| table[i][j]).sum::<f64>()).sum();
    let share = |i: usize, j: usize| table[rows[i]][columns[j]] / all;
    let r: Vec<f64> = (0..rows.len()).map(|i| (0..columns.len()).map(|j| share(i, j)).sum()).collect();
    let c: Vec<f64> = (0..columns.len()).map(|j| (0..rows.len()).map(|i| share(i, j)).sum()).collect();
    if r.iter().any(|&mass| mass <= 0.0) {
        return None;
    }
    let residual = |i: usize, j: usize| (share(i, j) - r[i] * c[j]) / (r[i] * c[j]).sqrt();
    let matrix: Vec<Vec<f64>> = (0..rows.len()).map(|i| (0..columns.len()).map(|j| residual(i, j)).collect()).collect();
    let found = svd(&matrix);
    let inertia: f64 = found.values.iter().map(|value| value * value).sum();
    if inertia < 1e-12 {
        return None;
    }
    let points = |vectors: &[Vec<f64>], masses: &[f64], id: &dyn Fn(usize) -> String| -> Vec<MapPoint> {
        let coordinate = |n: usize, axis: usize| vectors[axis][n] * found.values[axis] / masses[n].sqrt();
        (0..masses.len())
            .map(|n| {
                let distance: f64 = (0..found.values.len()).map(|axis| coordinate(n, axis).powi(2)).sum();
                let shown: f64 = (0..AXES).map(|axis| coordinate(n, axis).powi(2)).sum();
                MapPoint {
                    id: id(n),
                    mass: six(masses[n]),
                    at: (0..AXES).map(|axis| six(coordinate(n, axis))).collect(),
                    contributions: (0..AXES).map(|axis| six(vectors[axis][n].powi(2))).collect(),
                    quality: six(if distance > 0.0 { shown / distance } else { 1.0 }),
                }
            })
            .collect()
    };
    Some(MapFinding {
        of: of.to_owned(),
        level,
        by,
        inertia: six(inertia),
        axes: found.values.iter().take(AXES).map(|value| six(value * value / inertia)).collect(),
        rows: points(&found.left, &r, &|n| ids[rows[n]].clone()),
        columns: points(&found.right, &c, &|n| name(columns[n])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_table_of_known_inertia() {
        // χ²/n of this table by hand: expected 50 everywhere in the block, (25²/50)·4/200 = 0.25; the third row and column add nothing.
        let table = [vec![75.0, 25.0, 50.0], vec![25.0, 75.0, 50.0], vec![50.0, 50.0, 50.0]];
        let map = correspondence("a", Level::Brand, "occasion", &ids(&["a", "b", "c"]), &table, |j| j.to_string())
            .expect("a map");
        let chi: f64 = 4.0 * 25.0 * 25.0 / 50.0;
        assert!((map.inertia - chi / 450.0).abs() < 1e-6, "{map:?}");
        assert!((map.axes[0] - 1.0).abs() < 1e-6);
        // The two stand on opposite sides of the first axis, the third in the middle; each stands with its own occasion.
        assert!(map.rows[0].at[0] * map.rows[1].at[0] < 0.0 && map.rows[2].at[0].abs() < 1e-6);
        assert!(map.rows[0].at[0] * map.columns[0].at[0] > 0.0);
        let sum: f64 = map.rows.iter().map(|point| point.contributions[0]).sum();
        assert!((sum - 1.0).abs() < 1e-5);
        assert!(map.rows.iter().take(2).all(|point| (point.quality - 1.0).abs() < 1e-6));
    }

    #[test]
    fn size_alone_makes_no_map() {
        let table = [vec![300.0, 600.0, 90.0], vec![100.0, 200.0, 30.0], vec![200.0, 400.0, 60.0]];
        assert_eq!(
            correspondence("a", Level::Brand, "motive", &ids(&["a", "b", "c"]), &table, |j| j.to_string()),
            None
        );
        assert_eq!(correspondence("a", Level::Brand, "motive", &ids(&["a"]), &table[..1], |j| j.to_string()), None);
    }
}
