//! `rival lexicon …`: look at the word lists, check them, measure them, find new words.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Done;
use super::args::{InputArgs, LexiconArgs};
use super::commands::done;
use super::config::{Config, Settings};
use super::lexicon_args::{LexiconCommand, ScoreArgs, StatsArgs, SuggestArgs};
use super::out::{Out, say};
use super::session::{compile, find_inputs, load_lexicon, prepare};
use crate::error::{Error, ErrorKind, Result};
use crate::interpret::Interpreter;
use crate::lexicon::Lexicon;
use crate::lexicon::{precision, source};
use crate::render::{self, Fault};
use crate::workbench;

/// `rival lexicon …`
pub(super) fn lexicon(command: &LexiconCommand, quiet: bool) -> Result<Done> {
    match command {
        LexiconCommand::Check(args) => check(args, quiet),
        LexiconCommand::Fmt { paths, check } => fmt(paths, *check, quiet),
        LexiconCommand::List { filter, lexicon } => list(filter.as_deref(), lexicon),
        LexiconCommand::Score(args) => score(args, quiet),
        LexiconCommand::Stats(args) => stats(args, quiet),
        LexiconCommand::Suggest(args) => suggest(args, quiet),
    }
}

/// `rival lexicon score`: how well the words label posts that people labelled.
fn score(args: &ScoreArgs, quiet: bool) -> Result<Done> {
    let input = InputArgs { inputs: vec![args.gold.display().to_string()], max_reject: 100.0, ..InputArgs::default() };
    let inputs = find_inputs(&input)?;
    let (lexicon, _) = load_lexicon(&args.lexicon)?;
    let interpreter = compile(lexicon)?;
    // The filters and columns of rival.toml are for the user's posts.
    let (run, beside) = prepare(&input, inputs, interpreter, &Config::default(), quiet)?;
    let (score, report) = workbench::score(run, &args.gold, args.lang.as_deref())?;
    beside.finish_and_clear();
    if !score.unread.is_empty() {
        let some: Vec<&str> = score.unread.iter().take(3).map(String::as_str).collect();
        say(&format!("{} of {} posts could not be read, e.g. {}", score.unread.len(), score.posts, some.join(", ")));
    }
    let mut out = Out::new();
    if args.json {
        out.write(&render::json_document(&score))?;
    } else {
        out.write(render::visible(&workbench::score_page(&score, args.top)).as_bytes())?;
    }
    out.finish()?;
    done(&report, beside, &input, true)
}

/// `rival lexicon fmt`: files in canonical form.
fn fmt(paths: &[PathBuf], only_check: bool, quiet: bool) -> Result<Done> {
    let mut sources = Vec::new();
    for path in paths {
        sources.extend(if path.is_dir() { source::folder(path)? } else { vec![source::file(path)?] });
    }
    // Tables of another kind, in an order of their own.
    sources.retain(|s| !["codebook.toml", precision::FILE].contains(&s.path.rsplit('/').next().unwrap_or(&s.path)));
    let mut changed = Vec::new();
    for source in &sources {
        let text = workbench::canonical(source)?;
        if text != source.text {
            changed.push((source, text));
        }
    }
    for (source, text) in &changed {
        if only_check {
            say(&format!("{}: not in canonical form", source.shown));
        } else {
            render::publish(Path::new(&source.shown), text.as_bytes())?;
            if !quiet {
                say(&format!("wrote {}", source.shown));
            }
        }
    }
    let mut out = Out::new();
    let verb = if only_check { "would change" } else { "changed" };
    out.line(&format!("{} of {} files {verb}", changed.len(), sources.len()))?;
    out.finish()?;
    if only_check && !changed.is_empty() {
        return Err(Error::new(ErrorKind::Lexicon, "some files are not in canonical form")
            .help("`rival lexicon fmt` with the same paths rewrites them"));
    }
    Ok(Done::Complete)
}

