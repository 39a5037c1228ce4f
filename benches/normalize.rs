//! Posts → documents: width, case, Traditional → Simplified, zones, the map back.

use std::hint::black_box;

use criterion::Criterion;

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let mut group = support::group(criterion, "normalize");
    for corpus in &bed.corpora {
        group.throughput(support::throughput(corpus));
        group.bench_function(format!("document/{}", corpus.lang), |bench| {
            bench.iter(|| black_box(corpus.documents()).len());
        });
    }
    group.finish();
}
