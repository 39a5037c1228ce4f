//! Evidence → label lines; findings → the document and the summary on a terminal.
//!
//! Throughput of label lines is over the text of the posts; the documents have none.

use std::hint::black_box;

use criterion::Criterion;
use rival::accumulate::ShownWords;
use rival::pipeline::{AnalyzePlan, analyze};
use rival::render::{LabelWriter, Look, PostFacts, findings_json, summary};

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let taxonomy = &bed.interpreter.lexicon().taxonomy;
    let mut group = support::group(criterion, "render");
    for corpus in &bed.corpora {
        let evidence = corpus.evidence(&bed.interpreter);
        let writer = LabelWriter::new(taxonomy);
        let mut lines = Vec::new();
        group.throughput(support::throughput(corpus));
        group.bench_function(format!("label-lines/{}", corpus.lang), |bench| {
            bench.iter(|| {
                lines.clear();
                for (post, evidence) in corpus.posts.iter().zip(&evidence) {
                    let reception: Vec<_> = post.reception.known().collect();
                    let words = ShownWords::of(&post.text);
                    let facts = PostFacts {
                        id: post.id.as_deref().unwrap_or_default(),
                        time: post.time.as_ref().map(|time| time.text.as_str()),
                        platform: post.platform.as_deref(),
                        words: &|range| words.at(range),
                        reception: &reception,
                    };
                    writer.write(&mut lines, &facts, evidence);
                }
                black_box(lines.len())
            });
        });
    }
    group.finish();
    let mut group = support::group(criterion, "render");
    for corpus in &bed.corpora {
        let analysis = analyze(corpus.run(&bed.interpreter, 1), &AnalyzePlan::default()).expect("the run is complete");
        group.bench_function(format!("findings-json/{}", corpus.lang), |bench| {
            bench.iter(|| findings_json(&analysis.findings));
        });
        group.bench_function(format!("summary/{}", corpus.lang), |bench| {
            bench.iter(|| summary(&analysis.findings, taxonomy, Look { width: 100, color: true, full: true }));
        });
    }
    group.finish();
}
