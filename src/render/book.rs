//! The findings, opened: labels, entities and quotes by id.

use std::collections::BTreeMap;

use crate::analyze::Findings;
use crate::analyze::findings::{EntityFinding, Level, OutsideOption, QuoteFinding, RivalFinding, Subject};
use crate::lexicon::taxonomy::{Name, Taxonomy};
use crate::render::phrase::Phrase;

/// A label in both languages, or the id twice where it has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    pub zh: &'a str,
    pub en: &'a str,
}

impl Names<'_> {
    /// `whisky 威士忌`
    pub fn both(self) -> String {
        match (self.en, self.zh) {
            ("", zh) => zh.to_owned(),
            (en, "") => en.to_owned(),
            (en, zh) if en == zh => en.to_owned(),
            (en, zh) => format!("{en} {zh}"),
        }
    }

    /// `Whisky 威士忌`
    pub fn title(self) -> String {
        capital(&self.both())
    }

    /// The English label, or the Chinese one where there is none.
    pub fn short(self) -> String {
        if self.en.is_empty() { self.zh } else { self.en }.to_owned()
    }
}

/// The text with a capital letter at its start; a name with a capital further in (eBay) is spelled so on purpose.
pub(super) fn capital(text: &str) -> String {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    if word.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What stands in the findings, by id.
pub(super) struct Book<'a> {
    pub findings: &'a Findings,
    taxonomy: &'a Taxonomy,
    /// By whether it is a brand, then id: a brand may share a category's id.
    entities: BTreeMap<(bool, &'a str), &'a EntityFinding>,
    quotes: BTreeMap<&'a str, &'a QuoteFinding>,
}

impl<'a> Book<'a> {
    pub fn new(findings: &'a Findings, taxonomy: &'a Taxonomy) -> Self {
        let entities = findings.entities.iter().map(|e| ((e.level != Level::Category, e.id.as_str()), e)).collect();
        let quotes = findings.quotes.iter().map(|q| (q.id.as_str(), q)).collect();
        Self { findings, taxonomy, entities, quotes }
    }

    /// The ids in focus, in the order of the cards: those that have a list, then those that nobody speaks of.
    pub fn focus(&self) -> Vec<&'a str> {
        let subjects = self.findings.subjects.iter().filter(|s| s.focus).map(|s| s.of.as_str());
        let asked = self.findings.meta.parameters.focus.iter().map(String::as_str);
        let mut out: Vec<&str> = Vec::new();
        for id in subjects.chain(asked) {
            if !out.contains(&id) {
                out.push(id);
            }
        }
        out
    }

    /// The lists of an entity, category level first.
    pub fn subjects(&self, id: &str) -> Vec<&'a Subject> {
        let mut out: Vec<&Subject> = self.findings.subjects.iter().filter(|s| s.of == id).collect();
        out.sort_by_key(|s| s.level);
        out
    }

    /// The rivals of a list, by rank.
    pub fn rivals(&self, subject: &Subject) -> Vec<&'a RivalFinding> {
        let mut out: Vec<&RivalFinding> =
            self.findings.rivals.iter().filter(|r| r.of == subject.of && r.level == subject.level).collect();
        out.sort_by_key(|r| r.rank);
        out
    }

    /// An entity as a subject of a level.
    pub fn subject_entity(&self, id: &str, level: Level) -> Option<&'a EntityFinding> {
        self.entities.get(&(level != Level::Category, id)).copied()
    }

    /// An entity of either kind.
    pub fn entity(&self, id: &str) -> Option<&'a EntityFinding> {
        [false, true].iter().find_map(|&brand| self.entities.get(&(brand, id)).copied())
    }

    pub fn quote(&self, id: &str) -> Option<&'a QuoteFinding> {
        self.quotes.get(id).copied()
    }

    pub fn outside(&self, id: &str) -> Option<&'a OutsideOption> {
        self.findings.outside_option.iter().find(|o| o.of == id)
    }

    /// The label of a category or brand.
    pub fn named<'n>(&self, id: &'n str) -> Names<'n>
    where
        'a: 'n,
    {
        if let Some(entity) = self.entity(id) {
            return Names { zh: &entity.label.zh, en: &entity.label.en };
        }
        let category = self.taxonomy.category_id(id).map(|c| &self.taxonomy.category(c).name);
        names(category.or_else(|| self.taxonomy.brand_id(id).map(|b| &self.taxonomy.brand(b).name)), id)
    }

    /// The label of the rival of a level: a brand, or a category.
    pub fn rival_named<'n>(&self, id: &'n str, level: Level) -> Names<'n>
    where
        'a: 'n,
    {
        match self.entities.get(&(level == Level::Brand, id)) {
            Some(entity) => Names { zh: &entity.label.zh, en: &entity.label.en },
            None => self.named(id),
        }
    }

    /// A category or brand in an English sentence.
    pub fn phrase(&self, id: &str) -> Phrase {
        let is_category = self.entities.contains_key(&(false, id)) || !self.entities.contains_key(&(true, id));
        self.phrased(id, self.named(id), is_category)
    }

    /// The subject of a list in an English sentence; at the crossing level it is a brand.
    pub fn subject_phrase(&self, id: &str, level: Level) -> Phrase {
        match self.subject_entity(id, level) {
            Some(e) => self.phrased(id, Names { zh: &e.label.zh, en: &e.label.en }, level == Level::Category),
            None => self.phrase(id),
        }
    }

    /// The rival of a level in an English sentence: a brand, or a category.
    pub fn rival_phrase(&self, id: &str, level: Level) -> Phrase {
        self.phrased(id, self.rival_named(id, level), level != Level::Brand)
    }

    fn phrased(&self, id: &str, names: Names<'_>, is_category: bool) -> Phrase {
        let category = self.taxonomy.category_id(id).filter(|_| is_category);
        match category.and_then(|c| self.taxonomy.category(c).plural.clone()) {
            Some(plural) => Phrase::many(plural),
            None => Phrase::one(names.short()),
        }
    }

    /// An occasion in an English sentence: `on a night out`.
    pub fn when(&self, id: &str) -> String {
        let when = self.taxonomy.occasion_id(id).and_then(|o| self.taxonomy.occasion(o).when.clone());
        when.unwrap_or_else(|| format!("on {}", self.occasion(id).short()))
    }

    pub fn occasion<'n>(&self, id: &'n str) -> Names<'n>
    where
        'a: 'n,
    {
        names(self.taxonomy.occasion_id(id).map(|o| &self.taxonomy.occasion(o).name), id)
    }

    pub fn attribute<'n>(&self, id: &'n str) -> Names<'n>
    where
        'a: 'n,
    {
        names(self.taxonomy.attribute_id(id).map(|a| &self.taxonomy.attribute(a).name), id)
    }

    pub fn stage<'n>(&self, id: &'n str) -> Names<'n>
    where
        'a: 'n,
    {
        names(self.taxonomy.stage_id(id).map(|s| &self.taxonomy.stage(s).name), id)
    }

    pub fn motive<'n>(&self, id: &'n str) -> Names<'n>
    where
        'a: 'n,
    {
        names(self.taxonomy.motive_id(id).map(|m| &self.taxonomy.motive(m).name), id)
    }
}

fn names<'n>(name: Option<&'n Name>, id: &'n str) -> Names<'n> {
    name.map_or(Names { zh: "", en: id }, |name| Names { zh: &name.zh, en: &name.en })
}

/// Words in a row: `a`, `a and b`, `a, b and c`.
pub(super) fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
