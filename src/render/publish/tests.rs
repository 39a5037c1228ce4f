//! Outputs are all or nothing, whatever call fails: reliability cases 109, 110, 118, 134.

use std::fs;
use std::io::{ErrorKind as IoKind, Read, Write};
use std::path::{Path, PathBuf};

use super::disk::fail_at;
use super::*;

/// A folder of its own for a test.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rival-publish-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("made");
        Self(path.canonicalize().expect("there"))
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .expect("listed")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A writer of these bytes that takes a full disk for a bug of its own.
fn put(bytes: &[u8]) -> impl FnOnce(&mut Sink) -> Result<()> {
    move |sink| sink.write_all(bytes).map_err(|e| Error::new(ErrorKind::Internal, e.to_string()))
}

const KINDS: [IoKind; 3] = [IoKind::StorageFull, IoKind::Other, IoKind::PermissionDenied];

#[test]
fn a_file_is_the_old_or_the_new_one_whatever_call_fails() {
    let room = Room::new("nth-file");
    let target = room.0.join("out.json");
    for kind in KINDS {
        for n in 0.. {
            fs::write(&target, "old").expect("written");
            let write = || {
                let mut staged = Staged::beside(&target, Access::Usual)?;
                staged.write(b"new ")?;
                staged.write(b"and whole")?;
                staged.publish()
            };
            let (result, fired) = fail_at(n, kind, write);
            let found = fs::read_to_string(&target).expect("there");
            match &result {
                Ok(()) => assert_eq!(found, "new and whole", "call {n}"),
                Err(e) => {
                    assert_eq!(found, "old", "call {n}");
                    assert_eq!(e.kind(), ErrorKind::Output);
                }
            }
            assert_eq!(room.names(), ["out.json"], "call {n} leaves nothing behind");
            if !fired {
                assert!(n >= 5 && result.is_ok(), "{n} calls");
                break;
            }
        }
    }
}

#[test]
fn a_folder_is_the_old_or_the_new_one_whatever_call_fails() {
    let room = Room::new("nth-folder");
    let target = room.0.join("report");
    let ours = |name: &str| name.ends_with(".csv") || name == "findings.json";
    for kind in KINDS {
        for n in 0.. {
            let _ = fs::remove_dir_all(&target);
            fs::create_dir(&target).expect("made");
            fs::write(target.join("findings.json"), "old").expect("written");
            fs::write(target.join("gone.csv"), "old").expect("written");
            let write = || {
                let staged = StagedFolder::beside(&target, ours)?;
                staged.file("findings.json", put(b"new"))?;
                staged.file("tables/rivals.csv", put(b"new"))?;
                staged.publish()
            };
            let (result, fired) = fail_at(n, kind, write);
            let read = |name: &str| fs::read_to_string(target.join(name)).ok();
            if result.is_ok() {
                assert_eq!(read("findings.json").as_deref(), Some("new"));
                assert_eq!((read("tables/rivals.csv").as_deref(), read("gone.csv")), (Some("new"), None));
            } else {
                assert_eq!((read("findings.json").as_deref(), read("gone.csv").as_deref()), (Some("old"), Some("old")));
                assert!(!target.join("tables").exists(), "call {n}");
            }
            assert_eq!(room.names(), ["report"], "call {n} leaves nothing behind");
            if !fired {
                assert!(n >= 8 && result.is_ok(), "{n} calls");
                break;
            }
        }
    }
}

#[test]
fn a_new_folder_needs_no_old_one_and_files_of_others_are_left_alone() {
    let room = Room::new("folder");
    let target = room.0.join("report");
    let write = |target: &Path| {
        let staged = StagedFolder::beside(target, |name| name == "a.csv")?;
        staged.file("a.csv", put(b"1"))?;
        assert!(staged.file("../b.csv", put(b"1")).is_err() && staged.file("/b.csv", put(b"1")).is_err());
        staged.publish()
    };
    write(&target).expect("a new one");
    write(&target.join("")).expect("again");
    fs::write(target.join("notes.md"), "mine").expect("written");
    let refused = write(&target).expect_err("holds my notes").to_string();
    assert!(refused.contains("notes.md"), "{refused}");
    assert!(write(&target.join("a.csv")).is_err(), "a file is no folder");
    assert!(write(Path::new("/")).is_err());
    assert_eq!(room.names(), ["report"]);
}

