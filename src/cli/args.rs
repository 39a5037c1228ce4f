//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::lexicon_args::LexiconCommand;

/// Finds who really takes a product's consumers, from exported posts and reviews in Chinese and English.
#[derive(Debug, Parser)]
#[command(
    name = "rival",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  rival analyze posts.csv --focus 啤酒          who are beer's rivals, and where\n  rival analyze export/ --json | jq .rivals     the same as one JSON document\n  rival label posts.jsonl > labels.jsonl        one JSON line per post\n  rival explain --text \"昨晚酒吧喝的喜力\"        how a sentence is read"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing on stderr but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use color
    #[arg(long, value_enum, default_value_t = Color::Auto, global = true)]
    pub color: Color,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal without NO_COLOR
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Posts → findings: who the rivals are, on which occasions, and how sure that is
    Analyze(AnalyzeArgs),
    /// Posts → one JSON line per post, in input order
    Label(LabelArgs),
    /// A label's, rule's or reason code's own text; or how a given text is read, span by span
    Explain(ExplainArgs),
    /// Two findings side by side, with intervals on the differences
    Compare(CompareArgs),
    /// Look at the word lists and check them
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Posts behind a label, to mark right or wrong; `--apply` writes the marks into an overlay as examples and as the label's precision
    #[command(
        after_help = "Examples:\n  rival sample --for night_out -n 30 posts.csv > night_out.toml   then mark each post in an editor\n  \
        rival sample --apply night_out.toml --lexicons mine             the marks become examples and a row of mine/precision.toml\n  \
        rival sample --for 'beer>whisky' posts.csv                      posts that say somebody went from beer to whisky"
    )]
    Sample(SampleArgs),
    /// The JSON Schema of an output
    Schema {
        /// Which output
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Write a rival.toml: own brands, known rivals, own categories and occasions
    Init {
        /// Where to write it
        #[arg(default_value = "rival.toml")]
        path: PathBuf,
    },
    /// Shell completions
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The manual page of the program or of a command, in roff
    #[command(
        after_help = "Examples:\n  rival man | man -l -                              read it\n  rival man lexicon check | man -l -                that of a command\n  rival man --dir ~/.local/share/man/man1           install all pages"
    )]
    Man {
        /// A command, such as `analyze` or `lexicon check`
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
        /// Write all pages into this folder
        #[arg(long, value_name = "DIR", conflicts_with = "command")]
        dir: Option<PathBuf>,
    },
}

/// The outputs that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// `rival analyze --json`
    Findings,
    /// `rival label`
    Label,
    /// `--rejects FILE`
    Rejects,
    /// The tables of `rival analyze --out DIR`
    Tables,
}

/// Where words come from.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct LexiconArgs {
    /// A folder of lexicon files laid over the built-in ones (repeatable)
    #[arg(long = "lexicons", value_name = "DIR")]
    pub lexicons: Vec<PathBuf>,
    /// Only the words of --lexicons, none of the built-in ones: for work on a copy of the lexicons, without building anything
    #[arg(long, requires = "lexicons")]
    pub no_builtin: bool,
    /// A rival.toml to use instead of the one found from here upward
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no rival.toml
    #[arg(long)]
    pub isolated: bool,
}

/// How files are read; found by looking at them where nothing is said.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct ReadingArgs {
    /// The encoding of files without a byte order mark: utf-8, gb18030 (gbk), big5, utf-16le, utf-16be, windows-1252
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Tables have no header: name the columns by their numbers, as in --columns text=3,author=1
    #[arg(long, requires = "columns")]
    pub no_header: bool,
    /// Take a quote where CSV allows none as text, instead of rejecting its row
    #[arg(long)]
    pub lenient_quotes: bool,
    /// Repair rows where that has one meaning only: halves of emoji encoded apart, raw tabs in JSON, separators in a text that is the last column
    #[arg(long)]
    pub repair: bool,
    /// Use the rows of a compressed file that is cut off, up to there
    #[arg(long)]
    pub keep_partial: bool,
    /// How 03/04/2024 is meant, where no day above 12 in its column tells
    #[arg(long, value_enum, value_name = "ORDER")]
    pub dates: Option<DatesArg>,
    /// The day of the export, such as 2024-03-10: for times like 昨天, 3天前, 05月12日
    #[arg(long, value_name = "DAY")]
    pub now: Option<String>,
}

/// What the first number of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DatesArg {
    /// 25/12/2024
    DayFirst,
    /// 12/25/2024
    MonthFirst,
}

