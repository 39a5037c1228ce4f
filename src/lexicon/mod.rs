//! Words and rules as data, loaded once, immutable.
//!
//! Files in TOML ([`source`]) become [`Entry`]s under the ids of the codebook; what is wrong with a file is a [`Fault`] with its place. The
//! format is described for its writers in `lexicons/README.md`.

pub mod blocks;
mod built_in;
mod codebook;
mod conflict;
mod entry;
mod fault;
mod folders;
pub mod id;
mod inflect;
mod load;
mod lookup;
mod naming;
mod own_ids;
pub mod precision;
mod raw;
mod read_entry;
pub mod source;
mod stored;
mod target;
pub mod taxonomy;
mod term;

pub use built_in::embedded;
pub use entry::{
    Boundary, CARRIES, Class, Entry, Feeling, Feels, Gap, JOINS, Near, Negated, Piece, Resolve, SIDE_CLASSES, Sequence,
    Slot, Status, Target, Term, Words,
};
pub use fault::{CODES, Fault};
pub use inflect::forms;
pub use load::Lexicon;
pub use precision::Precision;
pub use stored::Stored;
