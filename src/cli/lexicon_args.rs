//! What can be typed after `rival lexicon`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{InputArgs, LexiconArgs};

#[derive(Debug, Subcommand)]
pub(super) enum LexiconCommand {
    /// Read every file and run every example
    #[command(after_help = "Example:\n  rival lexicon check --lexicons mine")]
    Check(LexiconArgs),
    /// Bring files into canonical form: surfaces sorted, doubles dropped, an opening that says what belongs there
    #[command(after_help = "Examples:\n  rival lexicon fmt mine            rewrites the files of a folder\n  \
        rival lexicon fmt --check mine    only names those that would change (exit code 2)")]
    Fmt {
        /// Lexicon folders or files
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
        /// Change nothing; name the files that are not in canonical form
        #[arg(long)]
        check: bool,
    },
    /// What is in the lexicons: entries with their number of surfaces
    List {
        /// Only entries whose name contains this
        filter: Option<String>,
        #[command(flatten)]
        lexicon: LexiconArgs,
    },
    /// Precision, recall and F1 against posts that people labelled, and the entries that err most, with quotes
    #[command(after_help = "Example:\n  rival lexicon score labelled.jsonl --lexicons mine\n\n\
        A line of the file:\n  {\"id\":\"1\",\"lang\":\"zh\",\"text\":\"…\",\"categories\":[\"beer\"],\"occasions\":[],\
        \"motives\":[\"taste:buy\"],\"essences\":[],\"disputed\":{\"motives\":[\"fun:buy\"]}}\n\
        What stands under `disputed` counts neither as hit nor as miss.")]
    Score(ScoreArgs),
    /// What the words find in a corpus: hits per entry, dead entries, shares of posts, words that nothing was found for
    #[command(
        after_help = "Examples:\n  rival lexicon stats posts.csv\n  rival lexicon stats posts.csv --for late_night_snack   \
        every form of one entry with its hits, and the surfaces never seen"
    )]
    Stats(Box<StatsArgs>),
    /// Candidate new words for a label, from posts in which it stands: TOML to paste, with counts and quotes
    #[command(
        after_help = "Example:\n  rival lexicon suggest late_night_snack --corpus posts.csv > mine/candidates.txt"
    )]
    Suggest(SuggestArgs),
}

#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    /// Hand-labelled posts, one JSON object a line
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,
    /// Only the posts that the file says are of this language
    #[arg(long, value_parser = ["zh", "en"], value_name = "LANG")]
    pub lang: Option<String>,
    /// Labels and entries shown
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub top: usize,
    /// One JSON document on standard output, with all labels and entries
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// One label or rule only, every form with its hits
    #[arg(long = "for", value_name = "ID")]
    pub of: Option<String>,
    /// Lines of each table
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    /// One JSON document on standard output, with everything
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

#[derive(Debug, Args)]
pub(super) struct SuggestArgs {
    /// A label: beer, late_night_snack, price_value:avoid, essence:romance
    #[arg(value_name = "ID")]
    pub id: String,
    /// The posts to look in: files, directories, globs; `-` or nothing is standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub corpus: Vec<String>,
    /// Only posts of these languages: zh, en
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    pub lang: Vec<String>,
    /// Candidates shown
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    /// Clauses on either side of the label's words that count as near
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub window: usize,
    /// Times that a candidate must be met [default: 5, or 3 for a label in few posts]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub least: Option<u32>,
    /// One JSON document on standard output
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}
