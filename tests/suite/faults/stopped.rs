//! Interrupted and killed runs: the old result or the new one.

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{Room, posts, setting};

/// What an earlier run has left.
const OLD: &str = "{\"file\":\"an earlier run\"}\n";

/// A room with posts of which many are rejected, so that writing takes its share of the time.
fn prepared(name: &str) -> Room {
    let room = Room::new(name);
    let bad = "{\"id\":1,\"text\":7}\n".repeat(3_000);
    room.write("posts.jsonl", format!("{}{bad}{}{bad}", posts(2_000), posts(2_000)));
    room
}

fn start(room: &Room, command: &str) -> Child {
    room.write("rejects.jsonl", OLD);
    Command::new(env!("CARGO_BIN_EXE_rival"))
        .args([command, "posts.jsonl", "--isolated", "--max-reject", "100", "--rejects", "rejects.jsonl", "-q"])
        .current_dir(&room.0)
        .stdin(Stdio::null())
        .stdout(File::create(room.at("stdout")).unwrap())
        .stderr(File::create(room.at("stderr")).unwrap())
        .spawn()
        .unwrap()
}

/// Delays from nothing to a little more than a whole run, evenly, in an order of their own.
fn delays(whole: Duration, count: usize) -> impl Iterator<Item = Duration> {
    (0..count).map(move |i| whole.mul_f64(1.1 * ((i * 7919) % count) as f64 / count as f64))
}

/// Stops runs at all times of their lives.
fn stop_runs(signal: Signal, count: usize) -> [usize; 2] {
    let room = prepared(&format!("stopped-{}", signal.as_raw()));
    let begun = Instant::now();
    assert!(start(&room, "label").wait().unwrap().success());
    let whole = begun.elapsed();
    let new = std::fs::read_to_string(room.at("rejects.jsonl")).unwrap();
    assert_eq!(new.lines().count(), 6_000);
    let mut ends = [0, 0];
    for (delay, number) in delays(whole, count).zip(0..) {
        let mut child = start(&room, if number % 2 == 0 { "label" } else { "analyze" });
        std::thread::sleep(delay);
        let pid = Pid::from_child(&child);
        // It may have ended already.
        let _ = kill_process(pid, signal);
        let sent = Instant::now();
        let status = child.wait().unwrap();
        let found = std::fs::read_to_string(room.at("rejects.jsonl")).unwrap();
        let unfinished: Vec<String> = room.names().into_iter().filter(|name| name.ends_with(".tmp")).collect();
        match (status.code(), status.signal()) {
            (Some(0), _) => {
                assert_eq!(found, new, "{delay:?}: complete");
                ends[1] += 1;
            }
            // Before the program watches for signals, they do what they always do.
            (Some(130), _) | (None, Some(_)) => {
                assert!(found == OLD || (signal == Signal::KILL && found == new), "{delay:?}: the old result");
                ends[0] += 1;
            }
            other => panic!("{delay:?}: {other:?} {}", std::fs::read_to_string(room.at("stderr")).unwrap()),
        }
        if signal == Signal::KILL {
            for name in unfinished {
                std::fs::remove_file(room.at(&name)).unwrap();
            }
        } else {
            assert_eq!(unfinished, Vec::<String>::new(), "{delay:?}");
            assert!(sent.elapsed() < Duration::from_secs(10), "{delay:?}: {:?}", sent.elapsed());
            let lines = std::fs::read(room.at("stdout")).unwrap();
            assert!(lines.is_empty() || lines.ends_with(b"\n"), "{delay:?}: lines stay whole");
        }
    }
    ends
}

/// Reliability 111, 112: stopped at any time.
#[test]
fn a_stopped_run_publishes_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::KILL] {
        stop_runs(signal, 5);
    }
}

#[test]
#[ignore = "long form of the test above: RIVAL_RUNS of each signal, 200 if not told"]
fn many_stopped_runs_publish_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::KILL] {
        let [stopped, complete] = stop_runs(signal, setting("RIVAL_RUNS", 200));
        println!("{signal:?}: {stopped} stopped, {complete} complete, 0 damaged");
    }
}

/// Reliability 111: also while it waits for a reader that does not read.
#[test]
fn a_run_that_waits_for_its_reader_can_be_stopped() {
    let room = prepared("waits");
    room.write("posts.jsonl", posts(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_rival"))
        .args(["label", "posts.jsonl", "--isolated"])
        .current_dir(&room.0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let sent = Instant::now();
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(sent.elapsed() < Duration::from_secs(10), "{:?}", sent.elapsed());
}
