//! Hand-labelled posts: one JSON object a line with `id`, `lang`, `text` and the labels that people gave.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::id::{CategoryId, OccasionId};
use crate::lexicon::taxonomy::Taxonomy;

/// The facets that are labelled by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What is consumed.
    Categories,
    /// On which occasion.
    Occasions,
    /// Why, why not, why again.
    Motives,
    /// What it is really about.
    Essences,
}

impl Facet {
    /// All facets, in the order of the tables.
    pub const ALL: [Facet; 4] = [Self::Categories, Self::Occasions, Self::Motives, Self::Essences];

    /// The key of the gold file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Categories => "categories",
            Self::Occasions => "occasions",
            Self::Motives => "motives",
            Self::Essences => "essences",
        }
    }
}

/// The labels of one post, per facet, as the codebook writes them (`taste:buy`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Labels {
    categories: BTreeSet<String>,
    occasions: BTreeSet<String>,
    motives: BTreeSet<String>,
    essences: BTreeSet<String>,
}

impl Labels {
    pub fn of(&self, facet: Facet) -> &BTreeSet<String> {
        match facet {
            Facet::Categories => &self.categories,
            Facet::Occasions => &self.occasions,
            Facet::Motives => &self.motives,
            Facet::Essences => &self.essences,
        }
    }
}

/// One hand-labelled post.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct GoldPost {
    pub id: String,
    #[serde(default)]
    pub lang: String,
    pub text: String,
    #[serde(flatten)]
    pub sure: Labels,
    /// Labels that one of two coders gave: neither hit nor miss.
    #[serde(default)]
    pub disputed: Labels,
    /// The words that carried each label, where the coders noted them: facet → label → words.
    #[serde(default)]
    evidence: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
}

impl GoldPost {
    /// The words that the coders noted for a label.
    pub fn words(&self, facet: Facet, label: &str) -> &str {
        let noted = self.evidence.get(facet.as_str()).and_then(|labels| labels.get(label));
        noted.and_then(serde_json::Value::as_str).unwrap_or_default()
    }
}

/// The posts of a gold file by id.
///
/// # Errors
/// A file that cannot be read, a line that is no such object, an id that stands twice.
pub(super) fn load(path: &Path) -> Result<BTreeMap<String, GoldPost>> {
    let text = fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Input, format!("cannot be read: {e}")).in_file(path))?;
    let help = "a line looks like {\"id\":\"1\",\"lang\":\"zh\",\"text\":\"…\",\"categories\":[\"beer\"],\"occasions\":[],\"motives\":[\"taste:buy\"],\
                \"essences\":[],\"disputed\":{\"motives\":[]}}";
    let mut posts = BTreeMap::new();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let fault = |message: String, column: u64| Error::new(ErrorKind::Input, message).at(path, number, column);
        let post: GoldPost = serde_json::from_str(line)
            .map_err(|e| fault(format!("is no labelled post: {e}"), e.column() as u64).help(help))?;
        if let Some(old) = posts.insert(post.id.clone(), post) {
            return Err(fault(format!("the id {} stands twice", old.id), 1).help("give every post an id of its own"));
        }
    }
    let labelled = |post: &GoldPost| Facet::ALL.iter().any(|&f| !post.sure.of(f).is_empty());
    if !posts.values().any(labelled) {
        return Err(Error::new(ErrorKind::Input, "no post of this file has a label").in_file(path).help(help));
    }
    Ok(posts)
}

/// How the coders of a gold file knew the codebook: an id that joined later counts as its parent, or not at all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'t> {
    taxonomy: &'t Taxonomy,
    /// The version of the codebook by which the posts were labelled.
    pub version: u32,
}

impl<'t> Known<'t> {
    /// The version is that of the latest id that any post of the file bears.
    pub fn of(taxonomy: &'t Taxonomy, gold: &BTreeMap<String, GoldPost>) -> Self {
        let since = |facet: Facet, id: &str| match facet {
            Facet::Categories => taxonomy.category_id(id).map(|c| taxonomy.category(c).since),
            Facet::Occasions => taxonomy.occasion_id(id).map(|o| taxonomy.occasion(o).since),
            Facet::Motives => taxonomy.motive_id(id.split(':').next().unwrap_or(id)).map(|m| taxonomy.motive(m).since),
            Facet::Essences => taxonomy.essence_id(id).map(|e| taxonomy.essence(e).since),
        };
        let labels = gold.values().flat_map(|post| [&post.sure, &post.disputed]);
        let versions =
            labels.flat_map(|l| Facet::ALL.map(|f| l.of(f).iter().filter_map(|id| since(f, id)).max().unwrap_or(1)));
        Self { taxonomy, version: versions.max().unwrap_or(1) }
    }

    /// The category as the coders knew it.
    pub fn category(self, id: CategoryId) -> Option<&'t str> {
        let known = self.taxonomy.lineage_up(id).find(|&c| self.taxonomy.category(c).since <= self.version);
        known.map(|c| self.taxonomy.category(c).name.id.as_str())
    }

    /// The occasion as the coders knew it.
    pub fn occasion(self, id: OccasionId) -> Option<&'t str> {
        let up = std::iter::successors(Some(id), |&o| self.taxonomy.occasion(o).parent);
        let known = up.into_iter().find(|&o| self.taxonomy.occasion(o).since <= self.version);
        known.map(|o| self.taxonomy.occasion(o).name.id.as_str())
    }
}
