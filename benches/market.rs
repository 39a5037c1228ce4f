//! A planted market end to end: 15,000 posts of a known truth, drawn, counted and judged. Its truth is checked by `tests/suite/market`.

#[path = "../tests/suite/market"]
mod planted {
    pub mod chance;
    pub mod generators;
    pub mod world;
}

use std::time::Duration;

use criterion::Criterion;
use rival::analyze::findings::Level;

use crate::support::{self, Bed};
use planted::chance::Chance;
use planted::generators::{Talk, diary, forum};
use planted::world::{Plan, World, look};

/// Measures the whole.
pub fn bench(criterion: &mut Criterion, _: &Bed) {
    let mut group = support::group(criterion, "market");
    group.measurement_time(Duration::from_secs(5)).sample_size(10);
    let world = World::draw(Plan::JUDGED, &mut Chance::new(0));
    for (name, said) in [
        ("diary", diary(&world, Talk::SPARSE, &mut Chance::new(1))),
        ("forum", forum(&world, Talk::SPARSE, &mut Chance::new(1))),
    ] {
        group.bench_function(name, |bench| bench.iter_with_large_drop(|| look(&world, &said, &[Level::Brand])));
    }
    group.finish();
}
