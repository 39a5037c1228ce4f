//! The text that the benches run over: the same on every machine and every day.

use std::path::Path;
use std::sync::Arc;

use rival::interpret::Interpreter;
use rival::interpret::evidence::Evidence;
use rival::matcher::Scratch;
use rival::normalize::{Document, is_han};
use rival::pipeline::{Filter, Run};
use rival::read::post::Post;
use rival::read::{Columns, Event, Inputs, Reader, Reading, Row};

/// Bytes of Chinese text to run over.
const ZH_BYTES: usize = 2_000_000;
/// Bytes of English text to run over.
const EN_BYTES: usize = 1_000_000;

/// Posts of one language, as posts and as the files they would come in.
pub struct Corpus {
    /// `zh` or `en`; with `-files` behind it where the user gave the text, so that criterion compares like with like.
    pub lang: &'static str,
    /// The posts.
    pub posts: Vec<Post>,
    /// Bytes of their text: the base of every throughput but those of reading.
    pub bytes: u64,
    /// The same posts as JSON Lines.
    pub jsonl: Arc<[u8]>,
    /// The same posts as a table.
    pub csv: Arc<[u8]>,
}

impl Corpus {
    /// The normalized texts.
    pub fn documents(&self) -> Vec<Document<'_>> {
        self.posts.iter().map(|post| Document::new(&post.text, post.title_len)).collect()
    }

    /// What each post says.
    pub fn evidence(&self, interpreter: &Interpreter) -> Vec<Evidence> {
        let mut scratch = Scratch::default();
        self.documents().iter().map(|doc| interpreter.read(doc, &mut scratch)).collect()
    }

    /// A run over the posts as JSON Lines, as the program would set it up.
    pub fn run(&self, interpreter: &Arc<Interpreter>, threads: usize) -> Run {
        Run {
            inputs: Inputs::from_bytes("bench.jsonl", Arc::clone(&self.jsonl)),
            reading: Reading::default(),
            filter: Filter::default(),
            threads,
            interpreter: Arc::clone(interpreter),
            progress: None,
            rejects: None,
        }
    }

    /// Sentences become posts that differ from each other, so that deduplication leaves most of them standing.
    fn of_sentences(lang: &'static str, posts: &[Post], bytes: usize, draw: &mut SplitMix64) -> Self {
        let sentences: Vec<&str> = posts.iter().flat_map(|post| sentences(&post.text)).collect();
        let mut texts: Vec<String> = Vec::new();
        let mut size = 0;
        while size < bytes {
            let picked: Vec<&str> = (0..2 + draw.below(3)).map(|_| sentences[draw.below(sentences.len())]).collect();
            let text = picked.join(if lang == "en" { " " } else { "" });
            size += text.len();
            texts.push(text);
        }
        Self::of_texts(lang, &texts, draw)
    }

    /// Whole posts in random order, up to a size.
    fn of_posts(lang: &'static str, posts: &[Post], bytes: usize, draw: &mut SplitMix64) -> Self {
        let mut order: Vec<usize> = (0..posts.len()).collect();
        for i in (1..order.len()).rev() {
            order.swap(i, draw.below(i + 1));
        }
        let mut size = 0;
        let fits = order.into_iter().map(|i| posts[i].text.clone()).take_while(|text| {
            size += text.len();
            size <= bytes
        });
        let texts: Vec<String> = fits.collect();
        Self::of_texts(lang, &texts, draw)
    }

    fn of_texts(lang: &'static str, texts: &[String], draw: &mut SplitMix64) -> Self {
        let mut jsonl = Vec::new();
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["id", "text", "author", "time", "platform"]).expect("a vector takes it");
        for (at, text) in texts.iter().enumerate() {
            let id = format!("{lang}-{at}");
            // About three posts an author, as in exports of a keyword search.
            let author = format!("author {}", draw.below(texts.len() / 3 + 1));
            let time = format!("2024-{:02}-{:02}T12:00:00Z", 1 + draw.below(12), 1 + draw.below(28));
            let platform = ["weibo", "xhs", "reddit"][draw.below(3)];
            let line =
                serde_json::json!({"id": id, "text": text, "author": author, "time": time, "platform": platform});
            jsonl.extend_from_slice(line.to_string().as_bytes());
            jsonl.push(b'\n');
            table.write_record([&id, text, &author, &time, platform]).expect("a vector takes it");
        }
        let csv = table.into_inner().expect("a vector takes it");
        let posts = read_all(Inputs::from_bytes("bench.jsonl", jsonl.clone()));
        let bytes = posts.iter().map(|post| post.text.len() as u64).sum();
        Self { lang, posts, bytes, jsonl: jsonl.into(), csv: csv.into() }
    }
}

/// Chinese and English posts: taken from the JSONL files that `RIVAL_BENCH_FILES` names, parted by `:`; a language that has none there is made
/// of `corpora/demo`.
pub fn corpora() -> [Corpus; 2] {
    let files = std::env::var("RIVAL_BENCH_FILES").unwrap_or_default();
    let given: Vec<String> = files.split(':').filter(|file| !file.is_empty()).map(str::to_owned).collect();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo").display().to_string();
    let [demo_zh, demo_en] = by_language(&[demo]);
    let [zh, en] = by_language(&given);
    // A fixed seed: the same text on every machine and every day.
    let mut draw = SplitMix64(0x5EED);
    let mut make = |lang, lang_files, demo: &[Post], given: &[Post], bytes| {
        if given.is_empty() {
            Corpus::of_sentences(lang, demo, bytes, &mut draw)
        } else {
            Corpus::of_posts(lang_files, given, bytes, &mut draw)
        }
    };
    [make("zh", "zh-files", &demo_zh, &zh, ZH_BYTES), make("en", "en-files", &demo_en, &en, EN_BYTES)]
}

/// The Chinese and the English posts of some files.
fn by_language(files: &[String]) -> [Vec<Post>; 2] {
    if files.is_empty() {
        return [Vec::new(), Vec::new()];
    }
    let posts = read_all(Inputs::resolve(files).expect("the files are there")).into_iter();
    let (zh, en) = posts.filter(|post| !is_other(&post.text)).partition(|post| post.text.chars().any(is_han));
    [zh, en]
}

/// All posts of the inputs.
pub fn read_all(inputs: Inputs) -> Vec<Post> {
    let mut reader = Reader::new(inputs, Columns::default());
    let mut rows = Vec::new();
    while let Some(event) = reader.next() {
        match event {
            Event::Batch(batch) => {
                batch.parse(&mut rows);
                reader.recycle(batch.into_buffer());
            }
            Event::Closed(_) => {}
            Event::Failed(failure) => panic!("{}", failure.error),
        }
    }
    let posts = rows.into_iter().filter_map(|row| match row {
        Row::Post(post) => Some(post),
        Row::Reject(_) => None,
    });
    posts.collect()
}

/// Sentences with their marks.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '\n' | '。' | '！' | '？' | '!' | '?' | '.' | '…');
    text.split_inclusive(ends).map(str::trim).filter(|sentence| sentence.chars().count() >= 4)
}

/// Kana or hangul: posts that the program sets aside.
fn is_other(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3041}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}'))
}

/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014). Small, and the same everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
