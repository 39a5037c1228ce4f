//! The sample as a TOML file that a person marks in any editor.

use std::fmt::Write as _;

use super::Sample;

/// The file.
pub fn sample_page(sample: &Sample) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "# {} of the {} posts behind {}, drawn by hash: the same posts each time.\n\
         # It means: {}\n\
         # Read each post: do the words really say it? Write \"right\" or \"wrong\" into its verdict (r and w will do);\n\
         # leave \"\" where you cannot tell. `clause` becomes an example of the entry: shorten it if you like, or empty it.\n\
         # Then: rival sample --apply THIS_FILE --lexicons mine\n\n\
         label = {}\ncorpus = {}",
        sample.drawn.len(),
        sample.posts,
        one_line(&sample.label),
        one_line(&sample.meaning),
        string(&sample.label),
        string(&sample.corpus)
    );
    for post in &sample.drawn {
        let _ = writeln!(
            out,
            "\n[[post]]\nverdict = \"\"\nwords = {}\nrule = {}\nclause = {}\ntext = {}",
            string(&post.words),
            string(&post.rule),
            string(&post.clause),
            string(&post.text)
        );
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A TOML string on one line; what could act on a terminal is escaped.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>(), more in "[\\x00-\\x1f\\x7f-\\u{9f}\u{202a}-\u{202e}\"\\\\中a]{0,20}") {
            #[derive(serde::Deserialize)]
            struct File { text: String }
            let raw = text + &more;
            let file: File = toml::from_str(&format!("text = {}\n", string(&raw))).expect("valid TOML");
            prop_assert_eq!(file.text, raw);
        }
    }
}
