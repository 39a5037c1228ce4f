//! Known groups: pairs that any strategist knows as substitutes or as complements, told by sentences of `tests/groups/known.tsv`. What is
//! said is read, counted and judged as in any run; the program knows nothing of the pairs.

use std::collections::BTreeMap;
use std::sync::Arc;

use rival::accumulate::{Frame, Tally};
use rival::analyze::findings::{Findings, Kinship, Level};
use rival::analyze::{Parameters, analyze};
use rival::interpret::Interpreter;
use rival::lexicon::Lexicon;
use rival::matcher::Scratch;
use rival::normalize::Document;
use rival::read::post::{AuthorKey, Origin, Post, Reception};

use crate::market::chance::Chance;

const KNOWN: &str = include_str!("../groups/known.tsv");
/// Authors who say each sentence: two sentences make a thing that can be ranked.
const AUTHORS: u64 = 24;

/// One sentence of the table.
struct Row {
    group: &'static str,
    pair: (&'static str, &'static str),
    sentence: &'static str,
}

fn rows() -> Vec<Row> {
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [group, one, other, sentence] => Row { group, pair: (one, other), sentence },
        _ => panic!("four columns: {line}"),
    };
    KNOWN.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn is_chinese(row: &Row) -> bool {
    row.sentence.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Each sentence by several authors, with words of their own behind it so that none is a copy.
fn read(interpreter: &Interpreter, rows: &[&Row]) -> Findings {
    let taxonomy = &interpreter.lexicon().taxonomy;
    let (mut tally, mut scratch) = (Tally::new(false), Scratch::default());
    for (n, row) in rows.iter().enumerate() {
        let evidence = interpreter.read(&Document::new(row.sentence, 0), &mut scratch);
        for k in 0..AUTHORS {
            let key = n as u64 * AUTHORS + k;
            let mut chance = Chance::new(key);
            let own: String =
                (0..60).map(|_| char::from_u32(0x4E00 + chance.below(20_000) as u32).unwrap_or('字')).collect();
            let post = Post {
                origin: Origin { file: 0, row: key + 1 },
                id: Some(key.to_string()),
                text: format!("{} {own}", row.sentence),
                title_len: 0,
                author: Some(AuthorKey(chance.bits())),
                time: None,
                platform: None,
                region: None,
                thread: None,
                is_comment: false,
                keyword: None,
                url: None,
                reception: Reception::default(),
            };
            tally.add(&post, &evidence, taxonomy);
        }
    }
    let counts = tally.finish(taxonomy, &Frame::default());
    let parameters = Parameters { levels: vec![Level::Category], top: 1_000, subjects: 1_000, ..Parameters::default() };
    analyze(&counts, taxonomy, &parameters)
}

#[test]
#[allow(clippy::print_stdout)] // the figure is worth reading: `-- --nocapture`
fn substitutes_and_complements_are_told_apart() {
    let interpreter = Interpreter::new(Arc::new(Lexicon::built_in().expect("they load"))).expect("they compile");
    let rows = rows();
    let (mut right, mut wrong) = (0, Vec::new());
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    for chinese in [true, false] {
        let of_language: Vec<&Row> = rows.iter().filter(|row| is_chinese(row) == chinese).collect();
        let findings = read(&interpreter, &of_language);
        let pairs: BTreeMap<(&str, &str), &str> = of_language.iter().map(|row| (row.pair, row.group)).collect();
        for ((one, other), group) in pairs {
            *groups.entry(group).or_default() += 1;
            let told = findings.rivals.iter().find(|r| r.of == one && r.rival == other).map(|r| r.relation);
            let known = if group == "substitutes" { Kinship::Competitor } else { Kinship::Complement };
            if told == Some(known) { right += 1 } else { wrong.push(format!("{group}: {one}, {other}: {told:?}")) }
        }
    }
    println!("{right} of {} known pairs right; not: {wrong:?}", right + wrong.len());
    assert!(groups.values().all(|&pairs| pairs >= 40), "{groups:?}");
    assert!(right as f64 >= 0.95 * (right + wrong.len()) as f64, "{}", wrong.join("\n"));
}
