//! `rival.toml`: what belongs to a user's project.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::args::LexiconArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::source::{self, Source};
use crate::lexicon::{Lexicon, embedded};

/// The name that is looked for from the working directory upward.
pub(super) const NAME: &str = "rival.toml";

/// What `rival init` writes.
pub(super) const TEMPLATE: &str = include_str!("rival.toml");

/// A project's settings. Its own brands, categories and occasions stand in the same file and are read as a lexicon overlay.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Config {
    pub project: Project,
    pub columns: BTreeMap<String, String>,
    pub filters: Filters,
    codebook: IgnoredAnyDefault,
    category: IgnoredAnyDefault,
    brand: IgnoredAnyDefault,
    occasion: IgnoredAnyDefault,
    motive: IgnoredAnyDefault,
    class: IgnoredAnyDefault,
}

/// Read by the lexicon loader, not here.
#[derive(Debug, Clone, Default)]
struct IgnoredAnyDefault;

impl<'de> Deserialize<'de> for IgnoredAnyDefault {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// What the project is about.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Project {
    /// Entities that get full cards.
    pub focus: Vec<String>,
    /// Rivals that everybody in the category has on the list.
    pub known: Vec<String>,
    /// Overlay folders, relative to the file.
    pub lexicons: Vec<PathBuf>,
    /// How the export was fetched: `keyword=啤酒`.
    pub sampled_by: Option<String>,
}

/// Which posts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Filters {
    pub since: Option<String>,
    pub until: Option<String>,
    pub platform: Vec<String>,
    pub lang: Vec<String>,
    pub region: Vec<String>,
}

/// The settings in force and the lexicon files that go with them.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub config: Config,
    /// Whether the built-in lexicons are wanted.
    built_in: bool,
    /// The overlays, later ones on top.
    overlays: Vec<Vec<Source>>,
    /// The file that was used.
    pub path: Option<PathBuf>,
}

impl Settings {
    /// Finds and reads `rival.toml` and every overlay folder.
    pub(super) fn load(args: &LexiconArgs) -> Result<Self> {
        let path = match (&args.config, args.isolated) {
            (Some(path), _) => Some(path.clone()),
            (None, true) => None,
            (None, false) => find(),
        };
        let mut settings = Self { built_in: !args.no_builtin, ..Self::default() };
        if let Some(path) = path {
            let text = fs::read_to_string(&path).map_err(|e| {
                Error::new(ErrorKind::Usage, format!("cannot be read: {e}"))
                    .in_file(&path)
                    .help("check --config, or use --isolated")
            })?;
            settings.config = parse(&path, &text)?;
            let folder = path.parent().unwrap_or(Path::new("."));
            for overlay in &settings.config.project.lexicons {
                settings.overlays.push(source::folder(&folder.join(overlay))?);
            }
            let shown = path.display().to_string();
            settings.overlays.push(vec![Source { path: NAME.to_owned(), shown, text }]);
            settings.path = Some(path);
        }
        for overlay in &args.lexicons {
            settings.overlays.push(source::folder(overlay)?);
        }
        Ok(settings)
    }

    /// All lexicon files, the built-in ones lowest.
    pub(super) fn layers(&self) -> Vec<Vec<Source>> {
        self.built_in.then(embedded).into_iter().chain(self.overlays.iter().cloned()).collect()
    }

    /// The lexicon; its files are read only where something was added to the built-in ones.
    pub(super) fn lexicon(&self) -> Result<Lexicon> {
        if self.built_in && self.overlays.is_empty() { Lexicon::built_in() } else { Lexicon::of_layers(&self.layers()) }
    }
}

pub(super) fn parse(path: &Path, text: &str) -> Result<Config> {
    toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        let before = &text[..at.min(text.len())];
        let line = before.matches('\n').count() as u64 + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
        Error::new(ErrorKind::Usage, e.message().to_owned())
            .at(path, line, column)
            .help("`rival init` writes an example with all keys")
    })
}

/// The nearest `rival.toml` from the working directory upward.
fn find() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|dir| dir.join(NAME)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_valid() {
        let config = parse(Path::new(NAME), TEMPLATE).expect("the template parses");
        assert_eq!(config.project.known, Vec::<String>::new());
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place() {
        let error = parse(Path::new(NAME), "[project]\nfokus = [\"beer\"]\n").expect_err("unknown key");
        assert!(error.to_string().starts_with("rival.toml:2:1:"), "{error}");
        assert!(error.to_string().contains("fokus"), "{error}");
    }
}
