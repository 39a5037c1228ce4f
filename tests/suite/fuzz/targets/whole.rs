//! Bytes as what a user writes, a lexicon or a `rival.toml`, and as posts that go all the way.

use std::sync::Arc;

use rival::interpret::Interpreter;
use rival::lexicon::Lexicon;
use rival::lexicon::source::Source;
use rival::matcher::Scratch;
use rival::normalize::Document;
use rival::pipeline::{self, AnalyzePlan, Filter, Run};
use rival::read::{Inputs, Reading};
use rival::render::{self, Look};

use super::Target;
use super::files::gzip;
use super::texts::{interpreter, lossy};

const TOML: &[&str] = &[
    "[[category]]\n",
    "[[brand]]\n",
    "[[occasion]]\n",
    "id = \"beer\"\n",
    "terms = '''\n",
    "'''\n",
    "match = [\"",
    "miss = [\"",
    "near = [{ a = [\"",
    "within = 6",
    "boundary = \"strict\"\n",
    "resolve = [{ terms = [\"",
    "cues = [\"",
    "unless = '''\n",
    "status = \"draft\"\n",
    "replace = true\n",
    "{passing}",
    " # ",
    "*",
    "\u{200b}",
    "茶",
    "\"]\n",
    "}]\n",
    "\"",
    "=",
    "[",
    "\n",
    "''",
    "regex = \"(a+)+\"\n",
];

pub(in crate::fuzz) fn fuzz_lexicon() -> Target {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/mini");
    let whole = rival::lexicon::source::folder(&root).unwrap();
    let paths: Vec<String> = whole.iter().map(|s| s.path.clone()).collect();
    let seeds = whole.iter().map(|s| s.text.clone().into_bytes()).collect();
    let mut turn = 0usize;
    let run = move |bytes: &[u8]| {
        turn += 1;
        let own = Source::new(paths[turn % paths.len()].clone(), lossy(bytes));
        let (lexicon, faults) = Lexicon::read(&[whole.clone(), vec![own]]);
        for fault in &faults {
            assert!(fault.code.len() == 4 && !fault.message.is_empty(), "a fault has its code and its words");
        }
        if faults.is_empty() {
            let made = Interpreter::new(Arc::new(lexicon));
            if let Ok(interpreter) = made {
                interpreter.read(&Document::new("昨晚在酒吧喝了啤酒 whisky", 0), &mut Scratch::default());
            }
        }
    };
    Target { name: "lexicon", seeds, words: TOML, run: Box::new(run) }
}

const CONFIG: &[&str] = &[
    "[project]\n",
    "focus = [\"beer\"]\n",
    "known = [",
    "[columns]\n",
    "text = \"内容\"\n",
    "[filters]\n",
    "since = \"2024-01-01\"\n",
    "lexicons = [\"",
    "[[brand]]\n",
    "\"]\n",
    "=",
    "\"",
    "\n",
    "#",
    "{",
    "}",
    "[[",
    "]]",
    "\u{0}",
    "é",
];

pub(in crate::fuzz) fn fuzz_config() -> Target {
    let template = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/rival.toml")).unwrap();
    let seeds = vec![
        template,
        "[project]\nfocus = [\"beer\", \"喜力\"]\nknown = [\"whisky\"]\nsampled_by = \"keyword=啤酒\"\n[columns]\ntext = \"内容\"\n[filters]\nsince = \"2024-01-01\"\nlang = [\"zh\"]\n".into(),
    ];
    let run = |bytes: &[u8]| {
        if let Err(e) = rival::cli::check_config(&lossy(bytes)) {
            let told = e.to_string();
            assert!(told.starts_with("rival.toml:") && told.contains("help: "), "{told}");
        }
    };
    Target { name: "config", seeds, words: CONFIG, run: Box::new(run) }
}

pub(in crate::fuzz) fn fuzz_pipeline() -> Target {
    let interpreter = interpreter();
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
        for line in lines.split(|&b| b == b'\n').filter(|line| !line.is_empty()) {
            serde_json::from_slice::<serde_json::Value>(line).expect("a line is JSON");
        }
        let analysis = pipeline::analyze(run(), &AnalyzePlan::default()).unwrap();
        assert!(analysis.report.ledger.balances());
        let json = render::findings_json(&analysis.findings);
        serde_json::from_slice::<serde_json::Value>(&json).expect("the document is JSON");
        let page =
            render::summary(&analysis.findings, &interpreter.lexicon().taxonomy, Look { width: 80, color: false });
        for text in [page.as_str(), &String::from_utf8(json).unwrap(), &String::from_utf8(lines).unwrap()] {
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "nothing acts");
        }
    };
    Target { name: "pipeline", seeds, words, run: Box::new(run) }
}
