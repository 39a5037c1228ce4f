//! Marks → examples and a line of the precision table, in an overlay folder. Nothing is written here: the caller gets whole files.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::Subject;
use super::page::string;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::source::Source;
use crate::lexicon::{Entry, Lexicon, precision};

/// A marked sample.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marked {
    label: String,
    #[serde(default)]
    corpus: String,
    #[serde(default)]
    post: Vec<MarkedPost>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkedPost {
    verdict: Spanned<String>,
    /// For the reader of the file, as is the text.
    #[serde(default, rename = "words")]
    _words: IgnoredAny,
    rule: Spanned<String>,
    #[serde(default)]
    clause: String,
    #[serde(default, rename = "text")]
    _text: IgnoredAny,
}

/// What marking gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// What was sampled.
    pub label: String,
    /// Posts marked right, wrong, and left open.
    pub right: u32,
    /// Posts marked wrong.
    pub wrong: u32,
    /// Posts without a verdict.
    pub open: u32,
    /// Examples that are new.
    pub examples: usize,
    /// Files of the overlay, by their path below it, as they are to stand there.
    pub files: BTreeMap<String, String>,
}

/// A verdict, in the ways that people write it.
fn verdict(written: &str) -> Option<Option<bool>> {
    match written.trim().to_lowercase().as_str() {
        "" | "?" => Some(None),
        "right" | "r" | "yes" | "y" | "ok" | "true" | "对" | "正确" => Some(Some(true)),
        "wrong" | "w" | "no" | "n" | "false" | "错" | "错误" => Some(Some(false)),
        _ => None,
    }
}

/// Turns a marked sample into the files of an overlay: `match` and `miss` examples for the entries that were right and wrong, and a line in
/// the overlay's table of precision. `overlay` holds the files that stand there already; `lexicon` is loaded with them.
///
/// # Errors
/// A file that is no marked sample; a verdict that cannot be read; a rule or label that is gone.
pub fn apply(lexicon: &Lexicon, sample: &Source, overlay: &[Source], date: &str) -> Result<Applied> {
    let place = |byte: usize, message: String, help: &str| {
        let (line, column) = sample.place(byte);
        Error::new(ErrorKind::Usage, message).at(&sample.shown, line, column).help(help)
    };
    let marked: Marked = toml::from_str(&sample.text).map_err(|e| {
        place(e.span().map_or(0, |s| s.start), e.message().to_owned(), "`rival sample --for ID` writes such a file")
    })?;
    let subject = Subject::read(lexicon, &marked.label)?;
    let mut applied = Applied { label: subject.name(lexicon), ..Applied::default() };
    let mut examples: BTreeMap<usize, [Vec<&str>; 2]> = BTreeMap::new();
    for post in &marked.post {
        let Some(verdict) = verdict(post.verdict.get_ref()) else {
            let message = format!("the verdict `{}` is not understood", post.verdict.get_ref());
            return Err(place(post.verdict.span().start, message, "write \"right\", \"wrong\", or leave it \"\""));
        };
        let Some(right) = verdict else {
            applied.open += 1;
            continue;
        };
        *(if right { &mut applied.right } else { &mut applied.wrong }) += 1;
        let Some(rule) = lexicon.taxonomy.rules.iter().position(|r| r == post.rule.get_ref()) else {
            let message = format!("there is no entry `{}`", post.rule.get_ref());
            return Err(place(post.rule.span().start, message, "draw the sample anew: the lexicons have changed"));
        };
        let entry = &lexicon.entries[rule];
        let clause = post.clause.trim();
        let known = entry.matches.iter().chain(&entry.misses).any(|e| e == clause);
        let of_rule = &mut examples.entry(rule).or_default()[usize::from(!right)];
        if !clause.is_empty() && !known && !of_rule.contains(&clause) {
            of_rule.push(clause);
        }
    }
    for (rule, [matches, misses]) in &examples {
        applied.examples += matches.len() + misses.len();
        if !matches.is_empty() || !misses.is_empty() {
            add_examples(lexicon, &lexicon.entries[*rule], [matches, misses], overlay, &mut applied.files)?;
        }
    }
    if applied.right + applied.wrong > 0 {
        let table = overlay.iter().find(|s| s.path == precision::FILE).map_or("", |s| s.text.as_str());
        let row =
            precision::row(&applied.label, applied.right + applied.wrong, applied.right, date, &marked.corpus, string);
        applied
            .files
            .insert(precision::FILE.to_owned(), precision::with_row(table, &applied.label, &marked.corpus, &row));
    }
    Ok(applied)
}

/// A file of entries, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Thin {
    category: Vec<Spanned<ThinEntry>>,
    brand: Vec<Spanned<ThinEntry>>,
    occasion: Vec<Spanned<ThinEntry>>,
    motive: Vec<Spanned<ThinEntry>>,
    essence: Vec<Spanned<ThinEntry>>,
    relation: Vec<Spanned<ThinEntry>>,
    stage: Vec<Spanned<ThinEntry>>,
    voice: Vec<Spanned<ThinEntry>>,
    customer: Vec<Spanned<ThinEntry>>,
}

