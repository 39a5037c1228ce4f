//! Files that people write: lexicons and `rival.toml`.

use std::sync::Arc;

use rival::interpret::Interpreter;
use rival::lexicon::Lexicon;
use rival::lexicon::source::Source;
use rival::matcher::Scratch;
use rival::normalize::Document;

use super::{Target, lossy};

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

pub(super) fn fuzz_lexicon() -> Target {
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

pub(super) fn fuzz_config() -> Target {
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
