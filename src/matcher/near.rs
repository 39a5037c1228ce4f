//! Surfaces that stand close together in one sentence.

use smallvec::SmallVec;

use super::clauses::{Clauses, Fences};
use super::places::{PartHit, Places};
use super::scan::{Hits, Silence};
use super::select::Check;
use super::tables::{NearRule, Tables};
use super::{Match, Via};
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;

/// Hits of one slot that are looked at; a text that repeats a word a thousand times needs no more.
const MOST_HITS: usize = 48;

/// Words that a comma between two hits counts for.
const COMMA: u32 = 2;

/// The hits of the slots of the rule at hand; reused from rule to rule.
#[derive(Debug, Default)]
pub(super) struct Slots {
    lists: Vec<Vec<PartHit>>,
    /// Per hit of `lists`: whether it stands, once somebody asked.
    stands: Vec<Vec<Option<bool>>>,
    groups: Vec<Group>,
}

impl Slots {
    /// Reports every near rule that is met, once per place.
    pub(super) fn find(&mut self, tables: &Tables, hits: &mut Hits, check: &mut Check<'_>, out: &mut Vec<Match>) {
        if hits.places.nears.is_empty() {
            return;
        }
        let fences = Fences::of(check.outline);
        for i in 0..hits.places.nears.len() {
            let rule = &tables.nears[hits.places.nears[i] as usize];
            let slots = rule.slots.len();
            self.lists.resize_with(slots.max(self.lists.len()), Vec::new);
            self.stands.resize_with(self.lists.len(), Vec::new);
            if !self.gather(tables, (rule, fences), &mut hits.places, check) {
                continue;
            }
            self.groups.clear();
            let mut search =
                Search { rule, lists: &self.lists[..slots], stands: &mut self.stands, check, out: &mut self.groups };
            search.extend(&mut SmallVec::new());
            self.groups.sort_unstable();
            report(rule, &hits.unless, &self.groups, check, out);
        }
    }