#[derive(Debug, Deserialize)]
struct ThinEntry {
    id: Spanned<String>,
    role: Option<String>,
    #[serde(rename = "match")]
    matches: Option<Spanned<Vec<String>>>,
    #[serde(rename = "miss")]
    misses: Option<Spanned<Vec<String>>>,
}

impl Thin {
    fn of_kind(self, kind: &str) -> Vec<Spanned<ThinEntry>> {
        match kind {
            "category" => self.category,
            "brand" => self.brand,
            "occasion" => self.occasion,
            "motive" => self.motive,
            "essence" => self.essence,
            "relation" => self.relation,
            "stage" => self.stage,
            "voice" => self.voice,
            _ => self.customer,
        }
    }
}

/// Adds examples to an entry of the overlay, wherever it stands there, or gives it a new entry.
fn add_examples(
    lexicon: &Lexicon,
    entry: &Entry,
    new: [&[&str]; 2],
    overlay: &[Source],
    files: &mut BTreeMap<String, String>,
) -> Result<()> {
    let kind = entry.target.kind();
    let rule = lexicon.taxonomy.rule(entry.rule);
    let (path, name) = rule.split_once('#').unwrap_or((rule, rule));
    let (id, role) = match kind {
        "motive" => name.split_once(':').map_or((name, None), |(id, role)| (id, Some(role))),
        _ => (name, None),
    };
    for source in overlay.iter().filter(|s| s.path != precision::FILE && s.path != "codebook.toml") {
        let text = files.get(&source.path).unwrap_or(&source.text);
        let thin: Thin = toml::from_str(text).map_err(|e| {
            Error::new(ErrorKind::Lexicon, e.message().to_owned())
                .in_file(&source.shown)
                .help("`rival lexicon check` shows where")
        })?;
        let own = thin.of_kind(kind).into_iter().map(Spanned::into_inner);
        if let Some(found) = own.into_iter().find(|e| e.id.get_ref() == id && e.role.as_deref() == role) {
            let mut text = text.clone();
            let mut edits = vec![(found.matches, "match", new[0]), (found.misses, "miss", new[1])];
            // From the end of the file to its beginning, so that places stay true.
            edits.sort_by_key(|(at, ..)| std::cmp::Reverse(at.as_ref().map_or(found.id.span().end, |a| a.span().end)));
            for (array, key, texts) in edits {
                insert(&mut text, array.map(|a| a.span().end), found.id.span().end, key, texts);
            }
            files.insert(source.path.clone(), text);
            return Ok(());
        }
    }
    let path = if path == "rival.toml" { "examples.toml" } else { path };
    let old = files.get(path).cloned().or_else(|| overlay.iter().find(|s| s.path == path).map(|s| s.text.clone()));
    let mut text = old.unwrap_or_default();
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    let role = role.map_or(String::new(), |role| format!("role = {}\n", string(role)));
    // An entry needs an example of either kind; where nobody marked one, the one that it has already.
    let or_known = |new: &[&str], known: &[String]| match new {
        [] => known.first().map_or_else(|| "[]".to_owned(), |k| list(&[k])),
        new => list(new),
    };
    text.push_str(&format!(
        "[[{kind}]]\nid = {}\n{role}match = {}\nmiss = {}\n",
        string(id),
        or_known(new[0], &entry.matches),
        or_known(new[1], &entry.misses)
    ));
    files.insert(path.to_owned(), text);
    Ok(())
}

fn list(texts: &[&str]) -> String {
    let quoted: Vec<String> = texts.iter().map(|t| format!("  {},\n", string(t))).collect();
    format!("[\n{}]", quoted.concat())
}

/// Puts texts at the end of an array that ends at a byte, or, where there is none, writes the key below the id.
fn insert(text: &mut String, end: Option<usize>, below: usize, key: &str, texts: &[&str]) {
    if texts.is_empty() {
        return;
    }
    let Some(end) = end else {
        let line_end = text[below..].find('\n').map_or(text.len(), |at| below + at);
        text.insert_str(line_end, &format!("\n{key} = {}", list(texts)));
        return;
    };
    let close = end.saturating_sub(1);
    let before = text[..close].trim_end();
    // A comment after the last text may end in anything; a comma on a line of its own is right in any case.
    let comma = if before.ends_with(['[', ',']) { "" } else { "," };
    let several = text[..close].ends_with('\n');
    let quoted: Vec<String> = texts.iter().map(|t| string(t)).collect();
    let more = if several {
        let comma = if comma.is_empty() { String::new() } else { "  ,\n".to_owned() };
        format!("{comma}{}", quoted.iter().map(|q| format!("  {q},\n")).collect::<String>())
    } else {
        format!("{comma}{}{}", if comma.is_empty() { "" } else { " " }, quoted.join(", "))
    };
    text.insert_str(close, &more);
}
