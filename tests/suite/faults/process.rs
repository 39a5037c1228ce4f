//! Descriptors, devices and limits: what cannot be written or read is told, with the exit code that is promised.

use std::fs::File;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::{Room, posts};

/// What a command came to.
pub(super) struct Ended {
    status: ExitStatus,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Ended {
    pub(super) fn code(&self) -> Option<i32> {
        self.status.code()
    }
}

/// Runs a shell line in a folder, with the program as `$RIVAL`; it must end within a minute.
pub(super) fn sh(room: &Room, line: &str) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", line]).env("RIVAL", env!("CARGO_BIN_EXE_rival")).current_dir(&room.0).stdin(Stdio::null());
    run(room, command)
}

fn run(room: &Room, mut command: Command) -> Ended {
    let (out, err) = (room.at("stdout"), room.at("stderr"));
    command.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let read = |path: String| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    Ended { status, stdout: read(out), stderr: read(err) }
}

/// Reliability 106: a reader that goes away ends the run quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    let room = Room::new("head");
    room.write("posts.jsonl", posts(8_000));
    let line = "{ \"$RIVAL\" label posts.jsonl --isolated; echo $? >code; } | head -1";
    let ended = sh(&room, line);
    assert_eq!(ended.stdout.lines().count(), 1);
    assert_eq!((ended.stderr.as_str(), std::fs::read_to_string(room.at("code")).unwrap().trim()), ("", "0"));
}

/// Reliability 107, 108: standard output that is closed, full or open for reading only.
#[test]
fn output_that_cannot_be_written_is_told() {
    let room = Room::new("full");
    room.write("posts.jsonl", posts(50));
    let commands = [
        "label posts.jsonl --isolated",
        "analyze posts.jsonl --isolated",
        "analyze posts.jsonl --isolated --json",
        "schema findings",
        "explain R201 --isolated",
        "lexicon list --isolated",
        "completions bash",
        "--help",
    ];
    let full: &[&str] = if cfg!(target_os = "linux") { &[">/dev/full"] } else { &[] };
    let targets: Vec<&str> = [">&-", "1</dev/null"].iter().chain(full).copied().collect();
    for command in commands {
        for target in &targets {
            let ended = sh(&room, &format!("\"$RIVAL\" {command} {target}"));
            assert_eq!(ended.code(), Some(3), "{command} {target}: {}", ended.stderr);
            assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
            assert!(command == "--help" || ended.stderr.contains("error: standard output cannot be written"));
        }
    }
    // Nobody wants the lines: that is no fault, however the device was opened.
    for target in [">/dev/null", "1<>/dev/null"] {
        let ended = sh(&room, &format!("\"$RIVAL\" label posts.jsonl --isolated -q {target}"));
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{target}");
    }
}

/// Reliability 109: a full disk leaves the old file and nothing else. (Every call and every byte: `src/render/publish/tests.rs`.)
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_what_was_there() {
    let room = Room::new("limit");
    room.write("bad.jsonl", "{\"id\":1,\"text\":7}\n".repeat(20_000));
    room.write("rejects", "old");
    // The shell's limit counts blocks of 512 or 1,024 bytes; the file of rejects needs some megabytes.
    let ended = sh(&room, "trap '' XFSZ; ulimit -f 200; \"$RIVAL\" label bad.jsonl --isolated --rejects rejects");
    assert_eq!(ended.code(), Some(3), "{}", ended.stderr);
    assert_eq!(std::fs::read_to_string(room.at("rejects")).unwrap(), "old");
    assert!(!room.names().iter().any(|name| name.contains(".tmp")), "{:?}", room.names());
    assert_eq!(sh(&room, "\"$RIVAL\" label bad.jsonl --isolated --rejects /dev/full").code(), Some(3));
}

