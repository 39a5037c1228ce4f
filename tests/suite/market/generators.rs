//! How people talk about a market. A diary tells what was consumed; a forum compares. Both are heard badly: names and occasions are
//! missed, relations are missed, taken for another kind or turned round, and advertisers shout.

use std::collections::HashMap;

use rival::lexicon::id::RelationKind;

use super::chance::Chance;
use super::world::{Saying, World};

/// How much is said, and how badly it is heard.
#[derive(Debug, Clone, Copy)]
pub struct Talk {
    pub posts: usize,
    /// Share of the things consumed of which somebody says what they took the place of.
    pub switching: f64,
    /// Share of the pairs consumed together of which somebody says so.
    pub pairing: f64,
    pub spam: bool,
}

impl Talk {
    /// 15,000 posts, about 0.2 % with substitution language: what real exports are like.
    pub const SPARSE: Talk = Talk { posts: 15_000, switching: 0.003, pairing: 0.005, spam: true };
}

/// Share of names, occasions and relations that are heard; of occasions heard that are wrong; of relations that are taken for another
/// kind or turned round.
const HEARD: f64 = 0.85;
const OCCASION_HEARD: f64 = 0.6;
const OCCASION_WRONG: f64 = 0.032;
const RELATION_HEARD: f64 = 0.6;
const OTHER_KIND: f64 = 0.08;
const TURNED: f64 = 0.07;

/// People report what they had on their usual occasions.
pub fn diary(world: &World, talk: Talk, chance: &mut Chance) -> Vec<Saying> {
    let authors = talk.posts / 2;
    let usual: Vec<[usize; 3]> = (0..authors).map(|_| std::array::from_fn(|_| chance.pick(&world.occasion))).collect();
    let mut habit: HashMap<(usize, usize, usize), usize> = HashMap::new();
    let mut said = Vec::with_capacity(talk.posts);
    for _ in 0..talk.posts {
        let author = chance.below(authors);
        let o = usual[author][chance.below(3)];
        let (mut had, mut relations) = (Vec::new(), Vec::new());
        for role in 0..world.plan.roles {
            if !world.uses[o][role] || !chance.hit(0.55) {
                continue;
            }
            let e = match habit.get(&(author, o, role)) {
                Some(&e) if chance.hit(0.6) => e,
                _ => world.choose(role, o, chance),
            };
            habit.insert((author, o, role), e);
            had.push(e);
            if chance.hit(talk.switching)
                && let Some(instead) = world.replace(e, o, chance)
            {
                relations.push((RelationKind::InsteadOf, e, instead));
            }
        }
        for (n, &one) in had.iter().enumerate() {
            for &two in &had[n + 1..] {
                if chance.hit(talk.pairing) {
                    relations.push((RelationKind::GoesWith, one, two));
                }
            }
        }
        said.extend(hear(world, author, o, had, relations, chance));
    }
    if talk.spam {
        said.extend(advertisers(world, authors as u64, chance));
    }
    said
}

/// People weigh what they could have on an occasion, and tell what beat what.
pub fn forum(world: &World, talk: Talk, chance: &mut Chance) -> Vec<Saying> {
    let authors = talk.posts / 2;
    let mut said = Vec::with_capacity(talk.posts);
    for _ in 0..talk.posts {
        let (author, o) = (chance.below(authors), chance.pick(&world.occasion));
        let open: Vec<usize> = (0..world.plan.roles).filter(|&role| world.uses[o][role]).collect();
        let e = world.choose(open[chance.below(open.len())], o, chance);
        let mut named = vec![e];
        let mut relations = Vec::new();
        if chance.hit(0.35)
            && let Some(other) = world.replace(e, o, chance)
        {
            named.push(other);
            let kind = if chance.hit(talk.switching * 10.0) {
                Some(RelationKind::InsteadOf)
            } else if chance.hit(0.1) {
                Some(if chance.hit(0.5) { RelationKind::EitherOr } else { RelationKind::BetterThan })
            } else {
                None
            };
            relations.extend(kind.map(|kind| (kind, e, other)));
        }
        said.extend(hear(world, author, o, named, relations, chance));
    }
    if talk.spam {
        said.extend(advertisers(world, authors as u64, chance));
    }
    said
}

/// What the program hears of a post.
fn hear(
    world: &World,
    author: usize,
    o: usize,
    had: Vec<usize>,
    relations: Vec<(RelationKind, usize, usize)>,
    chance: &mut Chance,
) -> Option<Saying> {
    let mut brands: Vec<usize> = had.into_iter().filter(|_| chance.hit(HEARD)).collect();
    let occasion = if chance.hit(OCCASION_HEARD) {
        Some(o)
    } else if chance.hit(OCCASION_WRONG / (1.0 - OCCASION_HEARD)) {
        Some(chance.below(world.plan.occasions))
    } else {
        None
    };
    let mut heard = Vec::new();
    for (mut kind, mut loser, mut winner) in relations {
        if !chance.hit(RELATION_HEARD) {
            continue;
        }
        if chance.hit(OTHER_KIND) {
            kind = if kind == RelationKind::GoesWith { RelationKind::InsteadOf } else { RelationKind::GoesWith };
        } else if chance.hit(TURNED) {
            std::mem::swap(&mut loser, &mut winner);
        }
        brands.extend([loser, winner]);
        heard.push((kind, loser, winner));
    }
    brands.sort_unstable();
    brands.dedup();
    (!brands.is_empty()).then_some(Saying { author: author as u64, occasion, brands, relations: heard, copy_of: None })
}

/// A dozen advertisements that push three brands that have nothing to do with each other, posted hundreds of times by a few bots.
fn advertisers(world: &World, first: u64, chance: &mut Chance) -> Vec<Saying> {
    let mut said = Vec::new();
    for template in 0..12 {
        let mut brands: Vec<usize> = (0..3).map(|_| chance.below(world.plan.brands)).collect();
        brands.sort_unstable();
        brands.dedup();
        let occasion = Some(chance.below(world.plan.occasions));
        for _ in 0..50 + chance.below(350) {
            let author = first + template * 1_000 + chance.below(20) as u64;
            let brands = brands.clone();
            said.push(Saying { author, occasion, brands, relations: Vec::new(), copy_of: Some(template) });
        }
    }
    said
}
