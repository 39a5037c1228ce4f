//! Evidence → tally → counts: adding posts, merging the tallies of eight workers, and `finish` with its deduplication.
//!
//! Throughput is over the text of the posts, which this layer does not read again except to hash it.

use criterion::{BatchSize, Criterion};
use rival::accumulate::{Frame, Tally};
use rival::interpret::evidence::Evidence;
use rival::lexicon::taxonomy::Taxonomy;
use rival::read::post::Post;

use crate::support::{self, Bed};

/// Workers whose tallies are merged.
const WORKERS: usize = 8;

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let taxonomy = &bed.interpreter.lexicon().taxonomy;
    let mut group = support::group(criterion, "accumulate");
    for corpus in &bed.corpora {
        let evidence = corpus.evidence(&bed.interpreter);
        let all: Vec<(&Post, &Evidence)> = corpus.posts.iter().zip(&evidence).collect();
        group.throughput(support::throughput(corpus));
        group.bench_function(format!("add/{}", corpus.lang), |bench| {
            bench.iter_with_large_drop(|| tally(&all, taxonomy));
        });
        let parts: Vec<Tally> = all.chunks(all.len().div_ceil(WORKERS)).map(|part| tally(part, taxonomy)).collect();
        group.bench_function(format!("merge/{}", corpus.lang), |bench| {
            bench.iter_batched(|| parts.clone(), merged, BatchSize::PerIteration);
        });
        let whole = merged(parts);
        group.bench_function(format!("finish/{}", corpus.lang), |bench| {
            bench.iter_batched(
                || whole.clone(),
                |tally| tally.finish(taxonomy, &Frame::default()),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

fn tally(posts: &[(&Post, &Evidence)], taxonomy: &Taxonomy) -> Tally {
    let mut tally = Tally::new(false);
    for (post, evidence) in posts {
        tally.add(post, evidence, taxonomy);
    }
    tally
}

fn merged(parts: Vec<Tally>) -> Tally {
    let mut whole = Tally::new(false);
    for part in parts {
        whole.merge(part);
    }
    whole
}
