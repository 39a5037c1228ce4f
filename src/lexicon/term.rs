//! One line of a `terms` block: a surface and its flags.

use crate::normalize::{is_han, normalize};

use super::entry::{Boundary, Term};

/// Han characters from which on a surface stands wherever it is found, unless a flag says otherwise. So long a surface hardly ever arises
/// across words by accident, while the segmenter cuts unusual ones (dish names, brands, Cantonese) apart: 788 such vetoes
/// beside 8,884 hits that stood, and nearly all of those that were read were wrong.
const LONG: usize = 3;

/// Characters of written Cantonese alone: the segmenter, which knows the standard language, cuts words with one of them apart.
const CANTONESE: &str = "嘅唔冇咗啲睇咁嘢佢喺嚟嗰哋";

/// What is wrong with a term: code, sentence, help.
pub(super) type TermFault = (&'static str, String, &'static str);

/// The surface of a line without its comment; `None` for a blank line.
pub(super) fn strip_comment(line: &str) -> Option<&str> {
    let text = match line.strip_prefix('#').or_else(|| line.trim_start().strip_prefix('#')) {
        // A line that begins with `#` is a comment.
        Some(_) => "",
        None => line.find(" #").map_or(line, |at| &line[..at]),
    };
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

/// Reads one surface with its flags, under an entry's own boundary policy if it has one.
pub(super) fn parse(
    written: &str,
    entry_boundary: Option<Boundary>,
    lone_han_allowed: bool,
) -> Result<Term, TermFault> {
    let mut rest = written.trim();
    let mut term = Term {
        surface: String::new(),
        open: false,
        boundary: entry_boundary.unwrap_or(Boundary::Inside),
        capital: false,
        exact: false,
        verb: false,
        passing: false,
        thing: false,
    };
    let mut policy = entry_boundary.is_some();
    while let Some((before, flag)) = rest.strip_suffix('}').and_then(|r| r.rsplit_once('{')) {
        match flag.trim() {
            "strict" => (term.boundary, policy) = (Boundary::Strict, true),
            "raw" => (term.boundary, policy) = (Boundary::Raw, true),
            "inside" => (term.boundary, policy) = (Boundary::Inside, true),
            "cap" => term.capital = true,
            "exact" => term.exact = true,
            "verb" => term.verb = true,
            "passing" => term.passing = true,
            "thing" => term.thing = true,
            other => {
                return Err((
                    "L805",
                    format!("unknown flag {{{other}}}"),
                    "known flags: strict, raw, inside, cap, exact, verb, passing, thing",
                ));
            }
        }
        rest = before.trim_end();
    }
    if let Some(stem) = rest.strip_suffix('*') {
        (term.open, rest) = (true, stem);
    }
    term.surface = normalize(rest).trim().to_owned();
    let han = term.surface.chars().filter(|&c| is_han(c)).count();
    if !policy && (han >= LONG || han > 1 && term.surface.contains(|c| CANTONESE.contains(c))) {
        term.boundary = Boundary::Raw;
    }
    check(&term, written, policy || lone_han_allowed)?;
    Ok(term)
}

fn check(term: &Term, written: &str, policy: bool) -> Result<(), TermFault> {
    let mut chars = term.surface.chars();
    let first = chars.next();
    if !term.surface.chars().any(|c| !c.is_whitespace()) {
        return Err((
            "L801",
            format!("empty surface: {written:?} leaves nothing after normalizing"),
            "remove the line",
        ));
    }
    if let (Some(c), None, false) = (first, chars.next(), policy)
        && is_han(c)
    {
        return Err((
            "L802",
            format!("a surface of one character, {written}, needs a boundary policy"),
            "add {strict} (only as a word of its own) or {raw} (anywhere) behind it",
        ));
    }
    if term.open && (term.surface.chars().any(is_han) || term.surface.len() < 3) {
        return Err((
            "L805",
            format!("`*` in {written}"),
            "`*` stands at the end of a Latin word of at least three letters",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_comments_and_endings() {
        let term = parse("Target {cap} {exact}", None, false).expect("valid");
        assert!(term.capital && term.exact && term.surface == "target");
        assert!(parse("refresh*", None, false).expect("valid").open);
        assert_eq!(parse("茶 {strict}", None, false).expect("valid").boundary, Boundary::Strict);
        assert!(parse("fun {thing}", None, false).expect("valid").thing);
        assert_eq!(parse("冇事", None, false).expect("valid").boundary, Boundary::Raw);
        assert_eq!(parse("冇事 {inside}", None, false).expect("valid").boundary, Boundary::Inside);
        assert_eq!(parse("无事", None, false).expect("valid").boundary, Boundary::Inside);
        assert_eq!(strip_comment("夜宵   # text"), Some("夜宵"));
        assert_eq!(strip_comment("# all of it"), None);
        assert_eq!(strip_comment("C#"), Some("C#"));
    }

    #[test]
    fn faults_have_their_codes() {
        assert_eq!(parse("\u{200B}", None, false).expect_err("empty").0, "L801");
        assert_eq!(parse("茶", None, false).expect_err("short").0, "L802");
        assert_eq!(parse("x {loud}", None, false).expect_err("flag").0, "L805");
        assert!(parse("🍺", None, false).is_ok());
    }
}
