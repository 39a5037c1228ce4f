//! Documents → matches: the program's scan, and the paired comparison that chose its two searches.
//!
//! Surfaces with Han in them are found by an index of pairs, Latin ones by a hash of words; both are compared on the surfaces of the built-in
//! lexicons. Variants that promise the same hits are checked to have them.

use std::hint::black_box;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind as AhoKind};
use criterion::Criterion;
use daachorse::{
    CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, DoubleArrayAhoCorasick,
    DoubleArrayAhoCorasickBuilder, MatchKind,
};
use rival::lexicon::{Lexicon, Piece, Status, Term, forms};
use rival::matcher::{Coded, HanIndex, Matcher, Reach, Scratch};
use rival::normalize::is_han;
use rival::segment::Outline;
use rustc_hash::FxHashMap;

use crate::support::{self, Bed, Corpus};

/// Measures the layer.
pub fn bench(criterion: &mut Criterion, bed: &Bed) {
    let lexicon = bed.interpreter.lexicon();
    // The interpreter asks for a few cues less.
    let matcher = Matcher::new(lexicon, |_| Reach::Clause).expect("they compile");
    let mut group = support::group(criterion, "matcher");
    for corpus in &bed.corpora {
        let documents = corpus.documents();
        let mut scratch = Scratch::default();
        group.throughput(support::throughput(corpus));
        group.bench_function(format!("scan/{}", corpus.lang), |bench| {
            bench.iter(|| {
                for doc in &documents {
                    matcher.scan(doc, &mut scratch);
                    black_box(&scratch.mentions);
                }
            });
        });
    }
    group.finish();

    let (han, latin) = surfaces(lexicon);
    let [zh, en] = &bed.corpora;
    compare_han(&han, zh);
    compare_latin(&latin, en);
}

/// All surfaces of the lexicons: those with Han or other signs, and the Latin ones as words parted by single spaces, endings included.
fn surfaces(lexicon: &Lexicon) -> (Vec<String>, Vec<String>) {
    let entries = lexicon.entries.iter().filter(|entry| entry.status != Status::Deprecated);
    let mut terms: Vec<&Term> = lexicon.classes.iter().flat_map(|class| &class.terms).collect();
    for entry in entries {
        terms.extend(entry.terms.iter().chain(&entry.unless));
        terms.extend(entry.near.iter().flat_map(|near| &near.slots).flat_map(|words| &words.terms));
        terms.extend(entry.resolve.iter().flat_map(|resolve| resolve.terms.iter().chain(&resolve.cues.terms)));
        terms.extend(entry.sequences.iter().flat_map(|sequence| &sequence.pieces).flat_map(|(_, piece)| match piece {
            Piece::Words(words) | Piece::Absent(words) => &words.terms[..],
            Piece::Slot(_) | Piece::Optional(_) => &[],
        }));
    }
    let (mut han, mut latin) = (Vec::new(), Vec::new());
    let mut outline = Outline::default();
    let is_narrow = |c: char| c.is_ascii() || c.is_alphanumeric() && c < '\u{2E80}';
    for term in terms {
        outline.read(&term.surface);
        let words: Vec<&str> = outline.words.iter().map(|word| &term.surface[word.range()]).collect();
        match words.split_last() {
            Some((last, rest)) if term.surface.chars().all(is_narrow) => {
                let endings = if term.exact || term.open { Vec::new() } else { forms(last, term.verb) };
                for last in endings.iter().map(String::as_str).chain([*last]) {
                    latin.push([rest, &[last]].concat().join(" "));
                }
            }
            _ => han.push(term.surface.clone()),
        }
    }
    for list in [&mut han, &mut latin] {
        list.sort_unstable();
        list.dedup();
    }
    (han, latin)
}

/// The automata in question over the same surfaces.
struct Automata {
    leftmost: AhoCorasick,
    bytewise: DoubleArrayAhoCorasick<u32>,
    charwise: CharwiseDoubleArrayAhoCorasick<u32>,
}

impl Automata {
    fn of(surfaces: &[String]) -> Self {
        let leftmost = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(AhoKind::LeftmostLongest)
            .build(surfaces)
            .expect("builds");
        let bytewise =
            DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::Standard).build(surfaces).expect("builds");
        let charwise = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .use_prefilter(false)
            .build(surfaces)
            .expect("builds");
        Self { leftmost, bytewise, charwise }
    }

    fn leftmost<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        self.leftmost.find_iter(text).map(|m| m.range())
    }

    fn bytewise<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        self.bytewise.find_overlapping_iter(text).map(|m| m.start()..m.end())
    }

    fn charwise<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> {
        self.charwise.find_overlapping_iter(text).map(|m| m.start()..m.end())
    }
}

