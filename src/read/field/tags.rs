//! Tags that an export keeps in a column of their own: the writer's words as much as those in the text.

/// Most tags of a post that are taken, and characters of one: beyond that it is a list of something else.
const TAGS: usize = 40;
const TAG_CHARS: usize = 40;

/// Appends to a text, on a line of their own, the tags in a cell that it does not hold already.
pub(crate) fn append(text: &mut String, cell: &str) {
    let mut line = String::new();
    for tag in tags(cell).take(TAGS) {
        let written = format!("#{tag}");
        if stands_in(text, &written) || stands_in(&line, &written) {
            continue;
        }
        line.push(if line.is_empty() { '\n' } else { ' ' });
        line.push_str(&written);
        // As Chinese platforms write it: a tag of theirs is not parted from what follows by a space.
        if !tag.is_ascii() {
            line.push('#');
        }
    }
    text.push_str(&line);
}

/// The tags in a cell: `a,b`, `#a #b[话题]#`, `['a', 'b']`, `a b`.
fn tags(cell: &str) -> impl Iterator<Item = &str> {
    let cell = cell.trim().trim_start_matches('[').trim_end_matches(']');
    let listed: fn(char) -> bool = |c| matches!(c, ',' | '，' | '、' | ';' | '；' | '|');
    let marked: fn(char) -> bool = |c| c == '#';
    let parted = [listed, marked].into_iter().find(|sign| cell.contains(*sign)).unwrap_or(char::is_whitespace);
    let bare = |tag: &'_ str| -> bool { !tag.is_empty() && !tag.bytes().all(|byte| byte.is_ascii_digit()) };
    cell.split(parted)
        .map(|tag| tag.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '#')))
        .map(|tag| tag.trim_end_matches("[话题]").trim_end_matches("[超话]"))
        .filter(move |tag| bare(tag) && tag.chars().count() <= TAG_CHARS && !tag.contains(['{', '}', '<', '#']))
}

/// Whether a tag stands in a text, and not only as the beginning of a longer one.
fn stands_in(text: &str, tag: &str) -> bool {
    let ends = |at: usize| text[at + tag.len()..].chars().next().is_none_or(|next| !next.is_alphanumeric());
    text.match_indices(tag).any(|(at, _)| ends(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_as_tools_write_them() {
        for (cell, line) in [
            ("露营,啤酒", "\n#露营# #啤酒#"),
            ("露营 啤酒", "\n#露营# #啤酒#"),
            ("#露营 #啤酒[话题]#", "\n#露营# #啤酒#"),
            ("['beer', 'nightout']", "\n#beer #nightout"),
            ("[]", ""),
            ("night out; beer", "\n#night out #beer"),
            ("露营、露营", "\n#露营#"),
            ("1", ""),
            ("{\"a\":1}", ""),
        ] {
            let mut text = "喝了".to_string();
            append(&mut text, cell);
            assert_eq!(text, format!("喝了{line}"), "{cell}");
        }
    }

    #[test]
    fn what_the_text_has_is_not_said_twice() {
        let mut text = "夜宵#啤酒[话题]# #小龙虾节".to_string();
        append(&mut text, "啤酒,小龙虾,夜宵");
        assert_eq!(text, "夜宵#啤酒[话题]# #小龙虾节\n#小龙虾# #夜宵#");
    }
}
