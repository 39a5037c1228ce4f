//! What can be typed after `rival lexicon`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::LexiconArgs;

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
