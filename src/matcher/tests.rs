//! The search against a naive one: every surface tried at every place.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::class_order::class_places;
use super::compile::is_told_by_its_mark;
use super::latin::{joined, variants};
use super::places::{PartHit, Sentences};
use super::scan::Hits;
use super::tables::Tables;
use crate::lexicon::id::RuleId;
use crate::lexicon::source::Source;
use crate::lexicon::{Boundary, Entry, Lexicon, Piece, Status, Term, embedded};
use crate::matcher::{Channel, Matcher, Reach, Scratch};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// What one surface of the lexicon looks for.
enum Wanted {
    Signs(String),
    Words { words: Vec<String>, open: bool },
}

/// A lexicon, compiled and as plain lists.
struct Stock {
    lexicon: Lexicon,
    tables: Tables,
    /// Every Latin word that stands in some surface as it is.
    vocabulary: BTreeSet<String>,
    surfaces: Vec<String>,
}

fn stock() -> &'static Stock {
    static STOCK: OnceLock<Stock> = OnceLock::new();
    STOCK.get_or_init(|| {
        let (lexicon, _) = Lexicon::read(&[embedded()]);
        let tables = Tables::compile(&lexicon).expect("compiles");
        let (mut vocabulary, mut surfaces) = (BTreeSet::new(), Vec::new());
        let mut note = |term: &Term, noun: bool| {
            surfaces.push(term.surface.clone());
            for wanted in wanted(term, noun) {
                if let Wanted::Words { mut words, open } = wanted {
                    words.truncate(words.len() - usize::from(open));
                    vocabulary.extend(words);
                }
            }
        };
        for terms in places(&lexicon) {
            terms.iter().for_each(|t| note(t, false));
        }
        for entry in live(&lexicon) {
            let resolved = entry.resolve.iter().flat_map(|r| &r.terms);
            entry.terms.iter().chain(&entry.unless).chain(resolved).for_each(|t| note(t, is_noun(entry)));
        }
        Stock { lexicon, tables, vocabulary, surfaces }
    })
}

fn live(lexicon: &Lexicon) -> impl Iterator<Item = &Entry> {
    lexicon.entries.iter().filter(|e| e.status != Status::Deprecated)
}

fn is_noun(entry: &Entry) -> bool {
    matches!(Channel::of(entry.target), Channel::Mention | Channel::Attribute)
}

/// The surfaces of every place, in the order of [`Tables::places`].
fn places(lexicon: &Lexicon) -> Vec<&[Term]> {
    let mut out: Vec<&[Term]> = vec![&[]; lexicon.classes.len()];
    for (class, place) in lexicon.classes.iter().zip(class_places(lexicon)).filter(|(class, _)| class.is_searched()) {
        out[place as usize] = &class.terms;
    }
    for entry in live(lexicon) {
        out.extend(entry.near.iter().flat_map(|n| &n.slots).map(|w| w.terms.as_slice()));
        let pieces = entry.sequences.iter().flat_map(|s| &s.pieces);
        out.extend(pieces.filter_map(|(_, piece)| match piece {
            Piece::Words(w) | Piece::Absent(w) => Some(w.terms.as_slice()),
            Piece::Slot(_) | Piece::Optional(_) => None,
        }));
        out.extend(entry.resolve.iter().map(|r| r.cues.terms.as_slice()));
    }
    out
}

fn wanted(term: &Term, noun: bool) -> Vec<Wanted> {
    let mut outline = Outline::default();
    outline.read(&term.surface);
    let words: Vec<&str> = outline.words.iter().map(|w| &term.surface[w.range()]).collect();
    let is_sign = words.is_empty() || is_told_by_its_mark(&term.surface, &words);
    if is_sign || term.surface.chars().any(|c| !c.is_ascii() && (!c.is_alphanumeric() || c as u32 >= 0x2E80)) {
        return vec![Wanted::Signs(term.surface.clone())];
    }
    let mut out = Vec::new();
    variants(term, &words, noun, |words| {
        out.push(Wanted::Words { words: words.iter().map(|&w| w.to_owned()).collect(), open: term.open });
    });
    out
}

/// A text that is searched the slow way.
struct Text<'t> {
    doc: &'t Document<'t>,
    outline: &'t Outline,
    vocabulary: &'t BTreeSet<String>,
}

