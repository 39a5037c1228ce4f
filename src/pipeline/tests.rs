//! What becomes of rows when something goes wrong: reliability cases 113, 121, 122.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use super::*;
use crate::interpret::Interpreter;
use crate::lexicon::Lexicon;
use crate::read::reject::Reason;
use crate::read::{Inputs, Reading};

/// A post with this in it makes the worker panic, in tests alone.
const STUMBLE: &str = "post that makes a test stumble";

pub(super) fn stumble(text: &str) {
    assert!(!text.contains(STUMBLE), "a test stumbles");
}

fn interpreter() -> Arc<Interpreter> {
    static BUILT: OnceLock<Arc<Interpreter>> = OnceLock::new();
    let build = || Arc::new(Interpreter::new(Arc::new(Lexicon::built_in().expect("loads"))).expect("compiles"));
    BUILT.get_or_init(build).clone()
}

fn run(bytes: &[u8], threads: usize) -> Run {
    Run {
        inputs: Inputs::from_bytes("posts.jsonl", bytes),
        reading: Reading::default(),
        filter: Filter::default(),
        threads,
        interpreter: interpreter(),
        progress: None,
        rejects: None,
    }
}

/// Posts, every tenth of which makes the worker stumble.
fn posts(count: usize) -> String {
    let text = |n: usize| if n % 10 == 3 { STUMBLE } else { "昨晚在酒吧喝啤酒" };
    (0..count).map(|n| format!("{{\"id\":\"{n}\",\"text\":\"{}\"}}\n", text(n))).collect()
}

/// Case 121.
#[test]
fn a_panic_inside_a_post_costs_that_post() {
    for threads in [1, 3] {
        let told: Arc<Mutex<Vec<u8>>> = Arc::default();
        let sink = told.clone();
        let write = move |lines: &[u8]| {
            sink.lock().expect("no panic").extend_from_slice(lines);
            Ok(())
        };
        let mut run = run(posts(200).as_bytes(), threads);
        run.rejects = Some(Rejects { raw: false, write: Box::new(write) });
        let mut lines = 0;
        let report = label(run, |bytes| {
            lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
            Ok(())
        })
        .expect("the run goes on");
        assert_eq!((lines, report.ledger.read, report.ledger.analyzed), (180, 200, 180));
        assert_eq!(report.ledger.rejected.get(&Reason::Internal), Some(&20));
        assert!(report.is_degraded());
        let told = String::from_utf8(told.lock().expect("no panic").clone()).expect("UTF-8");
        assert_eq!(told.lines().count(), 20);
        assert!(told.contains("\"row\":4,\"line\":4,\"byte\":") && told.contains("R901") && !told.contains(STUMBLE));
    }
}

/// Case 122.
#[test]
fn a_panic_outside_a_post_stops_the_run() {
    for threads in [1, 2, 5] {
        let (done, wait) = channel();
        std::thread::spawn(move || {
            let stop = std::panic::AssertUnwindSafe(|| {
                survey(
                    run(posts(5_000).as_bytes(), threads),
                    |seen: &mut u64, post, _, _| {
                        *seen += 1;
                        assert!(post.origin.row != 2_000, "a test stumbles");
                    },
                    |_| Ok(()),
                )
            });
            let ended = std::panic::catch_unwind(stop);
            let _ = done.send(!matches!(ended, Ok(Ok(_))));
        });
        let stopped = wait.recv_timeout(Duration::from_secs(120));
        assert_eq!(stopped, Ok(true), "{threads} threads: it ends, and not well");
    }
}

#[test]
fn every_row_that_was_not_used_is_told_in_order() {
    let text =
        "{\"text\":\"喝啤酒\"}\nx\n{\"text\":\" \"}\n{\"text\":\"맥주를 마셨다 정말 좋았다\"}\n{\"text\":\"喝茶\"}\n";
    let mut bytes = text.repeat(3_000).into_bytes();
    bytes.extend(b"{\"te");
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for threads in [1, 2, 4] {
        let told: Arc<Mutex<Vec<u8>>> = Arc::default();
        let sink = told.clone();
        let write = move |lines: &[u8]| {
            sink.lock().expect("no panic").extend_from_slice(lines);
            Ok(())
        };
        let mut run = run(&bytes, threads);
        run.rejects = Some(Rejects { raw: true, write: Box::new(write) });
        let report = label(run, |_| Ok(())).expect("read");
        let ledger = &report.ledger;
        assert!(ledger.balances());
        let told = told.lock().expect("no panic").clone();
        let lines: Vec<serde_json::Value> = told
            .split(|&b| b == b'\n')
            .filter(|l| !l.is_empty())
            .map(|l| serde_json::from_slice(l).expect("JSON"))
            .collect();
        assert_eq!(lines.len() as u64, ledger.rejected_rows() + ledger.set_aside_rows());
        for line in &lines {
            let (row, byte) = (line["row"].as_u64().expect("a row"), line["byte"].as_u64().expect("a byte") as usize);
            assert_eq!(line["line"].as_u64(), Some(row), "one row a line here");
            assert!(bytes[byte..].starts_with(line["raw"].as_str().expect("raw").as_bytes()));
        }
        assert!(lines.windows(2).all(|two| two[0]["row"].as_u64() < two[1]["row"].as_u64()));
        seen.push(told);
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "the same bytes for any number of threads");
}
