//! Bytes → posts, beside parsers that only take the text: what finding columns, composing posts and locating faults costs.
//!
//! Throughput is over the bytes of the file.

use std::borrow::Cow;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use rival::read::Inputs;
use serde::Deserialize;

/// The text alone, borrowed where nothing is escaped.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    text: Cow<'l, str>,
}

use crate::support::{self, Bed};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let mut group = support::group(criterion, "read");
    for corpus in &bed.corpora {
        let lang = corpus.lang;
        for (format, bytes) in [("jsonl", &corpus.jsonl), ("csv", &corpus.csv)] {
            group.throughput(Throughput::Bytes(bytes.len() as u64));
            group.bench_function(format!("{format}/{lang}"), |bench| {
                bench.iter(|| {
                    let posts = support::read_all(Inputs::from_bytes(format!("bench.{format}"), bytes.clone()));
                    assert_eq!(posts.len(), corpus.posts.len());
                    posts
                });
            });
        }
        group.throughput(Throughput::Bytes(corpus.jsonl.len() as u64));
        group.bench_function(format!("jsonl-serde_json-text-only/{lang}"), |bench| {
            bench.iter(|| black_box(serde_json_only(&corpus.jsonl)));
        });
        group.throughput(Throughput::Bytes(corpus.csv.len() as u64));
        group.bench_function(format!("csv-crate-text-only/{lang}"), |bench| {
            bench.iter(|| black_box(csv_crate_only(&corpus.csv)));
        });
    }
    group.finish();
}

/// One UTF-8 pass, then serde_json line by line.
fn serde_json_only(bytes: &[u8]) -> usize {
    let text = simdutf8::basic::from_utf8(bytes).expect("written as UTF-8");
    text.lines().map(|line| serde_json::from_str::<Line<'_>>(line).expect("written as JSON").text.len()).sum()
}

/// The csv crate with one record reused: its fastest way to text.
fn csv_crate_only(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut size = 0;
    while reader.read_record(&mut record).expect("written as CSV") {
        size += record.get(1).map_or(0, str::len);
    }
    size
}