impl Text<'_> {
    /// All places of a surface, each once, and the boundary policy that is left to check.
    fn find(&self, term: &Term, noun: bool) -> (BTreeSet<Span<Norm>>, Boundary) {
        let mut spans = BTreeSet::new();
        let mut boundary = Boundary::Raw;
        for wanted in wanted(term, noun) {
            match wanted {
                Wanted::Signs(surface) => {
                    boundary = term.boundary;
                    let norm = self.doc.norm();
                    let starts = norm.char_indices().map(|(at, _)| at).filter(|&at| norm[at..].starts_with(&surface));
                    let found = starts.map(|at| Span::new(at, at + surface.len()));
                    spans.extend(found.filter(|s| !self.cuts_a_word(s.start) && !self.cuts_a_word(s.end)));
                }
                Wanted::Words { words, open } => {
                    spans.extend((0..self.outline.words.len()).filter_map(|i| self.phrase(i, &words, open)))
                }
            }
        }
        spans.retain(|&s| !self.doc.is_foreign(s) && (!term.capital || self.is_capital(s)));
        (spans, boundary)
    }

    fn cuts_a_word(&self, at: u32) -> bool {
        let letter = |i: u32| self.doc.norm().as_bytes().get(i as usize).is_some_and(u8::is_ascii_alphanumeric);
        at > 0 && letter(at - 1) && letter(at)
    }

    fn phrase(&self, from: usize, words: &[String], open: bool) -> Option<Span<Norm>> {
        let norm = self.doc.norm();
        let here = self.outline.words.get(from..from + words.len())?;
        let joins = here.windows(2).all(|w| joined(norm, self.outline, w[0].end, w[1].start));
        let fits = here.iter().zip(words).enumerate().all(|(i, (span, word))| {
            let posted = &norm[span.range()];
            if open && i + 1 == words.len() {
                return (3..=16).contains(&word.len()) && posted.starts_with(word.as_str());
            }
            // A possessive counts as its word at the end of a phrase; inside one only where it is no word itself.
            let owner = posted.strip_suffix("'s") == Some(word);
            posted == word || owner && (i + 1 == words.len() || !self.vocabulary.contains(posted))
        });
        (joins && fits).then(|| Span::new(here[0].start as usize, here[here.len() - 1].end as usize))
    }

    fn is_capital(&self, span: Span<Norm>) -> bool {
        let raw = &self.doc.raw()[self.doc.to_raw(span).range()];
        raw.chars().next().is_some_and(char::is_uppercase)
    }
}

type Spoken = BTreeSet<(RuleId, Span<Norm>, Boundary, bool, bool)>;

/// Terms as (rule, place, boundary, passing, ambiguous), and the places of `unless` phrases.
fn naive_terms(lexicon: &Lexicon, text: &Text<'_>) -> (Spoken, BTreeSet<(RuleId, Span<Norm>)>) {
    let (mut terms, mut unless) = (BTreeSet::new(), BTreeSet::new());
    for entry in live(lexicon) {
        let resolved: Vec<&Term> = entry.resolve.iter().flat_map(|r| &r.terms).collect();
        let plain = entry.terms.iter().filter(|t| resolved.iter().all(|r| r.surface != t.surface));
        for (term, ambiguous) in plain.map(|t| (t, false)).chain(resolved.iter().map(|&t| (t, true))) {
            let (spans, boundary) = text.find(term, is_noun(entry));
            terms.extend(spans.into_iter().map(|s| (entry.rule, s, boundary, term.passing, ambiguous)));
        }
        for term in &entry.unless {
            let (spans, _) = text.find(term, is_noun(entry));
            unless.extend(spans.into_iter().map(|s| (entry.rule, s)));
        }
    }
    (terms, unless)
}

/// Per place its hits.
fn naive_places(lexicon: &Lexicon, text: &Text<'_>) -> Vec<BTreeSet<PartHit>> {
    let hits = |term: &Term| {
        let (spans, boundary) = text.find(term, false);
        let clause = |span: Span<Norm>| text.outline.clause_at(span.start) as u32;
        spans.into_iter().map(move |span| PartHit { span, boundary, clause: clause(span) })
    };
    places(lexicon).into_iter().map(|terms| terms.iter().flat_map(hits).collect()).collect()
}

