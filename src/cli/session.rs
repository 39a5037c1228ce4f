//! From arguments and `rival.toml` to a run that is ready to go.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{DatesArg, InputArgs, LexiconArgs};
use super::config::{Config, Settings};
use super::out::{self, say};
use crate::error::{Error, ErrorKind, Result};
use crate::interpret::Interpreter;
use crate::interpret::evidence::Lang;
use crate::lexicon::Lexicon;
use crate::lexicon::id::Entity;
use crate::pipeline::{Filter, Progress, Rejects, Report, Run};
use crate::read::{Charset, Columns, Day, DayOrder, Inputs, Reading};
use crate::render::{Access, RejectFacts, Staged, reject_line};

/// Loads the lexicons with all overlays.
pub(super) fn load_lexicon(args: &LexiconArgs) -> Result<(Lexicon, Settings)> {
    let settings = Settings::load(args)?;
    let lexicon = settings.lexicon()?;
    Ok((lexicon, settings))
}

/// Compiles the lexicons. What comes out is in use until the process ends: giving it back piece by piece would take a fifth of the time of a start.
pub(super) fn compile(lexicon: Lexicon) -> Result<Arc<Interpreter>> {
    let interpreter = Arc::new(Interpreter::new(Arc::new(lexicon))?);
    std::mem::forget(interpreter.clone());
    Ok(interpreter)
}

/// Finds the inputs, before anything else is loaded.
pub(super) fn find_inputs(input: &InputArgs) -> Result<Inputs> {
    if input.inputs.is_empty() && std::io::stdin().is_terminal() {
        return Err(Error::new(ErrorKind::Usage, "no input")
            .help("give files, directories or globs, or pipe posts in: `rival --help` shows examples"));
    }
    let inputs = Inputs::resolve(&input.inputs)?;
    for one in inputs.as_slice() {
        if let Some(path) = one.path()
            && out::goes_to(path)
        {
            return Err(Error::new(ErrorKind::Usage, "is an input, and standard output goes to it")
                .in_file(path)
                .help("send the output to another file"));
        }
    }
    Ok(inputs)
}

