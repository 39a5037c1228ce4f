//! Matches of the mention channel → things named: which sense, which category, consumed or in passing.

use super::asides::Aside;
use super::cues::Cues;
use super::evidence::{Relation, Side, Stance, Trace};
use super::stances::Stances;
use crate::lexicon::id::{BrandId, CategoryId};
use crate::lexicon::taxonomy::Taxonomy;
use crate::lexicon::{Lexicon, Target};
use crate::matcher::{Match, Matcher, Scratch, Verdict};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;
use smallvec::{SmallVec, smallvec};

/// A thing named, with its place in the normalized text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub category: CategoryId,
    pub brand: Option<BrandId>,
    pub found: Match,
    pub passing: bool,
    pub stance: Stance,
    pub in_title: bool,
    pub in_hashtag: bool,
}

impl Named {
    pub(super) fn trace(&self, doc: &Document<'_>) -> Trace {
        super::trace(doc, &self.found)
    }
}

/// How much a cue in the same clause, sentence or post speaks for a sense.
const NEARNESS: [u32; 3] = [4, 2, 1];

/// Bytes beyond which a cue in another sentence speaks for no sense: a long forum post turns to other things.
pub(super) const SENSE_REACH: u32 = 600;

/// Cues that are looked at.
const MOST_CUES: usize = 8;

/// Resolves the senses of every place and names the category of every brand.
pub(super) fn resolve(lexicon: &Lexicon, matcher: &Matcher, doc: &Document<'_>, scratch: &mut Scratch) -> Vec<Named> {
    let found = std::mem::take(&mut scratch.mentions);
    let mut chosen: Vec<Match> = Vec::with_capacity(found.len());
    for group in found.chunk_by(|a, b| a.span == b.span) {
        if let [only] = group
            && only.sense.is_none()
        {
            chosen.push(*only);
        } else if let Some(best) = choose(lexicon, matcher, doc, scratch, group) {
            chosen.push(best);
        }
    }
    scratch.mentions = found;
    // A brand that a near rule finds may hold the words of another mention: the longer one stands.
    chosen.dedup_by(|b, a| a.span.overlaps(b.span) && a.rule == b.rule);
    let mut named: Vec<Named> = chosen.iter().filter_map(|m| name(lexicon, doc, m)).collect();
    brands_take_the_category_of_their_clause(&lexicon.taxonomy, &mut named);
    named
}

/// The sense that the post's own words speak for; else the plain or default one; else none.
fn choose(
    lexicon: &Lexicon,
    matcher: &Matcher,
    doc: &Document<'_>,
    scratch: &mut Scratch,
    group: &[Match],
) -> Option<Match> {
    // What a user's own lexicon says plainly outweighs what is built in (his `cats` against the plural of a built-in `cat`).
    let layer = |m: &Match| lexicon.entry(m.rule).layer;
    let top = group.iter().filter(|m| m.sense.is_none()).map(layer).max().unwrap_or(0);
    let mut scored: Vec<(u32, Match)> =
        group.iter().filter(|m| layer(m) >= top).map(|m| (score(matcher, doc, scratch, m), *m)).collect();
    scored.sort_by_key(|&(score, m)| (std::cmp::Reverse(score), m.rule));
    let best = scored[0];
    let tied = scored.iter().filter(|(s, m)| *s == best.0 && m.rule != best.1.rule).count() > 0;
    let winner = if best.0 > 0 && !tied {
        Some(best.1)
    } else {
        let plain = || scored.iter().filter(|(_, m)| m.sense.is_none_or(|s| matcher.sense(s).1)).map(|&(_, m)| m);
        let first = plain().next();
        match (first, plain().find(|m| first.is_some_and(|f| f.rule != m.rule))) {
            (Some(m), None) => Some(m),
            // Two plain readings of one surface: a kind and its parent is no conflict.
            (Some(a), Some(b)) => related(lexicon, &a, &b),
            _ => None,
        }
    };
    if let Some(log) = &mut scratch.log {
        for m in group.iter().filter(|m| winner.is_none_or(|w| w.rule != m.rule)) {
            log.note(m.rule, m.span, if winner.is_some() { Verdict::OtherSense } else { Verdict::Abstained });
        }
    }
    winner
}

/// Of a category and its child the child.
fn related(lexicon: &Lexicon, a: &Match, b: &Match) -> Option<Match> {
    let category = |m: &Match| match lexicon.entry(m.rule).target {
        Target::Category(c) => Some(c),
        Target::Brand(b) => Some(lexicon.taxonomy.brand(b).home),
        _ => None,
    };
    let (ca, cb) = (category(a)?, category(b)?);
    if ca != cb && lexicon.taxonomy.lineage_up(ca).any(|c| c == cb) {
        Some(*a)
    } else if ca != cb && lexicon.taxonomy.lineage_up(cb).any(|c| c == ca) {
        Some(*b)
    } else {
        None
    }
}

