//! Whole runs through the library, JSON Lines in: `label` and `analyze`, on one thread and on two.
//!
//! Throughput is over the text of the posts, so that it compares with the layers and with `baseline`.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use rival::pipeline::{AnalyzePlan, analyze, label};

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let mut group = support::group(criterion, "pipeline");
    group.measurement_time(Duration::from_secs(4));
    for corpus in &bed.corpora {
        group.throughput(support::throughput(corpus));
        for threads in [1, 2] {
            group.bench_function(format!("label/{}/{threads}", corpus.lang), |bench| {
                bench.iter(|| {
                    let mut size = 0;
                    let sink = |lines: &[u8]| {
                        size += lines.len();
                        Ok(())
                    };
                    label(corpus.run(&bed.interpreter, threads), sink).expect("the run is complete");
                    black_box(size)
                });
            });
            group.bench_function(format!("analyze/{}/{threads}", corpus.lang), |bench| {
                let plan = AnalyzePlan::default();
                bench.iter(|| analyze(corpus.run(&bed.interpreter, threads), &plan).expect("the run is complete"));
            });
        }
    }
    group.finish();
}
