//! What a run would read, before it is run: per file its format, its columns, and a few posts.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::accumulate::excerpt;
use crate::read::post::Post;
use crate::read::reject::Reason;
use crate::read::{FileFacts, Format, Inputs, Reader, Reading, Row};

/// Batches that are read of each file: about a megabyte.
const BATCHES: usize = 4;
/// Posts that are shown of each file.
const POSTS: usize = 3;
/// Characters of a post that are shown.
const SHOWN: usize = 70;
/// Unused columns that are named.
const UNUSED: usize = 12;

/// What is known of the inputs without reading all of them.
#[derive(Debug)]
pub struct DryRun {
    /// One page for people.
    pub page: String,
    /// Files that cannot be used.
    pub failed: usize,
}

/// Looks at the beginning of every input.
pub fn dry_run(inputs: &Inputs, reading: &Reading) -> DryRun {
    let mut page = String::new();
    let mut failed = 0;
    for (at, input) in inputs.as_slice().iter().enumerate() {
        match Reader::glance(inputs, at, reading, BATCHES) {
            Ok(glance) => {
                let mut rows = Vec::new();
                for batch in &glance.batches {
                    batch.parse(&mut rows);
                }
                describe(&mut page, &glance.facts, &rows, glance.whole);
            }
            Err(failure) => {
                failed += 1;
                // The name stands above it already.
                let told = failure.error.to_string();
                let told = told.strip_prefix(&format!("{}: ", input.label())).map_or(told.as_str(), |rest| rest);
                let _ = writeln!(page, "{}\n  error      {} {told}", input.label(), failure.reason.code());
            }
        }
    }
    DryRun { page, failed }
}

fn describe(page: &mut String, facts: &FileFacts, rows: &[Row], whole: bool) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{}", facts.label);
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(page, "  {name:<10} {text}");
    };
    let mut format = vec![facts.format.as_str().to_string()];
    if let Format::Table(Some(separator)) = facts.format {
        format.push(format!("separator {}", separator.shown()));
    }
    if facts.format != Format::Sheet {
        format.push(facts.charset.as_str().to_string());
    }
    format.push(facts.packing.to_string());
    line("format", &format.join(", "));
    let mut told: Vec<&Vec<String>> = Vec::new();
    for (field, columns) in &facts.columns {
        // A column of times is one of clocks too.
        if !told.contains(&columns) {
            line(field.as_str(), &columns.join(", else "));
        }
        told.push(columns);
    }
    if !facts.unused.is_empty() {
        let mut unused: Vec<&str> = facts.unused.iter().map(String::as_str).take(UNUSED).collect();
        let more = format!("{} more", facts.unused.len().saturating_sub(UNUSED));
        if facts.unused.len() > UNUSED {
            unused.push(&more);
        }
        line("unused", &unused.join(", "));
    }
    let mut others: BTreeMap<Reason, usize> = BTreeMap::new();
    for row in rows {
        if let Row::Reject(reject) = row {
            *others.entry(reject.reason).or_default() += 1;
        }
    }
    let posts: Vec<&Post> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Post(post) => Some(post),
            Row::Reject(_) => None,
        })
        .collect();
    let seen = if whole { "in all" } else { "at its beginning" };
    let others: String =
        others.iter().map(|(reason, rows)| format!(", {rows} {} {}", reason.code(), reason.name())).collect();
    line("rows", &format!("{} {seen}: {} posts{others}", rows.len(), posts.len()));
    for remark in &facts.remarks {
        line("remark", &format!("{} {}", remark.code(), remark.explain()));
    }
    for (post, number) in posts.into_iter().zip(1..=POSTS) {
        line(&format!("post {number}"), &shown(post));
    }
}

/// A post in one line, with everything personal covered.
fn shown(post: &Post) -> String {
    let excerpt = excerpt(&post.text, &[], SHOWN);
    let mut text = excerpt.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if excerpt.cut {
        text.push('…');
    }
    let known = |name: &str, there: bool| if there { format!(" · {name}") } else { String::new() };
    let mut out = format!("“{text}”");
    for part in [post.time.as_ref().map(|time| time.text.as_str()), post.platform.as_deref()].into_iter().flatten() {
        out.push_str(" · ");
        out.push_str(part);
    }
    for (name, count) in post.reception.known() {
        let _ = write!(out, " · {count} {name}");
    }
    out + &known("author known", post.author.is_some()) + &known("a comment", post.is_comment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_what_would_be_read() {
        let file =
            "评论ID;用户昵称;评论内容;发布时间;页码\n66;王;打13812345678订位，人多;2024-03-01;1\n67;李;;2024-03-02;1\n";
        let inputs = Inputs::from_bytes("a.csv", file.as_bytes());
        let told = dry_run(&inputs, &Reading::default());
        assert_eq!(told.failed, 0);
        for piece in [
            "a.csv\n  format     CSV, separator ;, UTF-8, plain\n",
            "  text       评论内容\n",
            "  unused     页码\n",
            "  rows       2 in all: 1 posts, 1 S604 no-text\n",
            "  post 1     “打▇▇▇订位，人多” · 2024-03-01 · author known",
        ] {
            assert!(told.page.contains(piece), "{piece} is not in\n{}", told.page);
        }
        assert!(!told.page.contains("王"), "{}", told.page);
        let bad = dry_run(&Inputs::from_bytes("b.csv", &b"nr,colour\n1,red\n"[..]), &Reading::default());
        assert_eq!(bad.failed, 1);
        assert!(bad.page.starts_with("b.csv\n  error      R208 no column"), "{}", bad.page);
    }
}