/// Reliability 110: an output that cannot be is refused before anything is read.
#[test]
fn an_impossible_output_is_refused_at_once() {
    let room = Room::new("refused");
    let input = room.write("posts.jsonl", posts(5));
    std::fs::create_dir(room.at("folder")).unwrap();
    std::os::unix::fs::symlink(&input, room.at("link")).unwrap();
    for (target, code) in [("folder", 3), ("missing/out", 3), ("posts.jsonl", 2), ("./posts.jsonl", 2), ("link", 2)] {
        // Standard input stays open: who reads it first never ends.
        let mut command = Command::new(env!("CARGO_BIN_EXE_rival"));
        command.args(["label", "-", "posts.jsonl", "--isolated", "--rejects", target]).current_dir(&room.0);
        command.stdin(Stdio::piped());
        let ended = run(&room, command);
        assert_eq!(ended.code(), Some(code), "{target}: {}", ended.stderr);
        assert!(ended.stderr.contains("help: "), "{}", ended.stderr);
    }
    assert_eq!(std::fs::read_to_string(&input).unwrap(), posts(5));
    let appended = sh(&room, "\"$RIVAL\" label posts.jsonl --isolated >> posts.jsonl");
    assert_eq!(appended.code(), Some(2), "{}", appended.stderr);
    assert_eq!(std::fs::read_to_string(&input).unwrap(), posts(5));
}

/// Reliability 102: a file name with a line feed or an escape sequence stays text.
#[test]
fn file_names_do_not_act() {
    let room = Room::new("names");
    let name = "a\u{1b}[2Jb\nc\u{202e}.jsonl";
    std::fs::create_dir(room.at("in")).unwrap();
    room.write(&format!("in/{name}"), posts(2) + "x\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rival"));
    command.args(["label", &format!("in/{name}"), "nothing\u{1b}]0;x\u{7}", "--isolated"]).current_dir(&room.0);
    let missing = run(&room, command);
    let mut command = Command::new(env!("CARGO_BIN_EXE_rival"));
    command.args(["analyze", "in", "--isolated", "--rejects", "r"]).current_dir(&room.0);
    let read = run(&room, command);
    let rejects = std::fs::read_to_string(room.at("r")).unwrap();
    for text in [&missing.stderr, &missing.stdout, &read.stderr, &read.stdout, &rejects] {
        assert!(text.chars().all(|c| c == '\n' || !(c.is_control() || c == '\u{202e}')), "{text:?}");
    }
}

/// Reliability 115: one file of twenty cannot be read.
#[test]
fn one_bad_file_of_twenty() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new("twenty");
    std::fs::create_dir(room.at("in")).unwrap();
    for n in 0..20 {
        room.write(&format!("in/{n:02}.jsonl"), posts(3));
    }
    let locked = room.at("in/07.jsonl");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o0)).unwrap();
    if File::open(&locked).is_ok() {
        // The superuser reads everything: a cut gzip file then.
        std::fs::write(&locked, [0x1f, 0x8b, 8, 0]).unwrap();
    }
    let ended = sh(&room, "\"$RIVAL\" label in --isolated --rejects r");
    assert_eq!((ended.code(), ended.stdout.lines().count()), (Some(1), 57), "{}", ended.stderr);
    assert!(ended.stderr.contains("error: in/07.jsonl"), "{}", ended.stderr);
    assert!(std::fs::read_to_string(room.at("r")).unwrap().contains("\"row\":0"));
}

/// Reliability 116: directories, pipes, sockets and devices as inputs.
#[test]
fn odd_inputs_are_read_or_refused() {
    let room = Room::new("odd");
    std::fs::create_dir_all(room.at("in/deeper")).unwrap();
    room.write("in/deeper/posts.jsonl", posts(3));
    assert_eq!(sh(&room, "\"$RIVAL\" label in --isolated -q").stdout.lines().count(), 3);
    let piped = sh(&room, "mkfifo pipe; cat in/deeper/posts.jsonl >pipe & \"$RIVAL\" label pipe --isolated -q");
    assert_eq!((piped.code(), piped.stdout.lines().count()), (Some(0), 3), "{}", piped.stderr);
    let _socket = std::os::unix::net::UnixListener::bind(room.at("socket")).unwrap();
    for input in ["socket", "/dev/zero"] {
        let ended = sh(&room, &format!("\"$RIVAL\" label {input} --isolated"));
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(1), ""), "{input}: {}", ended.stderr);
        assert!(ended.stderr.contains(&format!("error: {input}: ")), "{}", ended.stderr);
    }
    let nothing = sh(&room, "\"$RIVAL\" label /dev/null --isolated");
    assert_eq!(nothing.code(), Some(0), "{}", nothing.stderr);
}

