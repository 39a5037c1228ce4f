//! Documents → clauses and words; and the cutting of all of it, which the program does only where a match asks for it.

use std::hint::black_box;

use criterion::Criterion;
use rival::segment::{Cutter, Outline};

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let mut group = support::group(criterion, "segment");
    for corpus in &bed.corpora {
        let documents = corpus.documents();
        group.throughput(support::throughput(corpus));
        let mut outline = Outline::default();
        group.bench_function(format!("outline/{}", corpus.lang), |bench| {
            bench.iter(|| {
                for doc in &documents {
                    outline.read(doc.norm());
                    black_box(&outline);
                }
            });
        });
        let mut cutter = Cutter::default();
        group.bench_function(format!("cut-all/{}", corpus.lang), |bench| {
            bench.iter(|| {
                for doc in &documents {
                    cutter.start(doc.norm());
                    black_box(cutter.tokens(doc.norm()));
                }
            });
        });
    }
    group.finish();
}
