//! Every limit of the program in one place, with its reason.

/// Longest text of a post that is read, in bytes; the rest is cut at a clause end (`W710`).
pub const TEXT_BYTES: usize = 64 * 1024;
/// Longest record of a CSV file or line of a JSONL file, in bytes (`R205`): an unclosed quote must not eat the file.
pub const RECORD_BYTES: usize = 1024 * 1024;
/// Most physical lines of one CSV record (`R205`).
pub const RECORD_LINES: usize = 1_000;
/// Most columns of a CSV file (`R206`).
pub const COLUMNS: usize = 10_000;
/// Deepest nesting of a JSON value (`R302`).
pub const JSON_DEPTH: usize = 64;
/// Posts are handed to workers in batches of about this many bytes.
pub const BATCH_BYTES: usize = 256 * 1024;
/// Quotes kept per cell of a tally.
pub const QUOTES: usize = 5;
/// Authors that a cell needs before its words are shown: one alone would be a person.
pub const QUOTED_AUTHORS: u64 = 2;
/// Author buckets for the jackknife (method §1).
pub const BUCKETS: usize = 64;
/// Bytes at the head of a file from which its format, separator and columns are told.
pub const SAMPLE_BYTES: usize = 64 * 1024;
/// A compressed file may grow to this many bytes whatever its ratio (`R403`).
pub const BOMB_FLOOR: u64 = 64 * 1024 * 1024;
/// Beyond [`BOMB_FLOOR`] a compressed file may grow by this factor (`R403`): real exports stay under 40.
pub const BOMB_RATIO: u64 = 200;
/// Largest archive or workbook that is taken from standard input, which is held in memory: the largest sheet of posts is smaller.
pub const PIPED_ARCHIVE: u64 = 256 * 1024 * 1024;
/// Most bytes of the texts that a workbook keeps in one list, which is held in memory (`R403`).
pub const SHARED_STRINGS: u64 = 512 * 1024 * 1024;
