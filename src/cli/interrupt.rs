//! SIGINT and SIGTERM: the run ends at once with 130, nothing is published, nothing unfinished is left.

/// The exit code of an interrupted run.
#[cfg(unix)]
const INTERRUPTED: i32 = 130;

/// Watches for signals from now on.
///
/// Where the system refuses, the signals do what they do without us: the process ends, and its unfinished files stay.
#[cfg(unix)]
pub(super) fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else { return };
    let watching = move || {
        for _ in signals.forever() {
            stop();
        }
    };
    // Without a thread to watch, as above.
    let _ = std::thread::Builder::new().name("signals".to_owned()).stack_size(64 * 1024).spawn(watching);
}

#[cfg(not(unix))]
pub(super) fn watch() {}

#[cfg(unix)]
fn stop() {
    // A reader that does not read may hold the writer up for ever.
    let _whole_lines = super::out::between_lines(std::time::Duration::from_millis(400));
    if crate::render::abandon() {
        std::process::exit(INTERRUPTED);
    }
}
