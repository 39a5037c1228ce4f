//! What a shell and `man` want to know of the commands: completions and manual pages.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Done;
use super::args::Cli;
use super::out::{Out, say};
use crate::error::{Error, ErrorKind, Result};
use crate::render;

/// Exit codes, as the manual tells them.
const EXITS: [(&str, &str); 4] = [
    ("0", "Complete."),
    ("1", "Complete, but a file failed, or more rows were rejected than --max-reject allows."),
    ("2", "The command line, a lexicon or an input cannot be used."),
    ("3", "The output could not be written."),
];
/// What is read from the environment.
const ENVIRONMENT: [(&str, &str); 3] = [
    ("COLUMNS", "Columns of a line, 40 to 300; else those of the terminal, or 100 where there is none."),
    ("NO_COLOR", "No color, unless --color always."),
    ("TERM", "No color where it is `dumb`."),
];
const FILES: [(&str, &str); 1] = [(
    "rival.toml",
    "The project: own brands, rivals, columns. Found from the working directory upward; `rival init` writes one.",
)];

/// `rival completions`
pub(super) fn completions(shell: Shell) -> Result<Done> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "rival", &mut bytes);
    print(&bytes)
}

/// `rival man`: the page of the program or of one command; with a folder, all pages as files.
pub(super) fn man(words: &[String], folder: Option<&Path>) -> Result<Done> {
    let root = built();
    if let Some(folder) = folder {
        let mut pages = Vec::new();
        all(&root, &mut pages);
        for command in &pages {
            let page = Man::new((*command).clone());
            render::publish(&folder.join(page.get_filename()), &roff(command, &page)?)?;
        }
        say(&format!("wrote {} manual pages to {}", pages.len(), folder.display()));
        return Ok(Done::Complete);
    }
    let mut command = &root;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| {
            let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let help = if known.is_empty() {
                format!("`{}` has no commands of its own", command.get_name())
            } else {
                format!("known: {}", known.join(", "))
            };
            Error::new(ErrorKind::Usage, format!("there is no command `{word}`")).help(help)
        })?;
    }
    print(&roff(command, &Man::new(command.clone()))?)
}

fn print(bytes: &[u8]) -> Result<Done> {
    let mut out = Out::new();
    out.write(bytes)?;
    out.finish()?;
    Ok(Done::Complete)
}

/// The commands with their full names (`rival-lexicon-check`).
fn built() -> Command {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    root
}

/// A command and all below it.
fn all<'c>(command: &'c Command, out: &mut Vec<&'c Command>) {
    out.push(command);
    for each in command.get_subcommands() {
        all(each, out);
    }
}

/// One page. That of the program tells exit codes and the environment too.
fn roff(command: &Command, page: &Man) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut write = || -> io::Result<()> {
        let mut rendered = Vec::new();
        page.render(&mut rendered)?;
        bytes.extend(synopsis(&String::from_utf8_lossy(&rendered), command).into_bytes());
        if command.get_name() == "rival" {
            for (title, all) in [("EXIT STATUS", &EXITS[..]), ("ENVIRONMENT", &ENVIRONMENT[..]), ("FILES", &FILES[..])]
            {
                section(title, all).to_writer(&mut bytes)?;
            }
        }
        Ok(())
    };
    write().map_err(|e| Error::new(ErrorKind::Internal, format!("the manual page cannot be made: {e}")))?;
    Ok(bytes)
}

/// The page with what to type in a line: the options stand one by one below.
fn synopsis(page: &str, command: &Command) -> String {
    const HEAD: &str = ".SH SYNOPSIS\n";
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace('-', "\\-");
    let parts = page.split_once(HEAD).and_then(|(before, rest)| Some((before, &rest[rest.find(".SH ")?..])));
    parts.map_or_else(|| page.to_owned(), |(before, after)| format!("{before}{HEAD}{usage}\n{after}"))
}

fn section(title: &str, all: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::default();
    roff.control("SH", [title]);
    for &(name, text) in all {
        roff.control("TP", []);
        roff.text([bold(name)]);
        roff.text([roman(text)]);
    }
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every long option of a command.
    fn options(command: &Command) -> Vec<String> {
        command.get_arguments().filter_map(|a| a.get_long()).filter(|l| *l != "help").map(str::to_owned).collect()
    }

    #[test]
    fn every_command_and_option_has_its_place_in_a_page() {
        let root = built();
        let mut pages = Vec::new();
        all(&root, &mut pages);
        assert!(pages.len() >= 15, "{}", pages.len());
        for command in pages {
            let page = Man::new(command.clone());
            let text = String::from_utf8(roff(command, &page).expect("a page")).expect("UTF-8").replace("\\-", "-");
            for option in options(command) {
                assert!(text.contains(&format!("--{option}")), "{} lacks --{option}", page.get_filename());
            }
            for each in command.get_subcommands() {
                assert!(text.contains(each.get_name()), "{} lacks {}", page.get_filename(), each.get_name());
            }
        }
    }

    #[test]
    fn the_synopsis_is_what_to_type() {
        let root = built();
        let command = root.find_subcommand("analyze").expect("a command");
        let text = String::from_utf8(roff(command, &Man::new(command.clone())).expect("a page")).expect("UTF-8");
        let line = text.split_once(".SH SYNOPSIS\n").and_then(|(_, rest)| rest.lines().next());
        assert_eq!(line, Some("rival analyze [OPTIONS] [INPUT]..."));
        assert_eq!(text.matches(".SH DESCRIPTION").count(), 1);
    }

    #[test]
    fn every_shell_completes_every_command_and_option() {
        let root = built();
        let mut pages = Vec::new();
        all(&root, &mut pages);
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let mut bytes = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rival", &mut bytes);
            let text = String::from_utf8(bytes).expect("UTF-8");
            for command in &pages {
                assert!(text.contains(command.get_name()), "{shell} lacks {}", command.get_name());
                for option in options(command) {
                    assert!(text.contains(&option), "{shell} lacks --{option}");
                }
            }
        }
    }
}
