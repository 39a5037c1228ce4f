//! Finding an entity by what a person calls it: its id, a label, or one of its surfaces.

use super::entry::Target;
use super::id::{BrandId, CategoryId, Entity};
use super::load::Lexicon;
use super::taxonomy::Name;
use crate::normalize::normalize;

impl Lexicon {
    /// The category or brand with this id, label or surface; categories come first.
    pub fn entity(&self, name: &str) -> Option<Entity> {
        let wanted = normalize(name.trim());
        let is = |n: &Name| n.id == name.trim() || normalize(&n.zh) == wanted || normalize(&n.en) == wanted;
        self.names()
            .find(|(_, n)| is(n))
            .map(|(entity, _)| entity)
            .or_else(|| self.entity_of_surface(&wanted))
            // Surfaces stand in the singular; people ask for headphones.
            .or_else(|| self.entity_of_surface(wanted.strip_suffix('s')?))
    }

    /// All entities with their names, categories first.
    fn names(&self) -> impl Iterator<Item = (Entity, &Name)> {
        let categories = self.taxonomy.categories.iter().enumerate();
        let brands = self.taxonomy.brands.iter().enumerate();
        categories
            .map(|(i, c)| (Entity::Category(CategoryId(i as u16)), &c.name))
            .chain(brands.map(|(i, b)| (Entity::Brand(BrandId(i as u16)), &b.name)))
    }

    fn entity_of_surface(&self, surface: &str) -> Option<Entity> {
        let of = |categories: bool| {
            self.entries.iter().find_map(|e| {
                let entity = match e.target {
                    Target::Category(c) if categories => Entity::Category(c),
                    Target::Brand(b) if !categories => Entity::Brand(b),
                    _ => return None,
                };
                let mut own = e.terms.iter().chain(e.resolve.iter().flat_map(|r| &r.terms));
                own.any(|t| t.surface == surface).then_some(entity)
            })
        };
        of(true).or_else(|| of(false))
    }

    /// The ids of entities whose names look most like a word, three at most.
    pub fn nearest_entities(&self, name: &str) -> Vec<String> {
        let wanted = normalize(name.trim());
        let mut near: Vec<(usize, &str)> = self
            .names()
            .map(|(_, n)| {
                let distance =
                    [&n.id, &n.zh, &n.en].iter().map(|own| edits(&wanted, &normalize(own))).min().unwrap_or(usize::MAX);
                (distance, n.id.as_str())
            })
            .filter(|&(distance, _)| distance * 3 <= wanted.chars().count().max(2))
            .collect();
        near.sort_unstable();
        near.truncate(3);
        near.into_iter().map(|(_, id)| id.to_owned()).collect()
    }
}

/// Levenshtein distance in characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, &cb) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ca != cb);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count() {
        assert_eq!(edits("whisky", "whiskey"), 1);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("啤酒", "啤酒"), 0);
    }

    #[test]
    fn people_have_many_names_for_one_thing() {
        let lexicon = Lexicon::built_in().expect("loads");
        let beer = lexicon.taxonomy.category_id("beer").map(Entity::Category);
        for name in ["beer", "啤酒", "Beer", "ＢＥＥＲ"] {
            assert_eq!(lexicon.entity(name), beer, "{name}");
        }
        assert_eq!(lexicon.entity("headphones"), lexicon.taxonomy.category_id("audio").map(Entity::Category));
        assert!(matches!(lexicon.entity("喜力"), Some(Entity::Brand(_))));
        assert_eq!(lexicon.entity("nothing of the kind"), None);
        assert!(lexicon.nearest_entities("beeer").contains(&"beer".to_owned()));
    }
}
