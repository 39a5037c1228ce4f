//! How many bytes happen to be there never changes how a file is cut.

use proptest::prelude::*;

use crate::limits;
use crate::read::Reading;
use crate::read::piece::{PieceKind, Pieces};
use crate::read::sniff::sniff;

/// What a stretch of a file was taken for: start, end, kind, reason.
type Cut = (usize, usize, &'static str, Option<&'static str>);

/// Cuts a file whose bytes arrive in steps of these sizes, again and again.
fn cut(bytes: &[u8], steps: &[usize]) -> Option<Vec<Cut>> {
    let sniffed = sniff(bytes, true, false, &Reading::default()).ok()?;
    let (mut cutter, mut at, mut there) = (sniffed.cutter, sniffed.head, sniffed.head);
    let mut cuts: Vec<Cut> = Vec::new();
    let mut steps = steps.iter().cycle();
    loop {
        let end = there == bytes.len();
        let mut pieces = Pieces::default();
        let used = cutter.cut(&bytes[at..there], end, &mut pieces);
        assert_eq!(pieces.list.iter().map(|piece| piece.len).sum::<usize>(), used);
        for piece in &pieces.list {
            let next = at + piece.len;
            let (kind, reason) = match piece.kind {
                PieceKind::Bad(fault) => ("bad", Some(pieces.faults[fault as usize].0.code())),
                PieceKind::Row => ("row", None),
                PieceKind::Rest => ("rest", None),
                PieceKind::Blank => ("blank", None),
                PieceKind::Frame => ("frame", None),
            };
            match cuts.last_mut() {
                // Stretches that say the same, and the rest of a damaged row, are one.
                Some(last) if last.2 == kind && (kind == "frame" || kind == "rest") => last.1 = next,
                Some(last) if last.2 == "bad" && kind == "rest" => last.1 = next,
                _ => cuts.push((at, next, kind, reason)),
            }
            at = next;
        }
        if end {
            assert_eq!(at, bytes.len(), "everything is cut at the end");
            return Some(cuts);
        }
        there = (there + steps.next().copied().unwrap_or(1).max(1)).min(bytes.len());
    }
}

fn alike(bytes: &[u8], steps: &[usize]) {
    assert_eq!(
        cut(bytes, steps),
        cut(bytes, &[bytes.len()]),
        "{steps:?} {}",
        String::from_utf8_lossy(&bytes[..bytes.len().min(900)])
    );
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let csv =
        "(7[0-9],t[a茶]{0,3}\n|7[0-9],\"t(\"\"|,|\n|\r\n|茶)*\"\r?\n|7,\"a\n|\"\n|x\n|\n|[\",\n\r;a7]{1,4}){0,12}";
    let list = "(\\{\"id\":7,\"text\":\"[a茶]\"\\},?\n?|\\{\"id\":7,\"c\":\\[\\{\"id\":1\\}\\]\\},|[\\{\\}\\[\\]\",:a7 \n]{1,4}){0,12}";
    prop_oneof![
        csv.prop_map(|body: String| format!("id,text\n{body}")),
        list.prop_map(|body: String| format!("[{body}")),
        list.prop_map(|body: String| format!("{{\"data\":[{{\"id\":7,\"text\":\"x\"}},{body}]}}")),
        list,
    ]
    .prop_map(String::into_bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_steps(bytes in bytes(), steps in prop::collection::vec(1usize..9, 1..6)) {
        alike(&bytes, &steps);
    }
}

#[test]
fn at_the_limits() {
    let big = limits::RECORD_BYTES;
    let steps = [&[big / 3][..], &[big + 3], &[big * 2 + 1], &[64 * 1024]];
    for size in [big - 1, big, big + 1, big + 2, 2 * big, 4 * big] {
        let text = "x".repeat(size);
        let many = "x\n".repeat(limits::RECORD_LINES * 2);
        for file in [
            format!("id,text\n7,{text}\n8,b\n9,\"{text}\"\n10,c\n"),
            format!("id,text\n7,\"{text}\n8,b\n9,\"{many}\"\n10,\"c\nd\"\n11,\"{text}"),
            format!("{{\"id\":7,\"text\":\"{text}\"}}\n{{\"id\":8,\"text\":\"b\"}}\n"),
            format!("[{{\"id\":7,\"text\":\"{text}\"}},{{\"id\":8,\"text\":\"b\"}}]"),
            format!("[{{\"id\":7,\"text\":\"a\"}},{{\"id\":8,\"text\":\"{text}}},{{\"id\":9,\"text\":\"b\"}}]"),
        ] {
            for step in steps {
                alike(file.as_bytes(), step);
            }
        }
    }
}