    /// Lists the hits of every slot, unless they stand too far apart, as far as their clauses tell: most rules end there. Of slots filled by classes
    /// alone the clauses are known before, and their hits are listed last.
    fn gather(
        &mut self,
        tables: &Tables,
        (rule, fences): (&NearRule, Fences),
        places: &mut Places,
        check: &Check<'_>,
    ) -> bool {
        let by_class: Known = rule.slots.iter().map(|slot| places.class_clauses(tables, slot)).collect();
        let mut known = by_class.clone();
        if !may_meet(rule, fences, &known) {
            return false;
        }
        for last in [false, true] {
            for (i, slot) in rule.slots.iter().enumerate().filter(|&(i, _)| by_class[i].is_some() == last) {
                let list = &mut self.lists[i];
                list.clear();
                places.of_places(tables, check.doc, slot, list);
                list.truncate(MOST_HITS);
                self.stands[i].clear();
                self.stands[i].resize(list.len(), None);
                if !last {
                    known[i] = Some(list.iter().fold(Clauses::default(), |all, hit| all.with(Clauses::of(hit.clause))));
                    if !may_meet(rule, fences, &known) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// An empty list, for a while.
    pub(super) fn buffer(&mut self) -> &mut Vec<PartHit> {
        if self.lists.is_empty() {
            self.lists.push(Vec::new());
        }
        self.lists[0].clear();
        &mut self.lists[0]
    }
}

/// Per slot the clauses in which its hits begin, as far as they are known.
type Known = SmallVec<[Option<Clauses>; 4]>;

/// Whether each slot may have a hit near enough to one of a slot before it.
fn may_meet(rule: &NearRule, fences: Fences, known: &Known) -> bool {
    let (mut reached, commas) = (Clauses::ALL, rule.within / COMMA);
    for (i, clauses) in known.iter().enumerate() {
        let clauses = clauses.unwrap_or(Clauses::ALL);
        if !clauses.meets(reached) {
            return false;
        }
        let near = if rule.ordered { fences.onward(clauses, commas) } else { fences.around(clauses, commas) };
        reached = if i == 0 { near } else { reached.with(near) };
    }
    true
}

/// The place of a group, and the stretch before its last hit that none of the others covers.
type Group = (Span<Norm>, Span<Norm>);

/// A hit of each of the first slots, by its place in their lists.
type Picked = SmallVec<[usize; 8]>;

/// The search for groups of one rule.
struct Search<'s, 'c> {
    rule: &'s NearRule,
    lists: &'s [Vec<PartHit>],
    stands: &'s mut [Vec<Option<bool>>],
    check: &'s mut Check<'c>,
    out: &'s mut Vec<Group>,
}

impl Search<'_, '_> {
    /// Extends a group by one hit per further slot; a full group whose hits all stand is kept. Word boundaries are asked for last: most
    /// hits have no partner close by.
    fn extend(&mut self, picked: &mut Picked) {
        let slot = picked.len();
        let Some(list) = self.lists.get(slot) else { return self.keep(picked) };
        for (i, hit) in list.iter().enumerate() {
            if self.stands[slot][i] == Some(false) || slot > 0 && !self.fits(picked, hit) {
                continue;
            }
            picked.push(i);
            let before = self.out.len();
            self.extend(picked);
            picked.pop();
            // One group per first hit is enough: the evidence names a place, not every pair.
            if self.out.len() > before && slot == 1 {
                return;
            }
            if picked.iter().enumerate().any(|(slot, &i)| self.stands[slot][i] == Some(false)) {
                return;
            }
        }
    }

    /// Whether a hit stands close to one of the group and overlaps none.
    fn fits(&self, picked: &[usize], hit: &PartHit) -> bool {
        let mut is_close = false;
        for (&i, list) in picked.iter().zip(self.lists) {
            if list[i].span.overlaps(hit.span) {
                return false;
            }
            is_close = is_close || close(self.rule, &list[i], hit, self.check);
        }
        is_close
    }

    fn keep(&mut self, picked: &[usize]) {
        for (slot, &i) in picked.iter().enumerate() {
            let (hit, check) = (&self.lists[slot][i], &mut *self.check);
            if !*self.stands[slot][i].get_or_insert_with(|| check.stands(hit)) {
                return;
            }
        }
        let spans = || picked.iter().zip(self.lists).map(|(&i, list)| list[i].span);
        let start = spans().map(|s| s.start).min().unwrap_or(0);
        let end = spans().map(|s| s.end).max().unwrap_or(0);
        let last_start = spans().map(|s| s.start).max().unwrap_or(0);
        let before_last = spans().map(|s| s.end).filter(|&end| end <= last_start).max().unwrap_or(last_start);
        self.out.push((Span::new(start as usize, end as usize), Span::new(before_last as usize, last_start as usize)));
    }
}

/// Whether two hits stand in one sentence, in order if asked, near enough.
fn close(rule: &NearRule, a: &PartHit, b: &PartHit, check: &Check<'_>) -> bool {
    let (first, second) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    if rule.ordered && first.span != a.span || first.span.end > second.span.start {
        return false;
    }
    // A word has at most some 20 bytes; far pairs need no count. Where no word may stand in between, spaces and marks still may.
    if second.span.start - first.span.end > rule.within.max(1) * 24 {
        return false;
    }
    let stretch = first.span.end..second.span.start;
    if first.clause == second.clause {
        return within_words(check.doc.norm(), stretch, rule.within);
    }
    let sentence = |hit: &PartHit| check.outline.clauses.get(hit.clause as usize).map(|c| c.sentence);
    // A comma parts more than a word does: 服务一般，好吃 praises no service.
    let commas = COMMA * (second.clause - first.clause);
    sentence(first) == sentence(second)
        && commas <= rule.within
        && within_words(check.doc.norm(), stretch, rule.within - commas)
}

/// One match per place; groups that overlap an `unless` phrase fall.
fn report(rule: &NearRule, unless: &Silence, groups: &[Group], check: &Check<'_>, out: &mut Vec<Match>) {
    let mut last: Option<Span<Norm>> = None;
    for &(span, gap) in groups {
        if unless.over(rule.rule, span).is_some() || last.is_some_and(|l| l.overlaps(span)) {
            continue;
        }
        last = Some(span);
        let clause = check.outline.clause_at(span.start);
        out.push(Match {
            rule: rule.rule,
            span,
            clause: clause as u32,
            sentence: check.outline.clauses.get(clause).map_or(0, |c| c.sentence),
            sense: None,
            passing: false,
            thing: false,
            via: Via::Near { gap },
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::lexicon::source::Source;
    use crate::matcher::{Matcher, Reach, Scratch};
    use crate::normalize::Document;

    /// How many of `late_night_snack` a text gives, where 夜里 or `late` and 饿 or `hungry` may stand so far apart.
    fn found(within: u32, text: &str) -> usize {
        let book = Source::new("codebook.toml", include_str!("../../lexicons/codebook.toml"));
        let entry = format!(
            "[[occasion]]\nid = \"late_night_snack\"\nnear = [{{ a = [\"夜里\", \"late\"], b = [\"饿了\", \"hungry\"], within = {within} }}]\nmatch = [\"夜里饿了\"]\nmiss = [\"早上\"]\n"
        );
        let (lexicon, faults) = Lexicon::read(&[vec![book], vec![Source::new("occasions/time.toml", entry)]]);
        assert!(faults.is_empty(), "{faults:?}");
        let matcher = Matcher::new(&lexicon, |_| Reach::Nowhere).expect("compiles");
        let mut scratch = Scratch::default();
        matcher.scan(&Document::new(text, 0), &mut scratch);
        scratch.labels.len()
    }

    #[test]
    fn within_counts_han_characters_and_latin_words() {
        // The text, and the words between the two: the least `within` that meets it.
        for (text, words) in [
            ("夜里饿了", 0),
            ("饿了夜里", 0),
            ("late hungry", 0),
            ("hungry late", 0),
            ("late  -  hungry", 0),
            ("夜里hungry", 0),
            ("夜里 hungry", 0),
            ("夜里又饿了", 1),
            ("late and hungry", 1),
            ("夜里 so 饿了", 1),
            ("夜里我又饿了", 2),
            ("late at night hungry", 2),
            ("夜里，饿了", 2),
            ("late, hungry", 2),
            ("late, still hungry", 3),
        ] {
            for within in 0..4 {
                assert_eq!(found(within, text), usize::from(within >= words), "{text} within {within}");
            }
        }
        assert_eq!(found(9, "late. hungry"), 0, "two sentences");
        assert_eq!(found(9, "夜里。饿了"), 0, "two sentences");
    }
}
