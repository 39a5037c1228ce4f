//! Rows that were not used, one JSON line each (`--rejects FILE`).

use serde::Serialize;

use super::json;
use crate::read::reject::Reject;

/// One line. It tells where and why, never what the post says.
#[derive(Serialize)]
struct Line<'r> {
    file: &'r str,
    row: u64,
    line: u64,
    byte: u64,
    code: &'static str,
    reason: &'static str,
    detail: &'r str,
}

/// The rejects as JSON Lines; `labels` are the names of the inputs, by the index in a reject's origin.
pub fn reject_lines(rejects: &[Reject], labels: &[String]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rejects.len() * 128);
    for reject in rejects {
        let line = Line {
            file: labels.get(reject.origin.file as usize).map_or("?", String::as_str),
            row: reject.origin.row,
            line: reject.line,
            byte: reject.byte,
            code: reject.reason.code(),
            reason: reject.reason.name(),
            detail: &reject.detail,
        };
        json::compact(&mut out, &line);
        out.push(b'\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::post::Origin;
    use crate::read::reject::Reason;

    #[test]
    fn a_line_tells_where_and_why() {
        let reject = Reject {
            origin: Origin { file: 0, row: 7 },
            line: 12,
            byte: 3041,
            reason: Reason::UnterminatedQuote,
            detail: "column 3".to_owned(),
        };
        let elsewhere = Reject { origin: Origin { file: 9, row: 1 }, ..reject.clone() };
        let out = reject_lines(&[reject, elsewhere], &["夜店\u{1b}[2J.csv".to_owned()]);
        assert_eq!(
            String::from_utf8(out).expect("UTF-8"),
            concat!(
                r#"{"file":"夜店\u001b[2J.csv","row":7,"line":12,"byte":3041,"code":"R201","reason":"unterminated-quote","detail":"column 3"}"#,
                "\n",
                r#"{"file":"?","row":1,"line":12,"byte":3041,"code":"R201","reason":"unterminated-quote","detail":"column 3"}"#,
                "\n"
            )
        );
    }
}
