//! The commands, one function each.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::Done;
use super::args::{
    AnalyzeArgs, ByArg, Color, CompareArgs, ExplainArgs, InputArgs, LabelArgs, LevelArg, ReportLang, SchemaOf,
};
use super::config::{Settings, TEMPLATE};
use super::folder::Folder;
use super::out::{Out, say};
use super::session::{Beside, compile, entity, find_inputs, load_lexicon, prepare, tell, threads};

use crate::analyze::findings::Level;
use crate::analyze::{Parameters, compare};
use crate::error::{Error, ErrorKind, Result};
use crate::interpret::Interpreter;
use crate::lexicon::Lexicon;
use crate::lexicon::id::Entity;
use crate::pipeline::{self, AnalyzePlan, Grouping, Report};
use crate::render::{self, Language, Look};
use crate::workbench;

/// `rival analyze`
pub(super) fn analyze(args: &AnalyzeArgs, quiet: bool, color: Color) -> Result<Done> {
    let inputs = find_inputs(&args.input)?;
    let (lexicon, settings) = load_lexicon(&args.lexicon)?;
    let plan = plan(args, &lexicon, &settings)?;
    let folder = args.out.as_deref().map(|dir| Folder::begin(dir, &args.input, &inputs)).transpose()?;
    let interpreter = compile(lexicon)?;
    let (mut run, beside) = prepare(&args.input, inputs, interpreter.clone(), &settings.config, quiet)?;
    if let Some(folder) = &folder {
        folder.keep_rejects(&mut run);
    }
    let analysis = pipeline::analyze(run, &plan)?;
    beside.finish_and_clear();
    let taxonomy = &interpreter.lexicon().taxonomy;
    let mut document = None;
    if let Some(folder) = folder {
        let language = args.report_lang.map(|language| match language {
            ReportLang::Zh => Language::Zh,
            ReportLang::En => Language::En,
        });
        let (written, wrote) = folder.publish(&analysis, taxonomy, language, threads(&args.input))?;
        document = Some(written);
        if !quiet {
            say(&wrote);
        }
    }
    let mut out = Out::new();
    if args.json {
        match document {
            Some(document) => out.write(&document)?,
            None => render::write_findings(&analysis.findings, |lines| out.write(lines))?,
        }
    } else {
        out.write(render::summary(&analysis.findings, taxonomy, look(color, args.full)).as_bytes())?;
    }
    out.finish()?;
    done(&analysis.report, beside, &args.input, quiet)
}

fn plan(args: &AnalyzeArgs, lexicon: &Lexicon, settings: &Settings) -> Result<AnalyzePlan> {
    let project = &settings.config.project;
    let named = |option: &str, typed: &[String], set: &[String]| -> Result<Vec<Entity>> {
        let names = if typed.is_empty() { set } else { typed };
        names.iter().map(|name| entity(lexicon, option, name)).collect()
    };
    let mut parameters = Parameters {
        focus: named("--focus", &args.focus, &project.focus)?,
        known: named("--known", &args.known, &project.known)?,
        top: args.top,
        ..Parameters::default()
    };
    if let Some(level) = args.level {
        parameters.levels = vec![match level {
            LevelArg::Category => Level::Category,
            LevelArg::Brand => Level::Brand,
            LevelArg::Cross => Level::Cross,
        }];
    }
    let sampled_by = match args.sampled_by.as_ref().or(project.sampled_by.as_ref()) {
        None => None,
        Some(written) => match written.split_once('=') {
            Some(("keyword", words)) if !words.trim().is_empty() => Some(words.trim().to_owned()),
            _ => {
                return Err(Error::new(ErrorKind::Usage, format!("--sampled-by {written} is not understood"))
                    .help("write --sampled-by keyword=啤酒"));
            }
        },
    };
    let by = args.by.map(|by| match by {
        ByArg::Platform => Grouping::Platform,
        ByArg::Region => Grouping::Region,
        ByArg::Month => Grouping::Month,
        ByArg::Quarter => Grouping::Quarter,
    });
    Ok(AnalyzePlan { parameters, sampled_by, with_urls: args.with_urls, by })
}

/// `rival label`
pub(super) fn label(args: &LabelArgs, quiet: bool) -> Result<Done> {
    let inputs = find_inputs(&args.input)?;
    let (lexicon, settings) = load_lexicon(&args.lexicon)?;
    let interpreter = compile(lexicon)?;
    let (run, beside) = prepare(&args.input, inputs, interpreter, &settings.config, quiet)?;
    let mut out = Out::new();
    let report = pipeline::label(run, |lines| out.write(lines))?;
    beside.finish_and_clear();
    out.finish()?;
    done(&report, beside, &args.input, quiet)
}

