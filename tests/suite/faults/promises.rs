//! `docs/reliability.md` lists the cases and where each is tested; every test named there is there and carries the number.

use super::{in_project, numbers_after};

/// How many cases there are.
const CASES: u32 = 134;

/// The words before the numbers of cases.
const WORDS: [&str; 3] = ["reliability ", "reliability case", "reliability, case "];

/// The number and the last cell of each row of the table of cases.
fn rows(text: &str) -> Vec<(u32, String)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.strip_prefix('|')?.trim_end().strip_suffix('|')?.split(" | ").collect();
        Some((cells.first()?.trim().parse().ok()?, cells.last()?.trim().to_owned()))
    };
    text.lines().filter_map(row).collect()
}

/// The comment lines and attributes above a test function, and those at the head of its file.
fn above(source: &str, test: &str) -> Option<String> {
    let lines: Vec<&str> = source.lines().collect();
    let at = lines.iter().position(|line| line.trim_start().starts_with(&format!("fn {test}(")))?;
    let head = lines[..at].iter().rev().take_while(|line| {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with("#[")
    });
    let file = lines.iter().take_while(|line| line.starts_with("//!"));
    Some(head.chain(file).copied().collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_case_has_a_test_or_a_reason() {
    let text = std::fs::read_to_string(in_project("docs/reliability.md")).unwrap();
    let rows = rows(&text);
    let numbers: Vec<u32> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=CASES).collect::<Vec<_>>(), "each case once, in order");
    let mut faults = Vec::new();
    for (number, places) in &rows {
        if places.strip_prefix("open: ").is_some_and(|why| why.len() > 10) {
            continue;
        }
        for place in places.split(" · ").map(|place| place.trim_matches('`')) {
            let (path, test) = place.split_once("::").map_or((place, None), |(path, test)| (path, Some(test)));
            let Ok(source) = std::fs::read_to_string(in_project(path)) else {
                faults.push(format!("{number}: {path} is not there"));
                continue;
            };
            let carrier = match test {
                Some(test) => above(&source, test),
                None => Some(source),
            };
            match carrier {
                None => faults.push(format!("{number}: {path} has no test {}", test.unwrap_or_default())),
                Some(carrier) if !numbers_after(&carrier, &WORDS).contains(number) => {
                    faults.push(format!("{number}: {place} does not carry the number"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn numbers_are_read_in_lists_and_ranges() {
    let found = numbers_after("/// Reliability 20, 31–33: the quote\n# reliability 7", &["reliability "]);
    assert_eq!(found, [20, 31, 32, 33, 7]);
    let head = above("/// Reliability 9.\n#[test]\nfn it_holds() {", "it_holds");
    assert!(head.is_some_and(|head| head.contains("Reliability 9")));
}
