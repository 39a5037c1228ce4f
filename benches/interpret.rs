//! Documents → evidence, scan included: the difference to `matcher` is what meaning costs.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use rival::matcher::Scratch;

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let mut group = support::group(criterion, "interpret");
    group.measurement_time(Duration::from_secs(3));
    for corpus in &bed.corpora {
        let documents = corpus.documents();
        let mut scratch = Scratch::default();
        group.throughput(support::throughput(corpus));
        group.bench_function(format!("read/{}", corpus.lang), |bench| {
            bench.iter(|| {
                for doc in &documents {
                    black_box(bed.interpreter.read(doc, &mut scratch));
                }
            });
        });
    }
    group.finish();
}
