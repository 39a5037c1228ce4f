//! The canonical form of lexicon files: the same words and labels, in an order in which people find things.

mod block;

pub(super) use block::superfluous;

use crate::error::Result;
use crate::lexicon::blocks::{EntryText, entries};
use crate::lexicon::source::Source;

/// The words that begin the line which says what does not belong into a file.
const NOT_HERE: &str = "# Not here:";

/// What does not belong into the files of a folder, for a file that does not say it itself.
const ELSEWHERE: [(&str, &str); 8] = [
    (
        "categories/",
        "words of an occasion or a reason (occasions/, motives/); brands that are at home in another category.",
    ),
    ("occasions/", "things that are consumed (categories/): a product alone is no occasion; reasons (motives/)."),
    (
        "motives/",
        "negations of a listed word, which are found without being listed; occasions; praise that names no reason.",
    ),
    ("essences/", "plain benefits (motives/): an essence is what a thing is really about."),
    ("language/", "products, brands, occasions, reasons: what stands here is true in any market."),
    ("people/", "what is consumed, when and why; only who speaks."),
    ("journey/", "reasons and praise (motives/, language/): only where on a customer's way something is said."),
    ("noise/", "products and brands: only the wording of advertisements, giveaways and bots."),
];

/// A file in canonical form; the same text where it is that already.
///
/// Every block of surfaces is sorted within its sections and loses what another line finds already; brands are sorted by id between
/// comments; entries stand one blank line apart; the file opens with a comment that says what belongs there and what does not.
///
/// # Errors
/// A file that is no TOML or has unknown keys.
pub fn canonical(source: &Source) -> Result<String> {
    let text = with_blocks(&source.text, &entries(source)?);
    let source = Source { text, ..source.clone() };
    let text = with_entries(&source.text, &entries(&source)?);
    Ok(with_opening(&source.path, &text))
}

