//! Counts → findings. No throughput: the time depends on how many things and occasions were seen, hardly on the number of posts.

use std::time::Duration;

use criterion::Criterion;
use rival::accumulate::{Frame, Tally};
use rival::analyze::{Parameters, analyze};

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let lexicon = bed.interpreter.lexicon();
    let focus = Parameters { focus: lexicon.entity("beer").into_iter().collect(), ..Parameters::default() };
    let plans = [("findings", Parameters::default()), ("findings-focus-beer", focus)];
    let mut group = support::group(criterion, "analyze");
    group.measurement_time(Duration::from_secs(3));
    for corpus in &bed.corpora {
        let mut tally = Tally::new(false);
        for (post, evidence) in corpus.posts.iter().zip(corpus.evidence(&bed.interpreter)) {
            tally.add(post, &evidence, &lexicon.taxonomy);
        }
        let counts = tally.finish(&lexicon.taxonomy, &Frame::default());
        for (name, parameters) in &plans {
            group.bench_function(format!("{name}/{}", corpus.lang), |bench| {
                bench.iter_with_large_drop(|| analyze(&counts, &lexicon.taxonomy, parameters));
            });
        }
    }
    group.finish();
}
