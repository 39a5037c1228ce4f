//! What web pages leave in a text: entities, tags, the button that unfolds it.

use std::borrow::Cow;

/// Named entities that are met in exports.
const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("sbquo", "‚"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("divide", "÷"),
    ("deg", "°"),
    ("plusmn", "±"),
    ("frac12", "½"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("yen", "¥"),
    ("pound", "£"),
    ("euro", "€"),
    ("cent", "¢"),
    ("hearts", "♥"),
    ("zwnj", "\u{200c}"),
    ("zwj", "\u{200d}"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("ntilde", "ñ"),
];

/// Longest entity between `&` and `;`.
const LONGEST: usize = 10;

/// What Weibo's pages leave at the end of a text that was folded or unfolded.
const BUTTONS: &[&str] = &["展开全文c", "收起全文d", "展开c", "收起d", "...展开全文", "…展开全文", "...全文", "…全文"];

/// The text without what the page left in it.
pub(crate) fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = if is_markup(&text) { Cow::Owned(without_tags(&text)) } else { text };
    let text = match decoded(&text) {
        Some(once) => Cow::Owned(decoded(&once).filter(|_| once.contains('&')).unwrap_or(once)),
        None => text,
    };
    unfolded(text)
}

fn unfolded(text: Cow<'_, str>) -> Cow<'_, str> {
    let bare = text.trim_end();
    let Some(kept) = BUTTONS.iter().find_map(|button| bare.strip_suffix(button)) else { return text };
    // The dots are the writer's only where nothing was folded behind them.
    let len = kept.trim_end_matches(['\u{200b}', ' ']).len();
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..len]),
        Cow::Owned(mut text) => {
            text.truncate(len);
            Cow::Owned(text)
        }
    }
}

/// The text with its entities as the characters they mean; `None` without any.
fn decoded(text: &str) -> Option<String> {
    let mut at = memchr::memchr(b'&', text.as_bytes())?;
    let mut out = String::new();
    let mut kept = 0;
    loop {
        if let Some((character, len)) = entity(&text[at..]) {
            out.push_str(&text[kept..at]);
            out.push_str(&character);
            kept = at + len;
        }
        let from = kept.max(at + 1);
        match memchr::memchr(b'&', &text.as_bytes()[from..]) {
            Some(found) => at = from + found,
            None => break,
        }
    }
    if kept == 0 {
        return None;
    }
    out.push_str(&text[kept..]);
    Some(out)
}

/// The entity at the start of a text: what it means, and its bytes.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = text.bytes().take(LONGEST + 2).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let meant = match name.strip_prefix('#') {
        None => Cow::Borrowed(ENTITIES.iter().find(|(known, _)| *known == name)?.1),
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            let character = char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))?;
            Cow::Owned(character.to_string())
        }
    };
    Some((meant, end + 1))
}

/// Whether a text is HTML: it closes a tag, or breaks a line with one.
fn is_markup(text: &str) -> bool {
    let Some(first) = memchr::memchr(b'<', text.as_bytes()) else { return false };
    let rest = &text[first..];
    ["</a>", "</span>", "</p>", "</div>", "</b>", "</i>", "</em>", "</strong>", "<br>", "<br/>", "<br />"]
        .iter()
        .any(|tag| memchr::memmem::find(rest.as_bytes(), tag.as_bytes()).is_some())
}

/// The text between the tags; a tag that ends a line leaves a line end.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = memchr::memchr(b'>', rest.as_bytes()).filter(|_| tag);
        let Some(end) = end else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let name = rest[1..end].to_ascii_lowercase();
        let name = name.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if matches!(name, "br" | "p" | "div" | "li") && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.truncate(out.trim_end_matches('\n').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_leave_nothing_in_a_text() {
        for (raw, clean) in [
            ("好喝&hellip;&hellip;", "好喝……"),
            ("Tom &amp; Jerry&#39;s &#x1F375; &amp;nbsp;tea", "Tom & Jerry's 🍵  tea"),
            ("a & b; c&d &unknown; &#0; &#xD800;", "a & b; c&d &unknown; &#0; &#xD800;"),
            ("周末去喝茶 展开全文c", "周末去喝茶"),
            ("今天的茶\u{200b}\u{200b}", "今天的茶\u{200b}\u{200b}"),
            ("<p>喝茶<br/>吃饼<a href='/n/x'>@朋友</a></p>", "喝茶\n吃饼@朋友"),
            ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
            ("<b>so</b> 5<6 <3", "so 5<6 <3"),
            ("<script>alert(1)", "<script>alert(1)"),
        ] {
            assert_eq!(plain(raw.into()), clean, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|[<>&;#/]|&amp;|<br>|展开全文c){0,30}") {
            let clean = plain(text.as_str().into()).into_owned();
            prop_assert!(clean.len() <= text.len() + 1);
        }
    }
}
