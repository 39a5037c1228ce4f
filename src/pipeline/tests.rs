//! What becomes of rows when something goes wrong: a read that fails, a panic in a post or beside it.

use std::io::{self, Read, Write};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use super::*;
use crate::interpret::Interpreter;
use crate::lexicon::Lexicon;
use crate::read::reject::Reason;
use crate::read::{Input, Inputs, Opener, Reading};
use crate::render::findings_json;

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

/// Reliability 121.
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

/// Reliability 122.
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

/// A stream that gives a few bytes at a time and fails at one call.
struct Unsure {
    bytes: Arc<[u8]>,
    at: usize,
    /// Bytes of one call.
    most: usize,
    /// The call that fails, and with what; every call before it is preceded by an interruption if `interrupted`.
    fails: Option<(usize, i32)>,
    calls: usize,
    interrupted: bool,
}

/// The error numbers of Linux and of most systems: an interruption, and a disk that cannot be read.
const EINTR: i32 = 4;
const EIO: i32 = 5;

impl Read for Unsure {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.interrupted && self.calls.is_multiple_of(2) {
            return Err(io::Error::from_raw_os_error(EINTR));
        }
        if let Some((_, error)) = self.fails.filter(|&(n, _)| n == self.calls) {
            return Err(io::Error::from_raw_os_error(error));
        }
        let count = into.len().min(self.most).min(self.bytes.len() - self.at);
        into[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Analyzes a good file and an unsure one; what was found, and the reason why the second failed.
fn with_unsure(
    bytes: &Arc<[u8]>,
    most: usize,
    fails: Option<(usize, i32)>,
    interrupted: bool,
) -> (String, Option<Reason>) {
    let bytes = bytes.clone();
    let open = move || -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Unsure { bytes: bytes.clone(), at: 0, most, fails, calls: 0, interrupted }))
    };
    let good = Input::Bytes("good.jsonl".into(), posts(3).into_bytes().into());
    let mut run = run(b"", 1);
    run.inputs = [Input::Stream("unsure.jsonl".into(), Opener::new(open)), good].into_iter().collect();
    let analysis = analyze(run, &AnalyzePlan::default()).expect("the run goes on");
    assert!(analysis.report.ledger.balances());
    let reason = analysis.report.failures().next().map(|failure| failure.reason);
    (String::from_utf8(findings_json(&analysis.findings)).expect("UTF-8"), reason)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

/// Reliability 113: a read that fails at any call costs its file and nothing else; short reads and interruptions are not seen.
#[test]
fn a_read_may_fail_at_any_call() {
    let plain: Vec<u8> = (0..24)
        .map(|n| format!("{{\"id\":\"u{n}\",\"text\":\"昨晚在酒吧喝威士忌 {n}\"}}\n"))
        .collect::<String>()
        .into();
    let (mut faults, packed) = (0, gzip(&plain));
    for bytes in [plain, packed] {
        let bytes: Arc<[u8]> = bytes.into();
        let (whole, failed) = with_unsure(&bytes, usize::MAX, None, false);
        assert_eq!(failed, None);
        let (none, _) = with_unsure(&bytes, usize::MAX, Some((1, EIO)), false);
        for most in [1, 3, 64] {
            assert!(with_unsure(&bytes, most, None, false).0 == whole, "short reads of {most} are not seen");
            assert!(with_unsure(&bytes, most, None, true).0 == whole, "interruptions are not seen");
        }
        let step = 7;
        for n in 1.. {
            assert!(with_unsure(&bytes, step, Some((n, EINTR)), false).0 == whole, "an interruption at call {n}");
            let (found, failed) = with_unsure(&bytes, step, Some((n, EIO)), false);
            faults += 1;
            if failed.is_none() {
                assert!(found == whole && n > bytes.len() / step, "call {n} was the last");
                break;
            }
            assert_eq!(failed, Some(Reason::ReadError), "call {n}");
            // All but the ledger, which tells of more or fewer rows before the fault.
            let figures = |json: &str| {
                let mut value: serde_json::Value = serde_json::from_str(json).expect("JSON");
                value["meta"]["rows"].take();
                value
            };
            assert!(figures(&found) == figures(&none), "nothing of the file is in the findings: call {n}");
        }
    }
    assert!(faults > 200, "{faults} faults");
}
