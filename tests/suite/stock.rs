//! The stock of words: every id of the codebook has an entry, the common ones a solid one, and there are brands enough.

use std::collections::BTreeMap;

use rival::lexicon::id::{CategoryId, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId, Voice};
use rival::lexicon::{Entry, Lexicon, Target};

/// Surfaces from which on a stock is solid.
const SOLID: usize = 20;

fn entries(lexicon: &Lexicon) -> BTreeMap<Target, &Entry> {
    lexicon.entries.iter().map(|e| (e.target, e)).collect()
}

/// Surfaces of an entry, those of its near rules and senses included.
fn surfaces(entry: &Entry) -> usize {
    let near = entry.near.iter().flat_map(|n| &n.slots).map(|s| s.terms.len() + s.classes.len()).sum::<usize>();
    entry.terms.len() + entry.resolve.iter().map(|r| r.terms.len()).sum::<usize>() + near
}

#[test]
fn every_id_of_the_codebook_has_an_entry() {
    let lexicon = Lexicon::built_in().expect("the built-in lexicons load");
    let (entries, t) = (entries(&lexicon), &lexicon.taxonomy);
    let mut targets: Vec<(String, Target)> = Vec::new();
    targets.extend(
        t.categories.iter().enumerate().map(|(i, c)| (c.name.id.clone(), Target::Category(CategoryId(i as u16)))),
    );
    targets.extend(
        t.occasions.iter().enumerate().map(|(i, o)| (o.name.id.clone(), Target::Occasion(OccasionId(i as u16)))),
    );
    targets
        .extend(t.essences.iter().enumerate().map(|(i, e)| (e.name.id.clone(), Target::Essence(EssenceId(i as u16)))));
    targets.extend(t.stages.iter().enumerate().map(|(i, s)| (s.name.id.clone(), Target::Stage(StageId(i as u16)))));
    for (i, motive) in t.motives.iter().enumerate() {
        for role in [Role::Buy, Role::Avoid, Role::Repeat] {
            targets.push((format!("{}:{}", motive.name.id, role.as_str()), Target::Motive(MotiveId(i as u16), role)));
        }
    }
    targets.extend(RelationKind::ALL.into_iter().map(|k| (k.as_str().to_owned(), Target::Relation(k))));
    let voices = Voice::ALL.into_iter().filter(|v| *v != Voice::Consumer);
    targets.extend(voices.map(|v| (v.as_str().to_owned(), Target::Voice(v))));
    assert!(targets.len() >= 93 + 56 + 22 + 7 + 39 * 3 + 5 + 6, "{}", targets.len());
    let missing: Vec<&str> =
        targets.iter().filter(|(_, t)| !entries.contains_key(t)).map(|(id, _)| id.as_str()).collect();
    assert!(missing.is_empty(), "without an entry: {missing:?}");
}

#[test]
fn the_stock_is_solid() {
    let lexicon = Lexicon::built_in().expect("the built-in lexicons load");
    let thin: Vec<String> = lexicon
        .entries
        .iter()
        .filter(|e| match e.target {
            Target::Category(c) => lexicon.taxonomy.category(c).parent.is_none(),
            Target::Occasion(o) => lexicon.taxonomy.occasion(o).parent.is_none(),
            Target::Motive(_, role) => role != Role::Repeat,
            _ => false,
        })
        .filter(|e| surfaces(e) < SOLID)
        .map(|e| format!("{} {}", lexicon.taxonomy.rule(e.rule), surfaces(e)))
        .collect();
    assert!(thin.is_empty(), "under {SOLID} surfaces: {thin:?}");
    assert!(lexicon.taxonomy.brands.len() >= 300, "{} brands", lexicon.taxonomy.brands.len());
}

#[test]
fn every_entry_has_both_examples() {
    let lexicon = Lexicon::built_in().expect("the built-in lexicons load");
    for entry in &lexicon.entries {
        assert!(!entry.matches.is_empty() && !entry.misses.is_empty(), "{}", lexicon.taxonomy.rule(entry.rule));
    }
}
