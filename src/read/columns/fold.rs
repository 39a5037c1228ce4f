//! Names of columns as they are compared.

/// Objects that hold a post, and say nothing of what stands in them: `data.title` is a title.
const HOLDERS: &[&str] = &[
    "data",
    "node",
    "legacy",
    "note_card",
    "noteCard",
    "snippet",
    "topLevelComment",
    "fields",
    "_source",
    "mblog",
    "status",
    "result",
    "attributes",
    "item",
    "post",
    "note",
    "aweme",
    "aweme_info",
    "review",
    "tweet",
    "record",
    "value",
    "note_detail",
    "noteDetail",
];

/// Traditional characters of column names, each before its simplified form.
const TRADITIONAL: &str = "內内標标題题發发佈布時时間间評评論论點点讚赞貼贴連连結结網网關关鍵键詞词來来號号戶户暱昵稱称筆笔記记視视頻频創创編编區区國国轉转應应復复覆复鏈链說说語语臺台蹤踪搜搜類类簡简長长員员體体會会買买賣卖價价";

/// A name as it is compared: simplified, lower case, without blanks and signs, without what stands in brackets at its end and
/// without the objects that merely hold the post.
pub(super) fn fold(name: &str) -> String {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let bare = match name.find(['(', '（']) {
        Some(at) if at > 0 && (name.ends_with([')', '）']) || name[at..].starts_with("(GMT")) => &name[..at],
        _ => name,
    };
    let parts: Vec<&str> = bare.split(['.', '/']).collect();
    let holds = |part: &&&str| !HOLDERS.contains(*part);
    let told: Vec<&str> = match parts.split_last() {
        Some((last, before)) => before.iter().filter(holds).chain([last]).copied().collect(),
        None => parts,
    };
    told.iter()
        .flat_map(|part| part.chars())
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '\u{a0}' | '*' | '：' | ':'))
        .flat_map(char::to_lowercase)
        .map(simplified)
        .collect()
}

fn simplified(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let mut pairs = TRADITIONAL.chars();
    while let (Some(traditional), Some(simplified)) = (pairs.next(), pairs.next()) {
        if traditional == c {
            return simplified;
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_name() {
        for (name, folded) in [
            ("Full Text", "fulltext"),
            ("full_text", "fulltext"),
            ("\u{feff}\u{feff}id ", "id"),
            ("發布時間", "发布时间"),
            ("Published Date (GMT-05:00) New York", "publisheddate"),
            ("评论内容（必填）", "评论内容"),
            ("Date/Time", "datetime"),
            ("data.note_card.user.nickname", "usernickname"),
            ("author/userName", "authorusername"),
            ("data", "data"),
            ("(none)", "(none)"),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }
}
