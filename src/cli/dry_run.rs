//! `--dry-run`: what a run would read, without running it.

use super::Done;
use super::args::{InputArgs, LexiconArgs};
use super::config::Settings;
use super::out::Out;
use super::session::{find_inputs, reading};
use crate::error::Result;
use crate::render;
use crate::workbench;

/// Shows how the inputs would be read.
pub(super) fn dry_run(input: &InputArgs, lexicon: &LexiconArgs) -> Result<Done> {
    let inputs = find_inputs(input)?;
    let settings = Settings::load(lexicon)?;
    let reading = reading(input, &settings.config)?;
    let told = workbench::dry_run(&inputs.with_piped_archives()?, &reading);
    let mut out = Out::new();
    out.write(render::visible(&told.page).as_bytes())?;
    out.finish()?;
    Ok(if told.failed > 0 { Done::Degraded } else { Done::Complete })
}
