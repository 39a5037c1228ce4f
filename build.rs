//! Prepares what would take long at every start: packs the segmenter's dictionary, reads the built-in lexicons and compiles them.
//!
//! It does so with the modules of the program itself; there is no second way. What it leaves is included by `segment::dictionary`,
//! `lexicon::built_in` and `matcher::built_in`, the only modules of these layers that it cannot use; tests hold each to a fresh run.

#![allow(dead_code, unused_imports, clippy::wrong_self_convention)] // the modules serve the program too

#[path = "src/error.rs"]
mod error;
#[path = "src/limits.rs"]
mod limits;
#[path = "src/normalize/mod.rs"]
mod normalize;

#[path = "src/lexicon"]
mod lexicon {
    pub mod blocks;
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

    pub use entry::*;
    pub use fault::Fault;
    pub use inflect::forms;
    pub use load::Lexicon;
    pub use precision::Precision;
}

#[path = "src/segment"]
mod segment {
    #[path = "dictionary"]
    pub mod dictionary {
        pub mod compile;
        mod layout;
        mod placement;
    }
    mod outline;

    pub use outline::Outline;
}

#[path = "src/matcher"]
mod matcher {
    mod anchors;
    mod class_order;
    mod clauses;
    mod compile;
    mod distinct;
    mod filter;
    mod han;
    mod hashed;
    mod latin;
    mod packed;
    mod places;
    mod scan;
    mod tables;

    /// The tables of a lexicon, in the form of postcard.
    pub fn compiled(lexicon: &crate::lexicon::Lexicon) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        Ok(postcard::to_allocvec(&tables::Tables::compile(lexicon)?)?)
    }
}

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// The words of the dictionary, as `src/segment/dictionary/README.md` says.
const WORDS: &str = "src/segment/dictionary/words.txt.gz";
const LEXICONS: &str = "lexicons";

fn main() -> Result<(), Box<dyn Error>> {
    for input in ["build.rs", WORDS, LEXICONS] {
        println!("cargo::rerun-if-changed={input}");
    }
    let out = std::env::var("OUT_DIR")?;
    pack_dictionary(&Path::new(&out).join("dictionary"))?;
    compile_lexicons(Path::new(&out))
}

fn pack_dictionary(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut words = String::new();
    flate2::read::GzDecoder::new(File::open(WORDS)?).read_to_string(&mut words)?;
    let tables = segment::dictionary::compile::compile(&words).map_err(|fault| format!("{WORDS}: {fault}"))?;
    fs::create_dir_all(folder)?;
    for (name, bytes) in [
        ("codes", &tables.codes),
        ("roots", &tables.roots),
        ("nodes", &tables.nodes),
        ("scores", &tables.scores),
        ("pairs", &tables.pairs),
    ] {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

fn compile_lexicons(folder: &Path) -> Result<(), Box<dyn Error>> {
    // A fault stops no build: `rival lexicon check` and a test name all of them.
    let (lexicon, faults) = lexicon::Lexicon::read(&[lexicon::source::folder(Path::new(LEXICONS))?]);
    if let Some(fault) = faults.first() {
        println!("cargo::warning={}:{}: {} {}", fault.path, fault.line, fault.code, fault.message);
    }
    fs::write(folder.join("lexicon"), postcard::to_allocvec(&lexicon)?)?;
    fs::write(folder.join("tables"), matcher::compiled(&lexicon)?)?;
    Ok(fs::write(folder.join("tables.sha256"), lexicon.sha256)?)
}