/// Worker threads: as typed, else one per core.
pub(super) fn threads(input: &InputArgs) -> usize {
    input.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// What goes beside a run: its progress bar, and the file of rejects on its way.
pub(super) struct Beside {
    bar: ProgressBar,
    rejects: Option<Arc<Mutex<Staged>>>,
}

/// A run over the inputs, with a progress bar where somebody is looking.
pub(super) fn prepare(
    input: &InputArgs,
    inputs: Inputs,
    interpreter: Arc<Interpreter>,
    config: &Config,
    quiet: bool,
) -> Result<(Run, Beside)> {
    let staged = stage_rejects(input, &inputs)?;
    // Last, because it waits for what is piped in.
    let inputs = inputs.with_piped_archives()?;
    let bar = progress_bar(quiet, inputs.extent());
    let told = bar.clone();
    let write = |staged: Arc<Mutex<Staged>>| {
        move |lines: &[u8]| staged.lock().unwrap_or_else(PoisonError::into_inner).write(lines)
    };
    let run = Run {
        inputs,
        reading: reading(input, config)?,
        filter: filter(input, config)?,
        threads: threads(input),
        interpreter,
        progress: Some(Box::new(move |p| tell_progress(&told, p))),
        rejects: staged.clone().map(|staged| Rejects { raw: input.reject_raw, write: Box::new(write(staged)) }),
    };
    Ok((run, Beside { bar, rejects: staged }))
}

/// Begins the file of rejects, before anything is read: that it cannot be written is better known now.
fn stage_rejects(input: &InputArgs, inputs: &Inputs) -> Result<Option<Arc<Mutex<Staged>>>> {
    let Some(path) = &input.rejects else { return Ok(None) };
    refuse_input(inputs, "--rejects", path)?;
    let access = if input.reject_raw { Access::Owner } else { Access::Usual };
    Ok(Some(Arc::new(Mutex::new(Staged::beside(path, access)?))))
}

/// Refuses an output that is one of the inputs.
pub(super) fn refuse_input(inputs: &Inputs, option: &str, output: &Path) -> Result<()> {
    let Ok(output) = output.canonicalize() else { return Ok(()) };
    for input in inputs.as_slice() {
        if let Some(path) = input.path()
            && path.canonicalize().is_ok_and(|path| path == output)
        {
            return Err(Error::new(ErrorKind::Usage, format!("{option} names an input, which it would replace"))
                .in_file(path)
                .help("give another file"));
        }
    }
    Ok(())
}

impl Beside {
    /// The bar goes away: the result comes now.
    pub(super) fn finish_and_clear(&self) {
        self.bar.finish_and_clear();
    }

    /// Publishes the rejects, when everything else is out.
    pub(super) fn publish(self, report: &Report) -> Result<()> {
        let Some(rejects) = self.rejects else { return Ok(()) };
        // The run is over and has given back its half.
        let Some(mutex) = Arc::into_inner(rejects) else {
            return Err(Error::new(ErrorKind::Internal, "the file of rejects is still in use"));
        };
        let mut staged = mutex.into_inner().unwrap_or_else(PoisonError::into_inner);
        staged.write(&failure_lines(report))?;
        staged.publish()
    }
}

/// A line for each file that could not be used.
pub(super) fn failure_lines(report: &Report) -> Vec<u8> {
    let mut lines = Vec::new();
    for failure in report.failures() {
        let detail = format!("{} rows before it do not count", failure.rows);
        let detail = if failure.rows > 0 { detail.as_str() } else { "" };
        let (file, reason) = (failure.label.as_str(), failure.reason);
        let facts = RejectFacts { file, row: 0, line: 0, byte: 0, reason, detail, bytes: None };
        reject_line(&mut lines, &facts, false);
    }
    lines
}

/// A bar on standard error: posts, rate, and the time left where it is known how much there is to read; hidden where standard error is no
/// terminal.
fn progress_bar(quiet: bool, extent: Option<u64>) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(extent, ProgressDrawTarget::stderr_with_hz(4));
    let template = match extent {
        Some(_) => "{bar:20} {percent:>3} %  {msg}  {eta} left",
        None => "{spinner} {msg}  {elapsed}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// Seconds after which a rate is told.
const SETTLED: f64 = 0.5;

/// Moves the bar: its length is in bytes, people count posts.
fn tell_progress(bar: &ProgressBar, progress: Progress) {
    if bar.is_hidden() {
        return;
    }
    let seconds = bar.elapsed().as_secs_f64();
    // What is read in the first moment says nothing of the rate.
    let rate = if seconds >= SETTLED { progress.rows as f64 / seconds } else { 0.0 };
    let rate = if rate >= 1.0 { format!("  {}/s", HumanCount(rate as u64)) } else { String::new() };
    bar.set_message(format!("{} posts{rate}", HumanCount(progress.rows)));
    // An estimate may fall short of what is there; the end is told by the end.
    bar.set_position(bar.length().map_or(progress.bytes, |all| progress.bytes.min(all.saturating_sub(1))));
}

/// What was typed of how to read the files.
pub(super) fn reading(input: &InputArgs, config: &Config) -> Result<Reading> {
    let how = &input.reading;
    Ok(Reading {
        columns: columns(input, config)?,
        encoding: how.encoding.as_deref().map(Charset::parse).transpose()?,
        no_header: how.no_header,
        lenient_quotes: how.lenient_quotes,
        repair: how.repair,
        keep_partial: how.keep_partial,
        dates: how.dates.map(|order| match order {
            DatesArg::DayFirst => DayOrder::DayFirst,
            DatesArg::MonthFirst => DayOrder::MonthFirst,
        }),
        now: how.now.as_deref().map(Day::parse).transpose()?,
    })
}

/// Columns as typed, and those of `rival.toml` for the other fields.
fn columns(input: &InputArgs, config: &Config) -> Result<Columns> {
    let typed = input.columns.clone().unwrap_or_default();
    let named = |field: &str| typed.split(',').any(|part| part.split('=').next().is_some_and(|f| f.trim() == field));
    let mut all: Vec<String> =
        config.columns.iter().filter(|(f, _)| !named(f)).map(|(f, h)| format!("{f}={h}")).collect();
    all.push(typed.clone());
    Columns::parse(&all.join(","))
}

fn filter(input: &InputArgs, config: &Config) -> Result<Filter> {
    let either = |typed: &[String], set: &[String]| if typed.is_empty() { set.to_vec() } else { typed.to_vec() };
    let mut langs = Vec::new();
    for lang in either(&input.lang, &config.filters.lang) {
        langs.push(match lang.as_str() {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            _ => return Err(Error::new(ErrorKind::Usage, format!("--lang {lang} is not known")).help("known: zh, en")),
        });
    }
    let filter = Filter {
        since: day("--since", input.since.as_ref().or(config.filters.since.as_ref()))?,
        until: day("--until", input.until.as_ref().or(config.filters.until.as_ref()))?,
        platforms: either(&input.platform, &config.filters.platform).iter().map(|p| p.to_lowercase()).collect(),
        langs,
        regions: either(&input.region, &config.filters.region),
    };
    if let (Some(since), Some(until)) = (&filter.since, &filter.until)
        && since > until
    {
        return Err(Error::new(ErrorKind::Usage, format!("--since {since} is after --until {until}")).help("swap them"));
    }
    Ok(filter)
}

/// A day as `2024-03-01`.
fn day(option: &str, written: Option<&String>) -> Result<Option<String>> {
    let Some(written) = written else { return Ok(None) };
    match written.parse::<jiff::civil::Date>() {
        Ok(day) => Ok(Some(day.to_string())),
        Err(_) => {
            Err(Error::new(ErrorKind::Usage, format!("{option} {written} is no day")).help("write it as 2024-03-01"))
        }
    }
}

/// The category or brand that a name means: an id, a label, or a surface.
pub(super) fn entity(lexicon: &Lexicon, option: &str, name: &str) -> Result<Entity> {
    lexicon.entity(name).ok_or_else(|| {
        let near = lexicon.nearest_entities(name);
        let help = if near.is_empty() {
            "`rival lexicon list categories/` shows all; add your own in rival.toml (`rival init`)".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        Error::new(ErrorKind::Usage, format!("{option}: nothing is called `{name}`")).help(help)
    })
}

/// Tells what was not used: files that failed, rejected rows, where to look.
pub(super) fn tell(report: &Report, input: &InputArgs, quiet: bool) -> bool {
    for failure in report.failures() {
        say(&format!("error: {}", failure.error));
    }
    let rejected = report.ledger.rejected_rows();
    if !quiet {
        say(&ledger_line(report));
        if rejected > 0 && input.rejects.is_none() {
            for (reason, rows) in &report.ledger.rejected {
                say(&format!("  {rows} × {} {}: {}", reason.code(), reason.name(), reason.explain()));
            }
            say("  --rejects FILE tells where each of them stands");
        }
        for (reason, times) in &report.ledger.warned {
            say(&format!("  {times} × {} {}: {}", reason.code(), reason.name(), reason.explain()));
        }
    }
    report.is_degraded() || report.reject_percent() > input.max_reject
}

/// `1,204 rows read: 1,190 analyzed, 2 rejected, 12 set aside (8 S603 near-duplicate, 4 S604 no-text)`
fn ledger_line(report: &Report) -> String {
    let ledger = &report.ledger;
    let aside: Vec<String> =
        ledger.set_aside.iter().map(|(reason, rows)| format!("{rows} {} {}", reason.code(), reason.name())).collect();
    let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(", ")) };
    format!(
        "{} rows read: {} analyzed, {} rejected, {} set aside{aside}",
        ledger.read,
        ledger.analyzed,
        ledger.rejected_rows(),
        ledger.set_aside_rows()
    )
}