/// The end of a run: the rejects appear, and what was not used is told.
pub(super) fn done(report: &Report, beside: Beside, input: &InputArgs, quiet: bool) -> Result<Done> {
    beside.publish(report)?;
    Ok(if tell(report, input, quiet) { Done::Degraded } else { Done::Complete })
}

/// `rival compare`
pub(super) fn compare(args: &CompareArgs, color: Color) -> Result<Done> {
    let (a, b) = (findings_of(&args.a)?, findings_of(&args.b)?);
    let (name_a, name_b) = (args.a.display().to_string(), args.b.display().to_string());
    let compared = compare::compare((&name_a, &a), (&name_b, &b)).map_err(|message| {
        Error::new(ErrorKind::Usage, message).help("`rival analyze … --json > FILE` writes such a document")
    })?;
    let mut out = Out::new();
    if args.json {
        out.write(&render::json_document(&compared))?;
    } else {
        out.write(render::comparison(&compared, look(color, true)).as_bytes())?;
    }
    out.finish()?;
    Ok(Done::Complete)
}

/// Reads a findings document.
fn findings_of(path: &Path) -> Result<compare::Document> {
    let file = std::fs::File::open(path).map_err(|e| {
        Error::new(ErrorKind::Input, format!("cannot be read: {e}")).in_file(path).help("check the path")
    })?;
    serde_json::from_reader(io::BufReader::new(file)).map_err(|e| {
        Error::new(ErrorKind::Input, format!("is no findings document: {e}"))
            .at(path, e.line() as u64, e.column() as u64)
            .help("`rival analyze … --json > FILE` writes such a document")
    })
}

/// `rival explain`
pub(super) fn explain(args: &ExplainArgs) -> Result<Done> {
    let (lexicon, _) = load_lexicon(&args.lexicon)?;
    let mut out = Out::new();
    if let Some(text) = &args.text {
        let interpreter = Interpreter::new(Arc::new(lexicon))?;
        out.write(render::visible(&workbench::explain_text(&interpreter, text)).as_bytes())?;
    } else if let Some(id) = &args.id {
        let Some(page) = workbench::explain_id(&lexicon, id, args.full) else {
            return Err(Error::new(ErrorKind::Usage, format!("nothing is called `{id}`"))
                .help("`rival lexicon list` shows all rules; codes look like R201"));
        };
        out.write(render::visible(&page).as_bytes())?;
    }
    out.finish()?;
    Ok(Done::Complete)
}

/// `rival schema`
pub(super) fn schema(of: SchemaOf) -> Result<Done> {
    let mut out = Out::new();
    out.write(
        match of {
            SchemaOf::Findings => render::FINDINGS_SCHEMA.to_owned(),
            SchemaOf::Label => render::LABEL_SCHEMA.to_owned(),
            SchemaOf::Rejects => render::REJECTS_SCHEMA.to_owned(),
            SchemaOf::Tables => render::tables_schema(),
        }
        .as_bytes(),
    )?;
    out.finish()?;
    Ok(Done::Complete)
}

/// `rival init`
pub(super) fn init(path: &Path) -> Result<Done> {
    if path.exists() {
        return Err(Error::new(ErrorKind::Usage, "is there already")
            .in_file(path)
            .help("remove it, or give another name"));
    }
    render::publish(path, TEMPLATE.as_bytes())?;
    say(&format!("wrote {}: open it, name your rivals, add your brands", path.display()));
    Ok(Done::Complete)
}

/// How text may look where it goes.
fn look(color: Color, full: bool) -> Look {
    Look { width: line_width(), color: colored(color), full }
}

/// Columns where nobody says how wide a line may be.
const WIDTH: usize = 100;
/// Longer lines do not read well, however wide the terminal is.
const WIDEST: usize = 120;

/// Columns as the user says (COLUMNS), else those of the terminal.
fn line_width() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|&c| (40..=300).contains(&c));
    let shown = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0).min(WIDEST));
    said.or_else(shown).unwrap_or(WIDTH)
}

fn colored(color: Color) -> bool {
    use std::io::IsTerminal;
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
            io::stdout().is_terminal() && !set("NO_COLOR") && std::env::var("TERM").is_ok_and(|t| t != "dumb")
        }
    }
}