/// Reliability 117: a terminal as standard input is no input.
#[test]
fn a_terminal_is_not_waited_for() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let room = Room::new("terminal");
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rival"));
    command.args(["analyze", "--isolated"]).stdin(File::open(name.to_str().unwrap()).unwrap());
    let ended = run(&room, command);
    assert_eq!(ended.code(), Some(2));
    assert!(ended.stderr.contains("no input"), "{}", ended.stderr);
}

/// Reliability 118: several runs to one output leave one whole result.
#[test]
fn runs_to_one_output_do_not_mix() {
    let room = Room::new("mix");
    for n in 1..=4 {
        room.write(&format!("{n}.jsonl"), format!("{{\"id\":{n},\"text\":7}}\n").repeat(4_000));
    }
    let ended =
        sh(&room, "for n in 1 2 3 4; do \"$RIVAL\" label $n.jsonl --isolated -q --rejects out & done; wait; cat out");
    let files: std::collections::BTreeSet<&str> =
        ended.stdout.lines().map(|line| line.split('"').nth(3).unwrap_or("broken")).collect();
    assert_eq!((files.len(), ended.stdout.lines().count()), (1, 4_000), "{files:?}");
}

/// Files and descriptors of the case below.
fn many_inputs(count: usize) {
    let room = Room::new(&format!("many-{count}"));
    std::fs::create_dir(room.at("in")).unwrap();
    for n in 0..count {
        room.write(&format!("in/{n:05}.jsonl"), "{\"text\":\"喝啤酒\"}\n");
    }
    let ended = sh(&room, "ulimit -n 16; \"$RIVAL\" label in --isolated --threads 4");
    assert_eq!((ended.code(), ended.stdout.lines().count()), (Some(0), count), "{}", ended.stderr);
}

/// Reliability 119: more inputs than descriptors.
#[test]
fn inputs_are_opened_one_by_one() {
    many_inputs(200);
}

#[test]
#[ignore = "long form of the test above"]
fn ten_thousand_inputs_are_opened_one_by_one() {
    many_inputs(10_000);
}

/// Reliability 120: little memory is enough, or it is told.
#[cfg(target_os = "linux")]
#[test]
fn little_memory_is_enough() {
    let room = Room::new("little");
    room.write("posts.jsonl", posts(20_000));
    // Address space, not memory in use: the allocator sets 128 MB aside for each thread, whether it takes them or not.
    let ended = sh(&room, "ulimit -v 700000; \"$RIVAL\" label posts.jsonl --isolated --threads 2 -q");
    assert_eq!((ended.code(), ended.stdout.lines().count()), (Some(0), 20_000), "{}", ended.stderr);
    let starved = sh(&room, "ulimit -c 0; ulimit -v 100000; \"$RIVAL\" label posts.jsonl --isolated --rejects r");
    assert!(!starved.status.success() && !starved.stderr.is_empty(), "{}", starved.stderr);
    assert!(!std::path::Path::new(&room.at("r")).exists());
}

/// Reliability 114: a file that grows while it is read.
#[test]
fn a_file_that_changes_is_told() {
    let room = Room::new("grows");
    let path = room.write("posts.jsonl", posts(60_000));
    let grow = std::thread::spawn(move || {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        for n in 0..200 {
            writeln!(file, "{{\"id\":\"late{n}\",\"text\":\"喝茶\"}}").unwrap();
            std::thread::sleep(Duration::from_millis(10));
        }
    });
    let ended = sh(&room, "\"$RIVAL\" label posts.jsonl --isolated");
    grow.join().unwrap();
    assert_eq!(ended.code(), Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("W711"), "{}", ended.stderr);
}
