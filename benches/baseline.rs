//! A program that only segments: jieba over the same texts, with and without its hidden Markov model; then its ratio to whole runs.
//!
//! `--cut FILE` (with `--hmm`, if wanted) cuts every text of a JSONL file and ends: the other side of `benches/paired.sh`.

#![allow(clippy::print_stdout)] // a bench reports on standard output

use std::borrow::Cow;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};

use criterion::Criterion;
use jieba_rs::Jieba;
use rival::pipeline::{AnalyzePlan, analyze, label};
use serde::Deserialize;

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let jieba = Jieba::new();
    let mut group = support::group(criterion, "baseline");
    for corpus in &bed.corpora {
        group.throughput(support::throughput(corpus));
        for (name, hmm) in [("jieba-cut-hmm", true), ("jieba-cut-no-hmm", false)] {
            group.bench_function(format!("{name}/{}", corpus.lang), |bench| {
                bench.iter(|| {
                    corpus.posts.iter().map(|post| black_box(jieba.cut(&post.text, hmm)).len()).sum::<usize>()
                });
            });
        }
    }
    group.finish();
    for corpus in &bed.corpora {
        let cut = |hmm| corpus.posts.iter().map(|post| jieba.cut(&post.text, hmm).len() as u64).sum();
        let mut label_all = || {
            let mut size = 0;
            let sink = |lines: &[u8]| {
                size += lines.len() as u64;
                Ok(())
            };
            label(corpus.run(&bed.interpreter, 1), sink).expect("the run is complete");
            size
        };
        let mut analyze_all = || {
            let analysis =
                analyze(corpus.run(&bed.interpreter, 1), &AnalyzePlan::default()).expect("the run is complete");
            analysis.report.ledger.read
        };
        support::paired(
            &format!("a whole run against cutting alone, {}", corpus.lang),
            corpus.bytes,
            &mut [
                ("jieba cut, hmm", &mut || cut(true)),
                ("jieba cut, no hmm", &mut || cut(false)),
                ("label: JSON in, labels out, 1 thread", &mut label_all),
                ("analyze: JSON in, findings out, 1 thread", &mut analyze_all),
            ],
        );
    }
}

/// `--cut FILE`: the leanest such program. One line at a time, nothing but its text, every text cut.
pub fn cut_alone(args: &[String]) {
    #[derive(Deserialize)]
    struct Line<'l> {
        #[serde(borrow)]
        text: Cow<'l, str>,
    }
    let path = args.iter().skip_while(|arg| *arg != "--cut").nth(1).expect("--cut FILE");
    let hmm = args.iter().any(|arg| arg == "--hmm");
    let jieba = Jieba::new();
    let mut input = BufReader::with_capacity(256 * 1024, File::open(path).expect("the file is there"));
    let mut line = String::new();
    let mut tokens = 0;
    while input.read_line(&mut line).expect("UTF-8") > 0 {
        let read: Line<'_> = serde_json::from_str(&line).expect("JSON Lines with a text in each");
        tokens += jieba.cut(&read.text, hmm).len();
        line.clear();
    }
    println!("{tokens} tokens");
}