#[test]
fn scratch_is_read_as_often_as_needed_and_leaves_nothing() {
    let room = Room::new("scratch");
    let target = room.0.join("report");
    let staged = StagedFolder::beside(&target, |_| true).expect("begun");
    let mut scratch = staged.scratch().expect("begun");
    scratch.write(b"one\n").expect("written");
    scratch.write(b"two\n").expect("written");
    for _ in 0..2 {
        let mut text = String::new();
        scratch.read().expect("opened").read_to_string(&mut text).expect("read");
        assert_eq!(text, "one\ntwo\n");
    }
    staged.publish().expect("published");
    assert_eq!(room.names().len(), 2, "{:?}", room.names());
    drop(scratch);
    assert_eq!(room.names(), ["report"]);
    for kind in KINDS {
        let (refused, _) = fail_at(0, kind, || Scratch::beside(&target).map(drop));
        assert_eq!(refused.expect_err("cannot be").kind(), ErrorKind::Output);
    }
    assert_eq!(room.names(), ["report"]);
}

/// What another program writes into the file (SQLite) fails as our own bytes do.
#[test]
fn a_writer_of_its_own_tells_why_it_could_not_write() {
    let room = Room::new("own");
    let staged = StagedFolder::beside(&room.0.join("report"), |_| true).expect("begun");
    let refused = staged.file("a", |sink| {
        sink.fail(IoKind::StorageFull.into());
        Ok(())
    });
    let refused = refused.expect_err("full");
    assert!(refused.kind() == ErrorKind::Output && refused.to_string().contains("make room"), "{refused}");
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_written() {
    let room = Room::new("refused");
    for target in [room.0.clone(), room.0.join("missing/out.json"), PathBuf::from("/"), PathBuf::from("")] {
        let refused = Staged::beside(&target, Access::Usual).expect_err("cannot be");
        assert_eq!(refused.kind(), ErrorKind::Output);
    }
    drop(Staged::beside(&room.0.join("unfinished"), Access::Usual).expect("begun"));
    assert_eq!(room.names(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn permissions_links_and_devices_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let room = Room::new("modes");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let (target, link) = (room.0.join("out"), room.0.join("link"));
    fs::write(&target, "old").expect("written");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).expect("set");
    symlink(&target, &link).expect("linked");
    publish(&link, b"new").expect("published");
    assert_eq!((fs::read(&target).expect("there"), mode(&target)), (b"new".to_vec(), 0o640));
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    let raw = room.0.join("raw");
    let staged = Staged::beside(&raw, Access::Owner).expect("begun");
    staged.publish().expect("published");
    assert_eq!(mode(&raw), 0o600);
    publish(Path::new("/dev/null"), b"x").expect("a device takes it");
    assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
    #[cfg(target_os = "linux")]
    assert_eq!(publish(Path::new("/dev/full"), b"x").expect_err("full").kind(), ErrorKind::Output);
}

#[test]
fn two_runs_to_one_target_leave_one_whole_result() {
    let room = Room::new("two");
    let target = room.0.join("out");
    let texts: Vec<String> = (0..4).map(|i| i.to_string().repeat(20_000)).collect();
    std::thread::scope(|scope| {
        for text in &texts {
            scope.spawn(|| {
                for _ in 0..20 {
                    publish(&target, text.as_bytes()).expect("published");
                }
            });
        }
    });
    assert!(texts.contains(&fs::read_to_string(&target).expect("there")));
    assert_eq!(room.names(), ["out"]);
}