fn score(matcher: &Matcher, doc: &Document<'_>, scratch: &mut Scratch, m: &Match) -> u32 {
    let Some(sense) = m.sense else { return 0 };
    let mut total = 0;
    for cue in matcher.sense_cues(scratch, doc, (sense, m.span), MOST_CUES) {
        let clause = scratch.outline.clause_at(cue.start) as u32;
        let nearness = if clause == m.clause {
            0
        } else if scratch.outline.sentence_at(cue.start) == m.sentence {
            1
        } else {
            2
        };
        if nearness < 2 || cue.start.abs_diff(m.span.start) <= SENSE_REACH {
            total += NEARNESS[nearness];
        }
    }
    total
}

fn name(lexicon: &Lexicon, doc: &Document<'_>, m: &Match) -> Option<Named> {
    let (category, brand) = match lexicon.entry(m.rule).target {
        Target::Category(category) => (category, None),
        Target::Brand(brand) => (lexicon.taxonomy.brand(brand).home, Some(brand)),
        _ => return None,
    };
    Some(Named {
        category,
        brand,
        found: *m,
        passing: false,
        stance: Stance::Neutral,
        in_title: doc.in_title(m.span),
        in_hashtag: doc.in_hashtag(m.span),
    })
}

/// A brand with products in several categories takes the one named in its clause.
fn brands_take_the_category_of_their_clause(taxonomy: &Taxonomy, named: &mut [Named]) {
    for i in 0..named.len() {
        let Some(brand) = named[i].brand else { continue };
        let also = &taxonomy.brand(brand).also;
        let near = |category: CategoryId| {
            named.iter().any(|n| n.brand.is_none() && n.category == category && n.found.clause == named[i].found.clause)
        };
        if !near(named[i].category)
            && let Some(&other) = also.iter().find(|&&c| near(c))
        {
            named[i].category = other;
        }
    }
}

/// Clause, sentence and place of what is said to be good or bad; without a sentence it reaches no further than its clause.
pub(super) type Judged = (u32, Option<u32>, Span<Norm>);

/// Words before a thing that opens the post.
const OPENING: u32 = 8;

/// Words of a post up to which it says something of a thing that somebody merely owns ("my car"), and up to which of one that he takes or
/// uses: further on such things are told for another one's sake. On labelled posts 3 of 14 of the first kind were what the post is about.
const OWNED_WITHIN: u32 = 30;
const CONSUMED_WITHIN: u32 = 80;

/// Whether what stands between two things makes a list of them: a mark of enumeration, and at most one word behind it.
fn is_list_mark(between: &str) -> bool {
    let marks = ['、', ',', '，', '/', '+', '&'];
    let rest = between.trim_start().trim_start_matches(marks);
    rest.len() < between.trim_start().len() && within_words(rest, 0..rest.len() as u32, 1)
}

/// What was found out of the clause at hand.
struct PerClause<T>(Option<(u32, T)>);

impl<T> Default for PerClause<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> PerClause<T> {
    fn of(&mut self, clause: u32, ask: impl FnOnce() -> T) -> &T {
        if self.0.as_ref().is_some_and(|(of, _)| *of != clause) {
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (clause, ask())).1
    }
}

/// Whether a place says something of the thing; see codebook rule 1.
pub(super) struct Saying<'s> {
    pub cues: Cues<'s>,
    /// Clause, sentence and place of what is said to be good or bad, and of occasions, which reach no further than their clause.
    pub judged: &'s [Judged],
    /// What is compared, replaced or paired: whoever does that speaks about it.
    pub related: &'s [Relation],
    /// The stances of the clauses.
    pub stances: &'s Stances,
}

