//! The `rival` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    rival::cli::main()
}
