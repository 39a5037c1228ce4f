//! Labels by name: what a lexicographer types, what a gold file holds, what a post was given.

use crate::error::{Error, ErrorKind, Result};
use crate::interpret::evidence::{Evidence, Trace};
use crate::lexicon::id::{Entity, RelationKind, Role};
use crate::lexicon::taxonomy::Taxonomy;
use crate::lexicon::{Lexicon, Target};

/// What a typed id means: a label (`beer`, `night_out`, `taste:buy`, `essence:romance`), a rule (`occasions/place.toml#night_out`), or a
/// label or surface of a category or brand (啤酒).
///
/// # Errors
/// A name that nothing bears, or one that several things bear.
pub(super) fn find(lexicon: &Lexicon, written: &str) -> Result<Target> {
    if let Some(entry) = lexicon.entries.iter().find(|e| lexicon.taxonomy.rule(e.rule) == written) {
        return Ok(entry.target);
    }
    let fitting = lexicon.labels(written);
    match fitting.as_slice() {
        [one] => Ok(*one),
        [] => match lexicon.entity(written) {
            Some(Entity::Category(id)) => Ok(Target::Category(id)),
            Some(Entity::Brand(id)) => Ok(Target::Brand(id)),
            None => Err(unknown(lexicon, written)),
        },
        several => {
            let names: Vec<String> = several.iter().map(|&t| lexicon.full_name(t)).collect();
            Err(Error::new(ErrorKind::Usage, format!("`{written}` is the name of several labels"))
                .help(format!("write {}", names.join(" or "))))
        }
    }
}

/// The full name of the entry of a label, by what a person types.
///
/// # Errors
/// A name that no label or brand has, or a label without an entry.
pub fn rule_of(lexicon: &Lexicon, written: &str) -> Result<String> {
    let target = find(lexicon, written)?;
    let entry = lexicon.entries.iter().find(|e| e.target == target);
    entry.map(|e| lexicon.taxonomy.rule(e.rule).to_owned()).ok_or_else(|| unknown(lexicon, written))
}

fn unknown(lexicon: &Lexicon, written: &str) -> Error {
    let error = Error::new(ErrorKind::Usage, format!("nothing is called `{written}`"));
    if lexicon.taxonomy.motive_id(written.strip_prefix("motive:").unwrap_or(written)).is_some() {
        let roles = [Role::Buy, Role::Avoid, Role::Repeat].map(|role| format!("{written}:{}", role.as_str()));
        return error.help(format!("a motive needs its role: {}", roles.join(", ")));
    }
    let near = lexicon.nearest_entities(written);
    error.help(if near.is_empty() {
        "`rival lexicon list` shows all entries".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    })
}

/// Everything that a post was labelled with, each label with the words that carried it; things named in passing are left out.
pub(super) fn said(evidence: &Evidence) -> Vec<(Target, Trace)> {
    let mut out = Vec::new();
    for mention in evidence.mentions.iter().filter(|m| !m.passing) {
        out.push((Target::Category(mention.category), mention.trace));
        out.extend(mention.brand.map(|brand| (Target::Brand(brand), mention.trace)));
    }
    let mut add = |target: Target, traces: &[Trace]| out.extend(traces.iter().map(|&trace| (target, trace)));
    for label in &evidence.occasions {
        add(Target::Occasion(label.id), &label.traces);
    }
    for label in &evidence.motives {
        add(Target::Motive(label.id, label.role), &label.traces);
    }
    for label in &evidence.essences {
        add(Target::Essence(label.id), &label.traces);
    }
    for relation in &evidence.relations {
        add(Target::Relation(relation.kind), &relation.traces);
    }
    for label in &evidence.attributes {
        add(Target::Attribute(label.id), &label.traces);
    }
    for label in &evidence.stages {
        add(Target::Stage(label.id), &label.traces);
    }
    for &(id, trace) in &evidence.customers {
        add(Target::Customer(id), &[trace]);
    }
    if let Some(trace) = evidence.voice_trace {
        add(Target::Voice(evidence.voice), &[trace]);
    }
    out
}

/// A pair of things between which consumers go, as `beer>whisky`: from the first to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub from: Entity,
    pub to: Entity,
}

impl Pair {
    /// Reads `beer>whisky`; `None` where there is no `>`.
    ///
    /// # Errors
    /// A side that names no category or brand.
    pub fn read(lexicon: &Lexicon, written: &str) -> Result<Option<Self>> {
        let Some((from, to)) = written.split_once('>') else { return Ok(None) };
        let side = |name: &str| lexicon.entity(name).ok_or_else(|| unknown(lexicon, name.trim()));
        Ok(Some(Self { from: side(from)?, to: side(to)? }))
    }

    /// The names of its two ends.
    pub fn ends(self, taxonomy: &Taxonomy) -> [String; 2] {
        [self.from, self.to].map(|end| match end {
            Entity::Category(id) => taxonomy.category(id).name.id.clone(),
            Entity::Brand(id) => taxonomy.brand(id).name.id.clone(),
        })
    }

    /// Its name, as it is typed.
    pub fn name(self, taxonomy: &Taxonomy) -> String {
        self.ends(taxonomy).join(">")
    }

    /// The words by which a post says that somebody goes from the one to the other.
    pub fn said(self, taxonomy: &Taxonomy, evidence: &Evidence) -> Vec<(Target, Trace)> {
        let is = |side: Option<crate::interpret::evidence::Side>, entity: Entity| {
            side.is_some_and(|s| match entity {
                Entity::Brand(brand) => s.brand == Some(brand),
                Entity::Category(category) => taxonomy.lineage_up(s.category).any(|c| c == category),
            })
        };
        let goes = |kind| matches!(kind, RelationKind::InsteadOf | RelationKind::BetterThan);
        let fitting = evidence.relations.iter().filter(|r| goes(r.kind) && is(r.a, self.to) && is(r.b, self.from));
        fitting.flat_map(|r| r.traces.iter().map(|&t| (Target::Relation(r.kind), t))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_by_what_people_call_them() {
        let lexicon = Lexicon::built_in().expect("loads");
        let t = &lexicon.taxonomy;
        let beer = t.category_id("beer").map(Target::Category);
        for written in ["beer", "啤酒", "category:beer", "categories/beer.toml#beer"] {
            assert_eq!(find(&lexicon, written).ok(), beer, "{written}");
        }
        let taste = t.motive_id("taste").map(|m| Target::Motive(m, Role::Avoid));
        assert_eq!(find(&lexicon, "taste:avoid").ok(), taste);
        assert_eq!(find(&lexicon, "motive:taste:avoid").ok(), taste);
        let error = find(&lexicon, "taste").expect_err("no role").to_string();
        assert!(error.contains("taste:buy"), "{error}");
        assert!(find(&lexicon, "beeer").expect_err("a slip").to_string().contains("beer"));
        assert!(matches!(find(&lexicon, "essence:romance"), Ok(Target::Essence(_))));
    }

    #[test]
    fn a_pair_has_two_ends() {
        let lexicon = Lexicon::built_in().expect("loads");
        let pair = Pair::read(&lexicon, "beer>威士忌").expect("both exist").expect("a pair");
        assert_eq!(lexicon.entity("beer"), Some(pair.from));
        assert_eq!(lexicon.entity("whisky"), Some(pair.to));
        assert!(Pair::read(&lexicon, "beer").expect("no pair").is_none());
        assert!(Pair::read(&lexicon, "beer>nothing of the kind").is_err());
    }
}
