//! What was typed → what it means → pipeline + render; exit codes; everything on standard error.
//!
//! Exit codes: 0 complete · 1 complete but degraded · 2 usage, lexicon or internal error · 3 output could not be written · 130 interrupted.

mod args;
mod commands;
mod config;
mod dry_run;
mod folder;
mod interrupt;
mod lexicon;
mod lexicon_args;
mod manual;
mod out;
mod sample;
mod session;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use crate::error::{Error, ErrorKind};
use args::{Cli, Command};

/// Whether a run was complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Complete,
    Degraded,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // clap knows whether this is help (standard output, 0) or an error (standard error, 2).
            let code = u8::try_from(e.exit_code()).unwrap_or(2);
            if code == 0
                && let Err(unwritable) = out::check()
            {
                return exit_code(Err(unwritable));
            }
            return match e.print() {
                Err(broken) if code == 0 && broken.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(3),
                _ => ExitCode::from(code),
            };
        }
    };
    quiet_panics();
    interrupt::watch();
    // A panic that reaches here has told its place; what was not finished is removed on the way.
    let done = catch_unwind(AssertUnwindSafe(|| run(cli)));
    done.map_or_else(|_| ExitCode::from(2), exit_code)
}

/// Whether a text is a `rival.toml`, for tests that try any text.
///
/// # Errors
/// `Usage`, with the place of what cannot be understood.
#[doc(hidden)]
pub fn check_config(text: &str) -> Result<(), Error> {
    config::parse(std::path::Path::new(config::NAME), text).map(|_| ())
}

fn run(cli: Cli) -> Result<Done, Error> {
    out::check()?;
    let quiet = cli.quiet;
    match cli.command {
        Command::Analyze(args) if args.dry_run => dry_run::dry_run(&args.input, &args.lexicon),
        Command::Label(args) if args.dry_run => dry_run::dry_run(&args.input, &args.lexicon),
        Command::Analyze(args) => commands::analyze(&args, quiet, cli.color),
        Command::Label(args) => commands::label(&args, quiet),
        Command::Compare(args) => commands::compare(&args, cli.color),
        Command::Explain(args) => commands::explain(&args),
        Command::Lexicon(command) => lexicon::lexicon(&command, quiet),
        Command::Sample(args) => sample::sample(&args, quiet),
        Command::Schema { of } => commands::schema(of),
        Command::Init { path } => commands::init(&path),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command, dir } => manual::man(&command, dir.as_deref()),
    }
}

/// The one place that decides the exit code.
fn exit_code(done: Result<Done, Error>) -> ExitCode {
    match done {
        Ok(Done::Complete) => ExitCode::SUCCESS,
        Ok(Done::Degraded) => ExitCode::from(1),
        Err(e) if out::is_closed_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            out::say(&format!("error: {e}"));
            ExitCode::from(if e.kind() == ErrorKind::Output { 3 } else { 2 })
        }
    }
}

/// A panic inside a post is caught and counted (`R901`); its message may hold text of the post and is told to nobody.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or(String::new(), |l| format!(" at {}:{}", l.file(), l.line()));
        out::say(&format!("internal error{place}; please report it"));
    }));
}
