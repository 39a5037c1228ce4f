//! Containers and inputs: reliability cases 53–59, 113, 115.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use super::{Columns, Event, Outcome, read};
use crate::read::{Input, Inputs, Reader};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 3).expect("an encoder");
    encoder.include_checksum(true).expect("a checksum");
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("written")
}

const FIRST: &str = "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"te";
const SECOND: &str = "xt\":\"b\"}\n{\"id\":3,\"text\":\"c\"}\n";

/// Reads without the checks that hold for plain files.
fn unpacked(bytes: &[u8]) -> Outcome {
    super::read_with(bytes, Columns::default())
}

fn reason(outcome: &Outcome) -> Option<&'static str> {
    outcome.failure.as_ref().map(|failure| failure.reason.code())
}

#[test]
fn members_and_frames_read_as_one_file() {
    let plain = read(format!("{FIRST}{SECOND}"));
    for pack in [gzip, zstd] {
        let joined = [pack(FIRST.as_bytes()), pack(b""), pack(SECOND.as_bytes())].concat();
        for (tail, remarks) in [(&b""[..], 0), (b"\0\0\0\0", 0), (b"junk", 1), (b"\0x", 1)] {
            let outcome = unpacked(&[&joined, tail].concat());
            if remarks > 0 && joined.starts_with(&[0x28]) {
                assert_eq!(reason(&outcome), Some("R402"));
                continue;
            }
            assert_eq!(outcome.rows, plain.rows);
            assert_eq!(outcome.facts.map(|facts| facts.remarks.len()), Some(remarks), "{tail:?}");
        }
    }
}

#[test]
fn a_packed_file_cut_anywhere_is_no_file() {
    for pack in [gzip, zstd] {
        let joined = [pack(FIRST.as_bytes()), pack(SECOND.as_bytes())].concat();
        let border = pack(FIRST.as_bytes()).len();
        for cut in 4..joined.len() {
            let outcome = unpacked(&joined[..cut]);
            // A whole first member is a whole file; one or two bytes of the next are junk that is told.
            let told = outcome.facts.as_ref().is_some_and(|facts| cut == border || !facts.remarks.is_empty());
            assert!(
                reason(&outcome) == Some("R401") || reason(&outcome) == Some("R402") || (told && cut <= border + 3),
                "{cut}"
            );
        }
    }
}

#[test]
fn a_flipped_bit_is_found_or_harmless() {
    let plain = read(format!("{FIRST}{SECOND}"));
    for pack in [gzip, zstd] {
        let joined = [pack(FIRST.as_bytes()), pack(SECOND.as_bytes())].concat();
        for at in 0..joined.len() {
            for bit in 0..8 {
                let mut damaged = joined.clone();
                damaged[at] ^= 1 << bit;
                let outcome = unpacked(&damaged);
                let harmless = outcome.rows == plain.rows && outcome.facts.is_some();
                assert!(outcome.failure.is_some() || harmless, "bit {bit} of byte {at}: {:?}", outcome.short());
            }
        }
    }
}

#[test]
fn bombs_and_nests_and_archives_are_refused() {
    let bomb = gzip(format!("text\n{}", "a".repeat(70 << 20)).as_bytes());
    assert_eq!(reason(&unpacked(&bomb)), Some("R403"));
    let fair = unpacked(&zstd(format!("text\n{}", "好喝，再来一杯\n".repeat(50_000)).as_bytes()));
    assert_eq!(fair.posts().len(), 50_000);
    assert_eq!(reason(&unpacked(&gzip(&gzip(b"text\na\n")))), Some("R404"));
    assert_eq!(reason(&unpacked(&zstd(&gzip(b"text\na\n")))), Some("R404"));
    assert_eq!(reason(&unpacked(b"PK\x03\x04rest")), Some("R402"));
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let good = |name: &str| Input::Bytes(name.into(), FIRST.as_bytes().into());
    let inputs: Inputs = [
        good("one"),
        Input::File(std::env::temp_dir()),
        Input::File(std::env::temp_dir().join("rival-is-not-here")),
        Input::Bytes("cut".into(), gzip(b"text\na\n")[..20].into()),
        Input::Bytes("shapeless".into(), b"a,b\n1,2\n"[..].into()),
        good("two"),
    ]
    .into_iter()
    .collect();
    let mut ends = Vec::new();
    for event in Reader::new(inputs, Columns::default()) {
        match event {
            Event::Batch(batch) => assert!([0, 5].contains(&batch.file())),
            Event::Closed(facts) => ends.push((facts.file, "closed")),
            Event::Failed(failure) => {
                assert!(failure.error.to_string().starts_with(&failure.label), "{}", failure.error);
                ends.push((failure.file, failure.reason.code()));
            }
        }
    }
    assert_eq!(ends, [(0, "closed"), (1, "R406"), (2, "R406"), (3, "R401"), (4, "R208"), (5, "closed")]);
}
