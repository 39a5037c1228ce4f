//! `rival sample`: posts behind a label to mark right or wrong, and what becomes of the marks.

use std::fs;
use std::path::Path;

use super::Done;
use super::args::{LexiconArgs, SampleArgs};
use super::commands::done;
use super::config::Settings;
use super::out::{Out, say};
use super::session::{compile, find_inputs, load_lexicon, prepare};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::Lexicon;
use crate::lexicon::source::{Source, folder};
use crate::render;
use crate::workbench;

/// `rival sample`
pub(super) fn sample(args: &SampleArgs, quiet: bool) -> Result<Done> {
    match (&args.of, &args.apply) {
        (_, Some(marked)) => apply(marked, &args.lexicon, quiet),
        (Some(label), None) => draw(label, args, quiet),
        (None, None) => Err(Error::new(ErrorKind::Usage, "nothing to sample").help("give --for ID, or --apply FILE")),
    }
}

fn draw(label: &str, args: &SampleArgs, quiet: bool) -> Result<Done> {
    let inputs = find_inputs(&args.input)?;
    let (lexicon, settings) = load_lexicon(&args.lexicon)?;
    let interpreter = compile(lexicon)?;
    let (run, beside) = prepare(&args.input, inputs, interpreter, &settings.config, quiet)?;
    let (sample, report) = workbench::sample(run, label, args.posts)?;
    beside.finish_and_clear();
    let mut out = Out::new();
    out.write(render::visible(&workbench::sample_page(&sample)).as_bytes())?;
    out.finish()?;
    done(&report, beside, &args.input, quiet)
}

/// Writes the marks of a sample into the last overlay folder that was named.
fn apply(marked: &Path, args: &LexiconArgs, quiet: bool) -> Result<Done> {
    let Some((target, others)) = args.lexicons.split_last() else {
        return Err(Error::new(ErrorKind::Usage, "--apply needs the folder to write to").help("add --lexicons mine"));
    };
    let text = fs::read_to_string(marked).map_err(|e| {
        Error::new(ErrorKind::Usage, format!("cannot be read: {e}"))
            .in_file(marked)
            .help("give the file that `rival sample --for ID` wrote")
    })?;
    let shown = marked.display().to_string();
    let sample = Source { path: shown.clone(), shown, text };
    // The folder may not be there yet, or be empty.
    let overlay = if target.is_dir() && has_files(target) { folder(target)? } else { Vec::new() };
    let below = LexiconArgs { lexicons: others.to_vec(), ..args.clone() };
    let mut layers = Settings::load(&below)?.layers();
    layers.push(overlay.clone());
    let lexicon = Lexicon::of_layers(&layers)?;
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let applied = workbench::apply(&lexicon, &sample, &overlay, &today)?;
    for (path, text) in &applied.files {
        let path = target.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| {
                Error::new(ErrorKind::Output, format!("cannot be made: {e}"))
                    .in_file(folder)
                    .help("check the path given to --lexicons")
            })?;
        }
        render::publish(&path, text.as_bytes())?;
    }
    if !quiet {
        tell(&applied, target);
    }
    Ok(Done::Complete)
}

fn has_files(target: &Path) -> bool {
    fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some())
}

fn tell(applied: &workbench::Applied, target: &Path) {
    say(&format!(
        "{}: {} right, {} wrong, {} left open; {} new examples",
        applied.label, applied.right, applied.wrong, applied.open, applied.examples
    ));
    for path in applied.files.keys() {
        say(&format!("  wrote {}", target.join(path).display()));
    }
    if applied.wrong > 0 {
        say(&format!(
            "next: rival lexicon check --lexicons {}; each wrong one fails until an `unless`, a flag or a `resolve` keeps it out",
            target.display()
        ));
    }
}