/// `rival lexicon stats`: what the words find in a corpus.
fn stats(args: &StatsArgs, quiet: bool) -> Result<Done> {
    let inputs = find_inputs(&args.input)?;
    let (lexicon, settings) = load_lexicon(&args.lexicon)?;
    let rule = args.of.as_ref().map(|id| workbench::rule_of(&lexicon, id)).transpose()?;
    let interpreter = compile(lexicon)?;
    let (run, beside) = prepare(&args.input, inputs, interpreter, &settings.config, quiet)?;
    let (stats, report) = workbench::stats(run)?;
    beside.finish_and_clear();
    let mut out = Out::new();
    if args.json {
        out.write(&render::json_document(&stats))?;
    } else {
        let page = match &rule {
            None => workbench::stats_page(&stats, args.top),
            Some(rule) => match stats.entries.iter().find(|e| e.rule == *rule) {
                Some(entry) => workbench::entry_page(entry),
                None => format!("{rule}  no hit\n"),
            },
        };
        out.write(render::visible(&page).as_bytes())?;
    }
    out.finish()?;
    done(&report, beside, &args.input, quiet)
}

/// `rival lexicon suggest`: candidate new words for a label.
fn suggest(args: &SuggestArgs, quiet: bool) -> Result<Done> {
    let input =
        InputArgs { inputs: args.corpus.clone(), lang: args.lang.clone(), max_reject: 100.0, ..InputArgs::default() };
    let inputs = find_inputs(&input)?;
    let (lexicon, settings) = load_lexicon(&args.lexicon)?;
    let interpreter = compile(lexicon)?;
    let (run, beside) = prepare(&input, inputs, interpreter, &settings.config, quiet)?;
    let plan = workbench::SuggestPlan { top: args.top, window: args.window, least: args.least };
    let (found, report) = workbench::suggest(run, &args.id, plan)?;
    beside.finish_and_clear();
    let mut out = Out::new();
    if args.json {
        out.write(&render::json_document(&found))?;
    } else {
        out.write(render::visible(&workbench::suggest_page(&found)).as_bytes())?;
    }
    out.finish()?;
    done(&report, beside, &input, quiet)
}

/// `rival lexicon check`: every fault with its place, then every example that fails.
fn check(args: &LexiconArgs, quiet: bool) -> Result<Done> {
    let layers = Settings::load(args)?.layers();
    let (lexicon, faults) = Lexicon::read(&layers);
    let show = |warning: bool, fault: &Fault<'_>| {
        let text = layers.iter().flatten().find(|s| s.shown == fault.path).map(|s| s.text.as_str());
        say(&if warning { render::warning(fault, text) } else { render::fault(fault, text) });
    };
    for f in &faults {
        let (path, message, help) = (&f.path, &f.message, &f.help);
        show(false, &Fault { code: f.code, path, line: f.line, column: f.column, message, help });
    }
    let surfaces: usize = lexicon.entries.iter().map(|e| e.terms.len()).sum();
    let entries = lexicon.entries.len();
    let interpreter = Interpreter::new(Arc::new(lexicon))?;
    let (failures, run) = workbench::run_examples(&interpreter, &layers);
    for f in &failures {
        let (path, message) = (&f.path, &f.message);
        show(false, &Fault { code: "L806", path, line: f.line, column: f.column, message, help: f.help });
    }
    // Of the built-in files only their writers want to know, and they give them as a folder.
    let own = &layers[usize::from(!args.no_builtin).min(layers.len())..];
    let advice = workbench::advice(own);
    if !quiet {
        for a in advice.iter().take(WARNINGS) {
            let (path, message) = (&a.path, &a.message);
            show(true, &Fault { code: "", path, line: a.line, column: a.column, message, help: a.help });
        }
        if advice.len() > WARNINGS {
            say(&format!("… and {} warnings more", advice.len() - WARNINGS));
        }
    }
    let mut out = Out::new();
    out.line(&format!(
        "{entries} entries, {surfaces} surfaces, {run} examples: {} faults, {} examples fail, {} warnings",
        faults.len(),
        failures.len(),
        advice.len()
    ))?;
    out.finish()?;
    if faults.is_empty() && failures.is_empty() {
        Ok(Done::Complete)
    } else {
        Err(Error::new(ErrorKind::Lexicon, "the lexicons have faults").help("each is named above with its place"))
    }
}

/// Warnings shown one by one.
const WARNINGS: usize = 20;

/// `rival lexicon list`
fn list(filter: Option<&str>, args: &LexiconArgs) -> Result<Done> {
    let (lexicon, _) = load_lexicon(args)?;
    let mut out = Out::new();
    for line in workbench::list(&lexicon, filter.unwrap_or_default()) {
        out.line(&line)?;
    }
    out.finish()?;
    Ok(Done::Complete)
}