impl Saying<'_> {
    /// Marks what is only named in passing, and gives every mention the stance of its clause.
    pub(super) fn judge(&self, taxonomy: &Taxonomy, named: &mut [Named]) {
        let mut categories: Vec<CategoryId> = named.iter().map(|n| n.category).collect();
        categories.sort_unstable();
        categories.dedup();
        let one_topic = categories.windows(2).all(|w| taxonomy.same_lineage(w[0], w[1]));
        let told = self.told(named);
        // Mentions stand in the order of the text, and a clause may hold many: what is true of all of it is asked once.
        let mut placing = PerClause::default();
        let aside: SmallVec<[Aside; 16]> = named
            .iter()
            .map(|n| match *placing.of(n.found.clause, || self.places_things(n.found.clause)) {
                _ if self.cues.titles && self.is_of_a_title(taxonomy, n) => Aside::Within,
                _ if self.is_of_a_forum(n) => Aside::Beside,
                true => self.aside(taxonomy, n, named),
                false => Aside::No,
            })
            .collect();
        let mut said: SmallVec<[bool; 16]> = smallvec![false; named.len()];
        for i in 0..named.len() {
            let n = named[i];
            let repeated = named.iter().zip(&aside).any(|(o, &aside)| {
                o.category == n.category && aside != Aside::Within && !o.found.span.overlaps(n.found.span)
            });
            let topic = n.in_title || n.in_hashtag || repeated || one_topic;
            let asked = !topic || n.found.passing;
            said[i] = aside[i] == Aside::No && (told[i] || asked && self.something_is_said(&n));
            named[i].passing = match aside[i] {
                Aside::Within => true,
                Aside::Beside => n.found.passing || !topic,
                Aside::No if n.found.passing => !said[i],
                Aside::No => !(topic || said[i] || self.opens(&n)),
            };
            named[i].stance = self.stances.of(n.found.clause);
        }
        self.share_what_is_said_of_a_list(taxonomy, &aside, &mut said, named);
    }

    /// What is said of one member of a list is said of all: "sushi, noodles and soup were cold". A list is of one sector.
    fn share_what_is_said_of_a_list(
        &self,
        taxonomy: &Taxonomy,
        aside: &[Aside],
        said: &mut [bool],
        named: &mut [Named],
    ) {
        let sector = |n: &Named| &taxonomy.category(n.category).sector;
        let listed = |a: &Named, b: &Named| {
            a.found.sentence == b.found.sentence
                && sector(a) == sector(b)
                && self.cues.text.get(a.found.span.end as usize..b.found.span.start as usize).is_some_and(is_list_mark)
        };
        let last = named.len().saturating_sub(1);
        let pairs = (0..last).map(|i| (i, i + 1)).chain((0..last).rev().map(|i| (i + 1, i)));
        for (from, to) in pairs {
            if said[from] && !said[to] && aside[to] == Aside::No && listed(&named[from.min(to)], &named[from.max(to)]) {
                said[to] = true;
                named[to].passing = false;
            }
        }
    }

    /// Whether the post opens with the thing: its first words are its title where it has none ("Chocolate stout float [OC]").
    fn opens(&self, n: &Named) -> bool {
        within_words(self.cues.text, 0..n.found.span.start, OPENING)
    }

    /// Whether the clause of a thing says something of it: judges, wants or asks for it, has or takes it early in the post, counts or compares it.
    fn something_is_said(&self, n: &Named) -> bool {
        let rules = self.cues.rules;
        let early = |within| within_words(self.cues.text, 0..n.found.span.start, within);
        let saying = [
            rules.consume.filter(|_| early(CONSUMED_WITHIN)),
            rules.own.filter(|_| early(OWNED_WITHIN)),
            rules.quantity,
            rules.praise,
            rules.complaint,
            rules.intent,
            rules.desire,
            rules.ask,
        ];
        let mut beside = self.cues.clause(n.found.clause).iter().filter(|m| !m.span.overlaps(n.found.span));
        let side = |s: &Option<Side>| s.is_some_and(|s| s.category == n.category && s.brand == n.brand);
        self.is_counted(n)
            || beside.any(|m| saying.contains(&Some(m.rule)))
            || self.related.iter().any(|r| side(&r.a) || side(&r.b))
    }

    /// `two sweaters`; `can of cola` and 一支啤酒, where the measure belongs to the name.
    fn is_counted(&self, n: &Named) -> bool {
        let (rules, thing) = (self.cues.rules, n.found.span);
        let here = |rule| self.cues.of_clause(rule, n.found.clause);
        here(rules.number)
            .any(|m| m.span.end <= thing.start && within_words(self.cues.text, m.span.end..thing.start, 0))
            || here(rules.quantity).any(|m| {
                let measure = m.span;
                measure.start <= thing.start && thing.start < measure.end && measure.end < thing.end
            })
    }

    /// Of which mentions something good or bad is said, or an occasion told: those of its clause; where that names nothing, those of
    /// the nearest clause before it in the sentence that does, else behind it.
    fn told(&self, named: &[Named]) -> SmallVec<[bool; 16]> {
        let mut told: SmallVec<[bool; 16]> = smallvec![false; named.len()];
        for &(clause, sentence, span) in self.judged {
            let mut here = false;
            for (n, told) in named.iter().zip(&mut told) {
                let beside = n.found.clause == clause && !n.found.span.overlaps(span);
                *told |= beside;
                here |= n.found.clause == clause;
            }
            let Some(sentence) = sentence.filter(|_| !here) else { continue };
            let of_sentence = || named.iter().enumerate().filter(|(_, n)| n.found.sentence == sentence);
            let before =
                of_sentence().filter(|(_, n)| n.found.span.end <= span.start).max_by_key(|(_, n)| n.found.span.end);
            let nearest = before.or_else(|| of_sentence().min_by_key(|(_, n)| n.found.span.start));
            let Some(clause) = nearest.map(|(_, n)| n.found.clause) else { continue };
            for (n, told) in named.iter().zip(&mut told) {
                *told |= n.found.clause == clause;
            }
        }
        told
    }

    /// The stance of a clause.
    pub(super) fn stance(&self, clause: u32) -> Stance {
        self.stances.of(clause)
    }
}
