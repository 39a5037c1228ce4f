//! Packs the segmenter's dictionary into the tables that the program carries.

#[path = "src/segment/dictionary"]
mod dictionary {
    pub mod compile;
    #[allow(dead_code)] // one half is for the program
    mod layout;
    mod placement;
}

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// The words, as `src/segment/dictionary/README.md` says.
const WORDS: &str = "src/segment/dictionary/words.txt.gz";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/segment/dictionary");
    let out = std::env::var("OUT_DIR")?;
    pack_dictionary(&Path::new(&out).join("dictionary"))
}

fn pack_dictionary(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut words = String::new();
    flate2::read::GzDecoder::new(File::open(WORDS)?).read_to_string(&mut words)?;
    let tables = dictionary::compile::compile(&words).map_err(|fault| format!("{WORDS}: {fault}"))?;
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