/// The text with every block rewritten.
fn with_blocks(text: &str, places: &[EntryText]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut blocks: Vec<_> = places.iter().flat_map(|p| &p.blocks).collect();
    blocks.sort_by_key(|b| b.range.start);
    for block in blocks {
        out.push_str(&text[at..block.range.start]);
        out.push_str(&block::canonical(&text[block.range.clone()], block));
        at = block.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// An entry as text: the comment lines above it, and the rest.
struct Chunk {
    kind: &'static str,
    id: String,
    above: String,
    body: String,
}

/// The text with its entries one blank line apart and its brands sorted between comments.
fn with_entries(text: &str, places: &[EntryText]) -> String {
    let starts: Vec<usize> = places.iter().map(|p| comments_above(text, p.start)).collect();
    let Some(&first) = starts.first() else { return format!("{}\n", text.trim_end()) };
    let mut chunks: Vec<Chunk> = places
        .iter()
        .zip(&starts)
        .zip(starts.iter().skip(1).chain([&text.len()]))
        .map(|((place, &from), &to)| Chunk {
            kind: place.kind,
            id: place.id.clone(),
            above: text[from..place.start].trim().to_owned(),
            body: text[place.start..to].trim_end().to_owned(),
        })
        .collect();
    // A comment above an entry begins a section and stays where it is; one below the last entry may belong to anything.
    let loose =
        chunks.last().is_some_and(|c| c.body.lines().next_back().is_some_and(|l| l.trim_start().starts_with('#')));
    let mut from = 0;
    while from < chunks.len() {
        let kind = chunks[from].kind;
        let more = chunks[from + 1..].iter().take_while(|c| c.kind == kind && c.above.is_empty()).count();
        let to = from + 1 + more;
        if kind == "brand" && !(loose && to == chunks.len()) {
            let above = std::mem::take(&mut chunks[from].above);
            chunks[from..to].sort_by(|a, b| a.id.cmp(&b.id));
            chunks[from].above = above;
        }
        from = to;
    }
    let mut out = text[..first].trim_end().to_owned();
    for chunk in &chunks {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        if !chunk.above.is_empty() {
            out.push_str(&chunk.above);
            out.push('\n');
        }
        out.push_str(&chunk.body);
    }
    out.push('\n');
    out
}

/// The byte at which the comment lines directly above an entry begin; those at the very top of the file are its opening, not the entry's.
fn comments_above(text: &str, start: usize) -> usize {
    let mut from = start;
    while let Some(line_start) = text[..from].strip_suffix('\n').map(|t| t.rfind('\n').map_or(0, |at| at + 1)) {
        if !text[line_start..from].starts_with('#') {
            break;
        }
        from = line_start;
    }
    if from == 0 { start } else { from }
}

/// The text with an opening comment that says what does not belong into the file.
fn with_opening(path: &str, text: &str) -> String {
    let Some((folder, elsewhere)) = ELSEWHERE.iter().find(|(folder, _)| path.starts_with(folder)) else {
        return text.to_owned();
    };
    let opening: usize = text.split_inclusive('\n').take_while(|l| l.starts_with('#')).map(str::len).sum();
    let (opening, rest) = text.split_at(opening);
    if opening.lines().any(|l| l.starts_with(NOT_HERE)) {
        return text.to_owned();
    }
    let here = if opening.is_empty() {
        format!("# {}: {}\n", folder.trim_end_matches('/'), path[folder.len()..].trim_end_matches(".toml"))
    } else {
        opening.to_owned()
    };
    format!("{here}{NOT_HERE} {elsewhere}\n\n{}", rest.trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::interpret::Interpreter;
    use crate::lexicon::Lexicon;
    use crate::matcher::Scratch;
    use crate::normalize::Document;

    fn form(text: &str) -> String {
        canonical(&Source::new("categories/beer.toml", text)).expect("parses")
    }

    #[test]
    fn lines_are_sorted_in_sections_and_doubles_go() {
        let text = "# Beer.\n# Not here: wine.\n\n[[category]]\nid = \"beer\"\nterms = '''\nbeers\n麥芽啤酒\n🍺\n啤酒   # the word\nbeer\n\n# Cantonese\n啤啤\n\
                    麦芽啤酒{raw}\n'''\nmatch = [\"啤酒\"]\nmiss = [\"水\"]";
        let expected = "# Beer.\n# Not here: wine.\n\n[[category]]\nid = \"beer\"\nterms = '''\n啤酒  # the word\nbeer\n🍺\n# Cantonese\n啤啤\n麦芽啤酒 {raw}\n'''\n\
                        match = [\"啤酒\"]\nmiss = [\"水\"]\n";
        assert_eq!(form(text), expected);
    }

    #[test]
    fn what_tells_surfaces_apart_keeps_both() {
        for lines in
            ["target\ntarget {cap}", "茶 {raw}\n茶 {strict}", "pub\npubs {exact} {passing}", "啤酒\n啤酒 {strict}"]
        {
            let text = format!("# a\n# Not here: b\n\n[[category]]\nid = \"beer\"\nterms = '''\n{lines}\n'''\n");
            assert!(lines.lines().all(|l| form(&text).contains(l)), "{}", form(&text));
        }
    }

    #[test]
    fn a_surface_that_a_resolve_claims_stays() {
        let text = "# a\n# Not here: b\n\n[[category]]\nid = \"beer\"\nterms = '''\napple\napples\n'''\nresolve = [{ terms = [\"apple\"], cues = [\"mac\"] }]\n";
        assert!(form(text).contains("apple\napples\n"), "{}", form(text));
    }

    #[test]
    fn brands_are_sorted_between_comments_and_files_have_an_opening() {
        let brand = |id: &str| format!("[[brand]]\nid = \"{id}\"\nterms = '''\n{id}\n'''\n");
        let text = format!("{}\n\n{}\n# craft\n{}{}", brand("snow"), brand("asahi"), brand("z_ale"), brand("b_ale"));
        let formed = form(&text);
        let ids: Vec<&str> = formed.lines().filter_map(|l| l.strip_prefix("id = ")).collect();
        assert_eq!(ids, ["\"asahi\"", "\"snow\"", "\"b_ale\"", "\"z_ale\""]);
        assert!(formed.starts_with("# categories: beer\n# Not here: words of an occasion"), "{formed}");
        assert!(formed.contains("\n\n# craft\n[[brand]]\nid = \"b_ale\""), "{formed}");
        assert!(!formed.contains("\n\n\n"), "{formed}");
    }

    /// Surfaces that meet each other in every way: plurals, twins in Traditional, open stems, flags.
    fn lines() -> impl Strategy<Value = Vec<String>> {
        let surface = prop::sample::select(vec![
            "beer",
            "beers",
            "Beer",
            "craft beer",
            "craft beers",
            "refresh*",
            "refresher",
            "refreshing",
            "bar",
            "bars",
            "barred",
            "don't",
            "dont",
            "hike",
            "hiking",
            "啤酒",
            "麥芽",
            "麦芽",
            "酒",
            "精釀啤酒",
            "精酿啤酒",
            "🍺",
            "e-bike",
            "e bike",
        ]);
        let flag = prop::sample::select(vec![
            "",
            "",
            "",
            " {exact}",
            " {verb}",
            " {cap}",
            " {strict}",
            " {raw}",
            " {passing}",
            " {thing}",
        ]);
        let comment = prop::sample::select(vec!["", "", "  # why", "  # 台灣"]);
        let own = (surface, flag, comment).prop_map(|(s, f, c)| format!("{s}{f}{c}"));
        let heading = prop::sample::select(vec!["# heading".to_owned(), String::new()]);
        prop::collection::vec(prop_oneof![6 => own, 1 => heading], 1..14)
    }

    fn lexicon(lines: &str, kind: &str) -> (String, Lexicon) {
        let (path, book) = match kind {
            "category" => (
                "categories/beer.toml",
                "[category]\nbeer = { zh = \"啤\", en = \"b\", sector = \"a\", role = \"d\" }\n",
            ),
            _ => (
                "occasions/time.toml",
                "[occasion]\nbeer = { zh = \"啤\", en = \"b\", facet = \"time\", def = \"\" }\n",
            ),
        };
        let text = format!("[[{kind}]]\nid = \"beer\"\nterms = '''\n{lines}\n'''\nmatch = [\"a\"]\nmiss = [\"b\"]\n");
        let formed = canonical(&Source::new(path, text.clone())).expect("parses");
        let load = |text: &str| Lexicon::read(&[vec![Source::new("codebook.toml", book), Source::new(path, text)]]).0;
        assert_eq!(canonical(&Source::new(path, formed.clone())).expect("parses"), formed, "twice is once");
        (formed, load(&text))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn labels_stay_what_they_are(lines in lines(), category in any::<bool>(), words in prop::collection::vec(prop::sample::select(vec![
            "beer", "Beers", "beer's", "craft beer", "craft beers", "Crafts", "refresh", "refreshed", "refreshingly", "refreshers", "bar", "Bars",
            "barring", "dont", "don't", "hiked", "hiking", "啤酒", "麦芽", "麥芽", "酒", "酒店", "精釀啤酒", "🍺", "e-bike", "e bikes", "昨晚喝", "，", ". ", "好喝",
        ]), 1..12)) {
            let kind = if category { "category" } else { "occasion" };
            let (formed, before) = lexicon(&lines.join("\n"), kind);
            let path = if category { "categories/beer.toml" } else { "occasions/time.toml" };
            let book = if category {
                "[category]\nbeer = { zh = \"啤\", en = \"b\", sector = \"a\", role = \"d\" }\n"
            } else {
                "[occasion]\nbeer = { zh = \"啤\", en = \"b\", facet = \"time\", def = \"\" }\n"
            };
            let after = Lexicon::read(&[vec![Source::new("codebook.toml", book), Source::new(path, formed.clone())]]).0;
            let text = words.join(" ");
            let read = |lexicon: Lexicon| {
                let interpreter = Interpreter::new(Arc::new(lexicon)).expect("compiles");
                interpreter.read(&Document::new(&text, 0), &mut Scratch::default())
            };
            prop_assert_eq!(read(before), read(after), "{}", formed);
        }
    }
}
