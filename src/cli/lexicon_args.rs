//! What can be typed after `rival lexicon`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{InputArgs, LexiconArgs};

#[derive(Debug, Subcommand)]
pub(super) enum LexiconCommand {
    /// Read every file and run every example
    #[command(after_help = "Example:\n  rival lexicon check --lexicons mine")]
    Check(LexiconArgs),
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
    Stats(StatsArgs),
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