/// The hits of a search in all texts, as far as they stand.
fn count<'t, Found: Iterator<Item = Range<usize>>>(
    texts: &[&'t str],
    search: impl Fn(&'t str) -> Found,
    stands: impl Fn(&str, &Range<usize>) -> bool,
) -> u64 {
    texts.iter().map(|text| search(text).filter(|span| stands(text, span)).count() as u64).sum()
}

/// Surfaces with Han over Chinese text.
fn compare_han(surfaces: &[String], corpus: &Corpus) {
    let automata = Automata::of(surfaces);
    let documents = corpus.documents();
    let texts: Vec<&str> = documents.iter().map(|doc| doc.norm()).collect();
    let mut leftmost = || count(&texts, |text| automata.leftmost(text), |_, _| true);
    let mut bytewise = || count(&texts, |text| automata.bytewise(text), |_, _| true);
    let mut charwise = || count(&texts, |text| automata.charwise(text), |_, _| true);
    let numbered: Vec<(&str, u32)> = surfaces.iter().map(String::as_str).zip(0..).collect();
    let index = HanIndex::new(&numbered).expect("builds");
    let (mut coded, mut found) = (Coded::default(), Vec::new());
    let mut pairs = || {
        let counts = texts.iter().map(|text| {
            found.clear();
            index.find(text, &mut coded, &mut found);
            found.len() as u64
        });
        counts.sum()
    };
    assert_eq!(bytewise(), charwise());
    assert_eq!(pairs(), charwise());
    let title = format!(
        "{} surfaces with Han, Chinese text; leftmost {} hits, overlapping {}",
        surfaces.len(),
        leftmost(),
        charwise()
    );
    support::paired(
        &title,
        corpus.bytes,
        &mut [
            ("aho-corasick, contiguous NFA, leftmost-longest", &mut leftmost),
            ("daachorse bytewise, overlapping", &mut bytewise),
            ("daachorse charwise, overlapping", &mut charwise),
            ("index of pairs (the program)", &mut pairs),
        ],
    );
}

/// Latin surfaces over English text: hits at word boundaries only. The program needs the outline for its clauses in any case, so every
/// variant makes it.
fn compare_latin(surfaces: &[String], corpus: &Corpus) {
    let automata = Automata::of(surfaces);
    let phrases = Phrases::of(surfaces);
    let documents = corpus.documents();
    let texts: Vec<&str> = documents.iter().map(|doc| doc.norm()).collect();
    let outlined = |search: &dyn Fn(&[&str]) -> u64| {
        let mut outline = Outline::default();
        for text in &texts {
            outline.read(text);
            black_box(&outline);
        }
        search(&texts)
    };
    let mut leftmost = || outlined(&|texts| count(texts, |text| automata.leftmost(text), is_whole));
    let mut bytewise = || outlined(&|texts| count(texts, |text| automata.bytewise(text), is_whole));
    let mut charwise = || outlined(&|texts| count(texts, |text| automata.charwise(text), is_whole));
    let (mut outline, mut ids) = (Outline::default(), Vec::new());
    let mut hashed = || {
        let counts = texts.iter().map(|text| {
            outline.read(text);
            phrases.count(text, &outline, &mut ids)
        });
        counts.sum()
    };
    assert_eq!(bytewise(), charwise());
    assert_eq!(hashed(), charwise());
    let title = format!(
        "{} Latin surfaces, English text, outline included; leftmost {} hits, overlapping {}",
        surfaces.len(),
        leftmost(),
        charwise()
    );
    support::paired(
        &title,
        corpus.bytes,
        &mut [
            ("aho-corasick, contiguous NFA, leftmost-longest", &mut leftmost),
            ("daachorse bytewise, overlapping", &mut bytewise),
            ("daachorse charwise, overlapping", &mut charwise),
            ("words by hash (the program)", &mut hashed),
        ],
    );
}

/// Phrases as a trie over words: the program's search without its endings and owners.
#[derive(Default)]
struct Phrases {
    words: FxHashMap<String, u32>,
    edges: FxHashMap<(u32, u32), u32>,
    /// Per node: whether a phrase ends there.
    ends: Vec<bool>,
}

impl Phrases {
    fn of(surfaces: &[String]) -> Self {
        let mut all = Self { ends: vec![false], ..Self::default() };
        for surface in surfaces {
            let mut node = 0;
            for word in surface.split(' ') {
                let id = all.words.len() as u32;
                let id = *all.words.entry(word.to_owned()).or_insert(id);
                let next = all.ends.len() as u32;
                node = *all.edges.entry((node, id)).or_insert(next);
                if node == next {
                    all.ends.push(false);
                }
            }
            all.ends[node as usize] = true;
        }
        all
    }

    fn count(&self, text: &str, outline: &Outline, ids: &mut Vec<Option<u32>>) -> u64 {
        ids.clear();
        ids.extend(outline.words.iter().map(|word| self.words.get(&text[word.range()]).copied()));
        let mut hits = 0;
        for start in 0..ids.len() {
            let mut node = 0;
            for at in start..ids.len() {
                let apart =
                    at > start && &text[outline.words[at - 1].range().end..outline.words[at].range().start] != " ";
                let Some(&next) = ids[at].filter(|_| !apart).and_then(|id| self.edges.get(&(node, id))) else { break };
                node = next;
                hits += u64::from(self.ends[node as usize]);
            }
        }
        hits
    }
}

/// Whether a span begins and ends where words do; an apostrophe between letters belongs to the word.
fn is_whole(text: &str, span: &Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() && !is_han(c);
    let (mut before, mut after) = (text[..span.start].chars().rev(), text[span.end..].chars());
    let open = match before.next() {
        Some('\'') => {
            !before.next().is_some_and(is_word) || !text[span.start..].starts_with(|c: char| c.is_ascii_alphabetic())
        }
        other => !other.is_some_and(is_word),
    };
    let closed = match after.next() {
        Some('\'') => !after.next().is_some_and(|c| c.is_ascii_alphabetic()),
        other => !other.is_some_and(is_word),
    };
    open && closed
}
