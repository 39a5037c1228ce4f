//! Every call to the system fails once: `strace` lets the n-th of a kind fail, for all n. Needs strace, so that it stands behind `--ignored`;
//! what it shows of files is shown without it in `src/render/publish/tests.rs` and `src/pipeline/tests.rs`.

use std::process::{Command, Output};

use super::{Room, posts};

/// Kinds of calls, and what they fail with.
const FAULTS: [(&str, &str); 12] = [
    ("read", "EIO"),
    ("read", "EINTR"),
    ("write", "ENOSPC"),
    ("write", "EINTR"),
    ("write", "EIO"),
    ("openat", "EMFILE"),
    ("openat", "EACCES"),
    ("fsync", "EIO"),
    ("rename", "EACCES"),
    ("fstat", "EIO"),
    ("statx", "ENOMEM"),
    ("mmap", "ENOMEM"),
];

fn run(room: &Room, command: &str, inject: Option<(&str, String)>) -> Output {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", &room.at("trace")]);
    match inject {
        // Only calls that are traced are let fail.
        Some((call, fault)) => strace.args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:{fault}")]),
        None => strace.args(["-e", "trace=read,write,openat,fsync,rename,fstat,statx,mmap"]),
    };
    strace.arg(env!("CARGO_BIN_EXE_rival"));
    strace.args([command, "posts.jsonl", "bad.jsonl", "--isolated", "--threads", "2", "--rejects", "rejects", "-q"]);
    strace.args(["--max-reject", "100"]).current_dir(&room.0).output().unwrap()
}

/// Reliability 109, 113: no panic, no half output, whatever call fails.
#[test]
#[ignore = "needs strace; some minutes"]
fn any_call_may_fail() {
    let room = Room::new("calls");
    room.write("posts.jsonl", posts(300));
    room.write("bad.jsonl", "{\"id\":1,\"text\":\"tea\"}\nx\n".repeat(200));
    let (mut injected, mut degraded) = (0, 0);
    for command in ["label", "analyze"] {
        let clean = run(&room, command, None);
        assert_eq!(clean.status.code(), Some(0), "{}", String::from_utf8_lossy(&clean.stderr));
        let trace = std::fs::read_to_string(room.at("trace")).unwrap();
        let new = std::fs::read_to_string(room.at("rejects")).unwrap();
        for (call, error) in FAULTS {
            let calls = trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
            for n in 1..=calls {
                room.write("rejects", "old");
                let output = run(&room, command, Some((call, format!("error={error}:when={n}"))));
                injected += 1;
                let stderr = String::from_utf8_lossy(&output.stderr);
                let what = format!("{command} {call} {error} {n} of {calls}: {:?} {stderr}", output.status);
                // The runtime itself panics where memory is refused before the program begins.
                assert!(
                    call == "mmap" || !(stderr.contains("panicked") || stderr.contains("internal error")),
                    "{what}"
                );
                let found = std::fs::read_to_string(room.at("rejects")).unwrap();
                // A program that the loader could not start says so itself.
                let started = !stderr.contains("error while loading shared libraries");
                match output.status.code() {
                    Some(0) => assert_eq!((found == new, output.stdout == clean.stdout), (true, true), "{what}"),
                    Some(1) => degraded += 1,
                    Some(2 | 3) => assert_eq!(found, "old", "{what}"),
                    // Memory that is refused while the program starts or a thread is made.
                    _ => assert!((!started || call == "mmap") && found == "old", "{what}"),
                }
                let left: Vec<String> = room.names().into_iter().filter(|name| name.ends_with(".tmp")).collect();
                assert!(left.is_empty() || call == "mmap", "{what}: {left:?}");
            }
        }
    }
    println!("{injected} faults, {degraded} runs with a file less, 0 panics, 0 partial outputs");
}
