//! Bytes → posts, beside parsers that only take the text: what finding columns, composing posts and locating faults costs.
//!
//! Throughput is over the bytes of the file.

use std::borrow::Cow;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput};
use rival::pipeline::{Run, label};
use rival::read::Inputs;
use serde::Deserialize;

/// The text alone, borrowed where nothing is escaped.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    text: Cow<'l, str>,
}

use crate::support::{self, Bed, Corpus, Variant};

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
    for corpus in &bed.corpora {
        alone(
            "JSON Lines",
            corpus,
            &corpus.jsonl,
            bed,
            &mut [
                ("serde_json alone: the text, borrowed", &mut || serde_json_only(&corpus.jsonl) as u64),
                ("serde_json alone: every field, as values", &mut || serde_json_values(&corpus.jsonl) as u64),
            ],
        );
        alone(
            "CSV",
            corpus,
            &corpus.csv,
            bed,
            &mut [
                ("csv crate alone: the text, borrowed", &mut || csv_crate_only(&corpus.csv) as u64),
                ("csv crate alone: every field, as values", &mut || csv_crate_values(&corpus.csv) as u64),
            ],
        );
    }
}

/// Reading in turns with a parser that does nothing else, and with the labelling that it feeds.
fn alone(format: &str, corpus: &Corpus, bytes: &Arc<[u8]>, bed: &Bed, parsers: &mut [Variant<'_>]) {
    let input = || Inputs::from_bytes("bench", Arc::clone(bytes));
    let mut posts = || support::read_all(input()).len() as u64;
    let mut labels = || {
        let mut size = 0;
        let run = Run { inputs: input(), ..corpus.run(&bed.interpreter, 1) };
        let sink = |lines: &[u8]| {
            size += lines.len() as u64;
            Ok(())
        };
        label(run, sink).expect("the run is complete");
        size
    };
    let mut variants: Vec<Variant<'_>> = vec![("rival: bytes in, posts out", &mut posts)];
    variants.extend(parsers.iter_mut().map(|(name, run)| -> Variant<'_> { (*name, &mut **run) }));
    variants.push(("rival: bytes in, labels out", &mut labels));
    support::paired(&format!("reading {format}, {}", corpus.lang), bytes.len() as u64, &mut variants);
}

/// One UTF-8 pass, then serde_json line by line.
fn serde_json_only(bytes: &[u8]) -> usize {
    let text = simdutf8::basic::from_utf8(bytes).expect("written as UTF-8");
    text.lines().map(|line| serde_json::from_str::<Line<'_>>(line).expect("written as JSON").text.len()).sum()
}

/// Every field of every line, as most programs take them.
fn serde_json_values(bytes: &[u8]) -> usize {
    let text = simdutf8::basic::from_utf8(bytes).expect("written as UTF-8");
    let line = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("written as JSON");
    text.lines().map(|text| line(text)["text"].as_str().map_or(0, str::len)).sum()
}

/// Every field of every record in a map by its header.
fn csv_crate_values(bytes: &[u8]) -> usize {
    let mut reader = csv::Reader::from_reader(bytes);
    let records = reader.deserialize::<std::collections::HashMap<String, String>>();
    records.map(|record| record.expect("written as CSV").get("text").map_or(0, String::len)).sum()
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