/// What to read and how.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct InputArgs {
    /// Files, directories, globs; `-` or nothing is standard input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Columns by field, where headers are unusual: text=内容,author=昵称,time=发布时间; a number counts columns from 1
    #[arg(long, value_name = "FIELD=HEADER,…")]
    pub columns: Option<String>,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// First day, such as 2024-03-01
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,
    /// Last day, included
    #[arg(long, value_name = "DAY")]
    pub until: Option<String>,
    /// Only these platforms, by comma
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub platform: Vec<String>,
    /// Only these languages: zh, en
    #[arg(long, value_delimiter = ',', value_name = "LANG")]
    pub lang: Vec<String>,
    /// Only posts whose region contains one of these words
    #[arg(long, value_delimiter = ',', value_name = "WORD")]
    pub region: Vec<String>,
    /// Worker threads; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Write the rows that were not used, one JSON line each: position, code, reason, a hash; never what they say
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// Put the rows themselves into that file too: they hold what people wrote, so only its owner may read it
    #[arg(long, requires = "rejects")]
    pub reject_raw: bool,
    /// The share of rejected rows, in percent, above which the run counts as degraded (exit code 1)
    #[arg(long, value_name = "PCT", default_value_t = 5.0, value_parser = percent)]
    pub max_reject: f64,
}

/// A number from 0 to 100.
fn percent(written: &str) -> Result<f64, String> {
    let number: f64 = written.parse().map_err(|_| "write a number from 0 to 100".to_owned())?;
    if (0.0..=100.0).contains(&number) { Ok(number) } else { Err("write a number from 0 to 100".to_owned()) }
}

#[derive(Debug, Args)]
pub(super) struct AnalyzeArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Show how each file would be read (format, encoding, columns, three posts), and stop
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
    /// A category or brand by id, label or alias: beer, 啤酒, 喜力 (repeatable); its rivals with a full card
    #[arg(long, value_name = "NAME")]
    pub focus: Vec<String>,
    /// Which universe is compared
    #[arg(long, value_enum)]
    pub level: Option<LevelArg>,
    /// Rivals that you know of, by comma; they are never shown as "not on your list"
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    pub known: Vec<String>,
    /// How the export was fetched: keyword=啤酒
    #[arg(long, value_name = "keyword=WORDS")]
    pub sampled_by: Option<String>,
    /// The same figures per part of the posts, with the differences that are significant
    #[arg(long, value_enum, value_name = "PART")]
    pub by: Option<ByArg>,
    /// Keep the source address of quotes
    #[arg(long)]
    pub with_urls: bool,
    /// Rivals shown per entity
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// Cards with all that is known, instead of one screen each
    #[arg(long)]
    pub full: bool,
    /// One JSON document on standard output
    #[arg(long)]
    pub json: bool,
    /// Write everything into a folder: report.html, findings.json, and tidy tables as CSV, Parquet, one workbook and one SQLite file
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The language of the report; else that of most posts
    #[arg(long, value_enum, value_name = "LANG", requires = "out")]
    pub report_lang: Option<ReportLang>,
}

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportLang {
    /// Chinese
    Zh,
    /// English
    En,
}

/// By what posts are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ByArg {
    /// The platform of each post
    Platform,
    /// Its region, as exported
    Region,
    /// Its month
    Month,
    /// Its quarter of the year
    Quarter,
}

/// A universe of comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LevelArg {
    /// Categories against categories
    Category,
    /// Brands against brands
    Brand,
    /// Brands against categories other than their own
    Cross,
}

#[derive(Debug, Args)]
pub(super) struct LabelArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Show how each file would be read (format, encoding, columns, three posts), and stop
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  rival analyze spring.csv --focus beer --json > spring.json\n  rival analyze autumn.csv --focus beer --json > autumn.json\n  rival compare spring.json autumn.json"
)]
pub(super) struct CompareArgs {
    /// What `rival analyze --json` wrote of the first posts
    #[arg(value_name = "A.json")]
    pub a: PathBuf,
    /// … and of the second
    #[arg(value_name = "B.json")]
    pub b: PathBuf,
    /// One JSON document on standard output
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct SampleArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// A label (beer, night_out, taste:buy, essence:romance, instead_of), a brand, or a pair: 'beer>whisky' is who goes from beer to whisky
    #[arg(long = "for", value_name = "ID", required_unless_present = "apply")]
    pub of: Option<String>,
    /// Posts drawn
    #[arg(long = "posts", short = 'n', value_name = "N", default_value_t = 30)]
    pub posts: usize,
    /// A marked sample, to be written into the overlay given by --lexicons
    #[arg(long, value_name = "FILE", conflicts_with_all = ["of", "inputs"], requires = "lexicons")]
    pub apply: Option<PathBuf>,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A label (`night_out`), a rule (`occasions/place.toml#night_out`), a figure (`excess`) or a code (`R201`)
    #[arg(value_name = "ID", required_unless_present = "text")]
    pub id: Option<String>,
    /// A text to read, span by span
    #[arg(long, value_name = "TEXT", conflicts_with = "id")]
    pub text: Option<String>,
    /// All words of a label, instead of the first
    #[arg(long, conflicts_with = "text")]
    pub full: bool,
    #[command(flatten)]
    pub lexicon: LexiconArgs,
}
