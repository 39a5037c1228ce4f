//! Layers `interpret` and `pipeline`: a post as evidence, a file as findings.

use std::sync::{Arc, OnceLock};

use rival::analyze::Findings;
use rival::interpret::Interpreter;
use rival::interpret::evidence::Evidence;
use rival::lexicon::Lexicon;
use rival::lexicon::taxonomy::Taxonomy;
use rival::matcher::Scratch;
use rival::normalize::Document;
use rival::pipeline::{self, AnalyzePlan, Filter, Run};
use rival::read::{Inputs, Reading};
use rival::render::{self, Look};

use super::read::gzip;
use super::text::{TEXT, texts};
use super::{Target, lossy};

fn interpreter() -> Arc<Interpreter> {
    static BUILT: OnceLock<Arc<Interpreter>> = OnceLock::new();
    BUILT.get_or_init(|| Arc::new(Interpreter::new(Arc::new(Lexicon::built_in().unwrap())).unwrap())).clone()
}

/// The small lexicons of the command line's tests: every part of a run has less to go through, and none is left out.
fn small_interpreter() -> Arc<Interpreter> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mini");
    let (lexicon, faults) = Lexicon::read(&[rival::lexicon::source::folder(&root).unwrap()]);
    assert!(faults.is_empty(), "{faults:?}");
    Arc::new(Interpreter::new(Arc::new(lexicon)).unwrap())
}

pub(super) fn fuzz_interpret() -> Target {
    let interpreter = interpreter();
    let (mut scratch, mut evidence, mut turn) = (Scratch::default(), Evidence::silent(), 0u32);
    let run = move |bytes: &[u8]| {
        let text = lossy(bytes);
        let doc = Document::new(&text, 0);
        interpreter.read_into(&doc, &mut scratch, &mut evidence);
        let traces = evidence
            .occasions
            .iter()
            .flat_map(|o| &o.traces)
            .chain(evidence.motives.iter().flat_map(|m| &m.traces))
            .chain(evidence.essences.iter().flat_map(|e| &e.traces))
            .chain(evidence.relations.iter().flat_map(|r| &r.traces))
            .chain(evidence.mentions.iter().map(|m| &m.trace));
        for trace in traces {
            let words = text.get(trace.span.range());
            assert!(
                words.is_some_and(|words| !words.is_empty()),
                "spans of evidence stand on boundaries of the raw text"
            );
        }
        turn += 1;
        if turn % 64 == 0 {
            // A worker's buffers leave nothing behind for the next post.
            assert_eq!(interpreter.read(&doc, &mut Scratch::default()), evidence);
        }
    };
    Target { name: "interpret", seeds: texts(), words: TEXT, run: Box::new(run) }
}

pub(super) fn fuzz_pipeline() -> Target {
    let (whole, small, mut turn) = (interpreter(), small_interpreter(), 0u32);
    let post = |n: usize, text: &str| {
        format!(
            "{{\"id\":\"{n}\",\"user\":\"u{n}\",\"platform\":\"weibo\",\"created_at\":\"2024-03-0{n}\",\"text\":\"{text}\"}}\n"
        )
    };
    let lines: String = (1..9).map(|n| post(n, "昨晚在酒吧没点啤酒，换成了威士忌，好喝")).collect();
    let seeds = vec![
        lines.into_bytes(),
        "id,text,author,platform,time\n1,喝啤酒,a,weibo,2024-01-01\n2,\"had whisky\ninstead of beer\",b,xhs,2024-02-01\n".into(),
        gzip("id,text,author\n1,喝啤酒,a\n2,喝茶,b\n".as_bytes()),
    ];
    let words = &[
        "啤酒",
        "威士忌",
        "\"",
        "\n",
        ",",
        "{",
        "}",
        "\u{202e}",
        "\\u001b",
        "<script>",
        "=1+1",
        "酒吧",
        "instead of",
        "\"user\":\"",
        "\u{0}",
    ];
    let run = move |bytes: &[u8]| {
        // Every input is labeled; the first and every so many are taken further, the fewer the dearer.
        let due = |every: u32| turn % every == 0;
        let interpreter = if due(1024) { &whole } else { &small };
        let run = || Run {
            inputs: Inputs::from_bytes("fuzz", bytes),
            reading: Reading::default(),
            filter: Filter::default(),
            threads: 1,
            interpreter: interpreter.clone(),
            progress: None,
            rejects: None,
        };
        let mut lines = Vec::new();
        let report = pipeline::label(run(), |more| {
            lines.extend_from_slice(more);
            Ok(())
        })
        .unwrap();
        assert!(report.ledger.balances());
        inert(std::str::from_utf8(&lines).unwrap());
        for line in lines.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
            serde_json::from_slice::<serde_json::Value>(line).expect("a line is JSON");
        }
        if due(4) {
            let analysis = pipeline::analyze(run(), &AnalyzePlan::default()).unwrap();
            assert!(analysis.report.ledger.balances());
            assert_eq!(analysis.report.ledger.read, report.ledger.read, "both commands read the same rows");
            let taxonomy = &interpreter.lexicon().taxonomy;
            let json = render::findings_json(&analysis.findings);
            serde_json::from_slice::<serde_json::Value>(&json).expect("the document is JSON");
            inert(std::str::from_utf8(&json).unwrap());
            if due(16) {
                inert(&render::summary(&analysis.findings, taxonomy, Look { width: 80, color: false, full: true }));
            }
            if due(4096) {
                files_are_written(&analysis.findings, taxonomy);
            }
        }
        turn += 1;
    };
    Target { name: "pipeline", seeds, words, run: Box::new(run) }
}

/// Nothing of a text acts on a terminal.
fn inert(text: &str) {
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "nothing acts");
}

/// The report and every table: dearer than all the rest.
fn files_are_written(findings: &Findings, taxonomy: &Taxonomy) {
    let folder = std::env::temp_dir().join(format!("rival-fuzz-out-{}", std::process::id()));
    let staged = render::StagedFolder::beside(&folder, render::is_out_file).unwrap();
    let rejects = staged.scratch().unwrap();
    render::write_files(&staged, findings, taxonomy, &rejects, render::Language::En).unwrap();
    staged.publish().unwrap();
    assert!(folder.join("report.html").metadata().unwrap().len() > 0);
    std::fs::remove_dir_all(&folder).unwrap();
}