/// Texts made of surfaces of the lexicon, in all ways of standing beside each other.
pub(crate) fn texts(surfaces: &'static [String]) -> impl Strategy<Value = String> {
    let between = prop::sample::select(vec![
        "", "", "", "，", "。", " ", " ", "不", "没有", "'s ", "s", "-", "吗？", "\n", " @", "#", "大", "X",
    ]);
    let capital = any::<bool>();
    prop::collection::vec((prop::sample::select(surfaces), between, capital), 1..9).prop_map(|parts| {
        let written = |surface: &String, capital: bool| if capital { surface.to_uppercase() } else { surface.clone() };
        parts.iter().map(|(surface, between, capital)| written(surface, *capital) + between).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Reliability 82.
    #[test]
    fn agrees_with_a_naive_search(raw in texts(&stock().surfaces)) {
        let Stock { lexicon, tables, vocabulary, .. } = stock();
        let doc = Document::new(&raw, 0);
        let mut outline = Outline::default();
        outline.read(doc.norm());
        let text = Text { doc: &doc, outline: &outline, vocabulary };
        let mut hits = Hits::default();
        // A second text in the same buffers must not see the first.
        hits.find(tables, &Document::new("昨天晚上喝了啤酒 and coffee", 0), &Outline::default());
        hits.find(tables, &doc, &outline);

        let (terms, unless) = naive_terms(lexicon, &text);
        let found: Spoken = hits.terms.iter().chain(&hits.cues).map(|h| (h.rule(), h.span(), h.boundary, h.passing, h.sense().is_some())).collect();
        prop_assert_eq!(&found, &terms);
        prop_assert_eq!(hits.unless.phrases.iter().copied().collect::<BTreeSet<_>>(), unless);

        let places = naive_places(lexicon, &text);
        for (place, expected) in (0..).zip(&places) {
            let mut found = Vec::new();
            hits.places.of_places(tables, &doc, &[place], &mut found);
            prop_assert_eq!(&found.into_iter().collect::<BTreeSet<_>>(), expected, "place {}", place);
        }
        // Every group whose parts all have a hit must be among those that are looked at.
        let sentences = |parts: &[Vec<u32>]| -> Option<BTreeSet<u32>> {
            let of_part = |part: &Vec<u32>| -> BTreeSet<u32> {
                let hits = part.iter().flat_map(|&place| &places[place as usize]);
                hits.map(|hit| outline.sentence_at(hit.span.start)).collect()
            };
            let parts: Vec<BTreeSet<u32>> = parts.iter().filter(|p| !p.is_empty()).map(of_part).collect();
            let all_met = parts.iter().all(|part| !part.is_empty());
            all_met.then(|| parts.into_iter().reduce(|a, b| &a & &b)).flatten()
        };
        for (id, near) in (0..).zip(&tables.nears) {
            let met = sentences(&near.slots).is_some();
            prop_assert!(!met || hits.places.nears.contains(&id), "near {}", id);
        }
        for (id, sequence) in (0..).zip(&tables.sequences) {
            let Some(common) = sentences(&sequence.places) else { continue };
            let known = hits.places.sequences.iter().find(|(known, _)| *known == id);
            let holds = |&(_, known): &(u32, Sentences)| common.iter().all(|&s| known.meets(Sentences::of(s)));
            prop_assert!(known.is_some_and(holds), "sequence {}", id);
        }
    }
}

/// The categories and brands of a text, by a user's own lexicon over the built-in one.
fn named(path: &str, overlay: &str, text: &str) -> Vec<String> {
    let layers = [embedded(), vec![Source::new(path, overlay)]];
    let (lexicon, faults) = Lexicon::read(&layers);
    assert!(faults.is_empty(), "{faults:?}");
    let matcher = Matcher::new(&lexicon, |_| Reach::Nowhere).expect("compiles");
    let mut scratch = Scratch::default();
    matcher.scan(&Document::new(text, 0), &mut scratch);
    scratch.mentions.iter().map(|m| lexicon.taxonomy.label(lexicon.entry(m.rule).target)).collect()
}

#[test]
fn a_letter_with_a_mark_is_told_by_it() {
    let languages = r##"
[[brand]]
id = "cpp"
en = "C++"
terms = """
c++
"""
match = ["I write C++"]
miss  = ["vitamin C"]

[[brand]]
id = "csharp"
en = "C#"
terms = """
c#
"""
match = ["I write C#"]
miss  = ["vitamin C"]
"##
    .replace("\"\"\"", "'''");
    assert_eq!(named("categories/software.toml", &languages, "C++, then C# in a class"), ["cpp", "csharp"]);
    assert_eq!(named("categories/software.toml", &languages, "用C++写的"), ["cpp"]);
    assert_eq!(named("categories/software.toml", &languages, "plan C and abc++"), Vec::<String>::new());
}

#[test]
fn a_users_own_thing_stands_before_a_longer_one_that_is_built_in() {
    let own = r#"
[[brand]]
id = "tokyo_scent"
en = "Tokyo"
terms = """
tokyo
"""
match = ["wearing Tokyo today"]
miss  = ["wearing Kyoto today"]
"#
    .replace("\"\"\"", "'''");
    assert_eq!(named("categories/perfume.toml", &own, "King of Tokyo"), ["tokyo_scent"]);
    assert_eq!(named("categories/perfume.toml", &own, "Settlers of Catan"), ["catan"]);
}
