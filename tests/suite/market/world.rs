//! A market with a known truth: brands in categories in roles, occasions, and who takes whose place.

use rival::accumulate::{Frame, Tally};
use rival::analyze::findings::{Findings, Level};
use rival::analyze::{Parameters, analyze};
use rival::interpret::evidence::{
    Evidence, Lang, Link, Mention, OccasionLabel, Relation, Side, Stance, Trace, Window, Wording,
};
use rival::lexicon::id::{BrandId, CategoryId, Entity, OccasionId, RelationKind, RuleId};
use rival::lexicon::taxonomy::{Brand, Category, Name, Occasion, Taxonomy};
use rival::normalize::span::Span;
use rival::read::post::{AuthorKey, Origin, Post, Reception};

use super::chance::Chance;

/// Whole roles of the market: a thing replaces only what plays its part.
const ROLES: [&str; 3] = ["drink.alcohol", "meal", "look.wear"];

/// How a market is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub brands: usize,
    pub categories_per_role: usize,
    pub roles: usize,
    pub occasions: usize,
    /// Spread of the likings between pairs inside a role: 0 is a market in which people fall back in proportion to shares.
    pub affinity: f64,
    /// Spread of how much a category or brand belongs to an occasion: 0 is a market without occasions.
    pub belonging: f64,
}

impl Plan {
    /// The market by which the method is judged: 60 brands, 12 categories, 3 roles, 24 occasions.
    pub const JUDGED: Plan =
        Plan { brands: 60, categories_per_role: 4, roles: 3, occasions: 24, affinity: 1.0, belonging: 1.0 };
}

/// The market: what is true in it.
#[derive(Debug, Clone)]
pub struct World {
    pub plan: Plan,
    /// By brand.
    pub role: Vec<usize>,
    pub category: Vec<usize>,
    /// By brand and occasion: its share among the brands of its role there.
    pub share: Vec<Vec<f64>>,
    /// How common each occasion is.
    pub occasion: Vec<f64>,
    /// By occasion and role: whether the role has a place in it.
    pub uses: Vec<Vec<bool>>,
    /// By brand, rival and occasion: who takes its place there.
    fallback: Vec<Vec<Vec<f64>>>,
    /// By brand and rival: who takes its place.
    pub diversion: Vec<Vec<f64>>,
}

impl World {
    pub fn draw(plan: Plan, chance: &mut Chance) -> Self {
        let Plan { brands, categories_per_role, roles, occasions, affinity, belonging } = plan;
        let role: Vec<usize> = (0..brands).map(|_| chance.below(roles)).collect();
        let category: Vec<usize> =
            role.iter().map(|r| r * categories_per_role + chance.below(categories_per_role)).collect();
        let size: Vec<f64> = (0..brands).map(|_| chance.normal(1.1).exp()).collect();
        let base: Vec<Vec<f64>> = (0..roles * categories_per_role)
            .map(|_| (0..occasions).map(|_| chance.normal(1.2 * belonging).exp()).collect())
            .collect();
        let pull: Vec<Vec<f64>> = (0..brands)
            .map(|e| {
                (0..occasions).map(|o| size[e] * base[category[e]][o] * chance.normal(0.5 * belonging).exp()).collect()
            })
            .collect();
        let liking: Vec<Vec<f64>> =
            (0..brands).map(|_| (0..brands).map(|_| chance.normal(affinity).exp()).collect()).collect();
        let occasion = chance.shares(occasions);
        let uses: Vec<Vec<bool>> = (0..occasions)
            .map(|_| {
                let mut uses: Vec<bool> = (0..roles).map(|_| chance.hit(0.7)).collect();
                uses[0] |= !uses.contains(&true);
                uses
            })
            .collect();
        let share = shares(&pull, &role, roles, occasions);
        let mut world =
            Self { plan, role, category, share, occasion, uses, fallback: Vec::new(), diversion: Vec::new() };
        world.divert(|a, b| (liking[a][b] * liking[b][a]).sqrt());
        world
    }

    /// Who takes whose place: inside the role, by share in the occasion and by liking.
    fn divert(&mut self, liking: impl Fn(usize, usize) -> f64) {
        let (brands, occasions) = (self.plan.brands, self.plan.occasions);
        for a in 0..brands {
            let mut by_occasion = Vec::with_capacity(occasions);
            let own: Vec<f64> = (0..occasions).map(|o| self.weight(a, o)).collect();
            let all: f64 = own.iter().sum();
            for o in 0..occasions {
                let pull = |b: usize| {
                    if b == a || self.role[b] != self.role[a] { 0.0 } else { self.share[b][o] * liking(a, b) }
                };
                let sum: f64 = (0..brands).map(pull).sum();
                by_occasion.push((0..brands).map(|b| pull(b) / sum.max(1e-12)).collect::<Vec<f64>>());
            }
            let fallback: Vec<Vec<f64>> = (0..brands).map(|b| by_occasion.iter().map(|row| row[b]).collect()).collect();
            let diversion =
                fallback.iter().map(|row| row.iter().zip(&own).map(|(q, w)| q * w / all.max(1e-12)).sum()).collect();
            self.fallback.push(fallback);
            self.diversion.push(diversion);
        }
    }

    /// How much of the market is this brand in this occasion.
    pub fn weight(&self, brand: usize, o: usize) -> f64 {
        if self.uses[o][self.role[brand]] { self.share[brand][o] * self.occasion[o] } else { 0.0 }
    }

    /// A brand of a role, as chosen in an occasion.
    pub fn choose(&self, role: usize, o: usize, chance: &mut Chance) -> usize {
        let weights: Vec<f64> =
            (0..self.plan.brands).map(|e| if self.role[e] == role { self.share[e][o] } else { 0.0 }).collect();
        chance.pick(&weights)
    }

    /// What takes the place of a brand in an occasion; `None` where nothing can.
    pub fn replace(&self, brand: usize, o: usize, chance: &mut Chance) -> Option<usize> {
        let weights: Vec<f64> = self.fallback[brand].iter().map(|row| row[o]).collect();
        (weights.iter().sum::<f64>() > 0.0).then(|| chance.pick(&weights))
    }

    /// The ids of this market.
    pub fn taxonomy(&self) -> Taxonomy {
        let name = |id: String| Name { zh: id.clone(), en: id.clone(), id };
        let categories = (0..self.plan.roles * self.plan.categories_per_role)
            .map(|c| {
                let role = ROLES[c / self.plan.categories_per_role];
                let sector = role.split('.').next().unwrap_or(role).to_owned();
                Category {
                    name: name(format!("c{c:02}")),
                    plural: None,
                    sector,
                    role: role.to_owned(),
                    parent: None,
                    catch_all: false,
                    titled: false,
                    since: 1,
                }
            })
            .collect();
        let brands = self
            .category
            .iter()
            .enumerate()
            .map(|(e, &c)| Brand { name: name(brand_id(e)), home: CategoryId(c as u16), also: Vec::new(), own: false })
            .collect();
        let occasions = (0..self.plan.occasions)
            .map(|o| Occasion {
                name: name(format!("o{o:02}")),
                when: None,
                facet: "place".to_owned(),
                parent: None,
                tautology: Vec::new(),
                role: None,
                definition: String::new(),
                since: 1,
            })
            .collect();
        Taxonomy { categories, brands, occasions, ..Taxonomy::default() }
    }
}

/// The text id of a brand.
pub fn brand_id(e: usize) -> String {
    format!("b{e:02}")
}

/// Shares among the brands of a role, by occasion.
fn shares(pull: &[Vec<f64>], role: &[usize], roles: usize, occasions: usize) -> Vec<Vec<f64>> {
    let mut out = pull.to_vec();
    for o in 0..occasions {
        for r in 0..roles {
            let all: f64 = pull.iter().zip(role).filter(|&(_, &of)| of == r).map(|(row, _)| row[o]).sum();
            out.iter_mut().zip(role).filter(|&(_, &of)| of == r).for_each(|(row, _)| row[o] /= all);
        }
    }
    out
}

/// What one post says, before it is a post.
#[derive(Debug, Clone, Default)]
pub struct Saying {
    pub author: u64,
    pub occasion: Option<usize>,
    pub brands: Vec<usize>,
    /// Kind, loser (or the one), winner (or the other).
    pub relations: Vec<(RelationKind, usize, usize)>,
    /// Posts with the same number have the same text.
    pub copy_of: Option<u64>,
}

/// Says everything to the program's own tally, and looks at what it finds.
pub fn look(world: &World, said: &[Saying], levels: &[Level]) -> Findings {
    let taxonomy = world.taxonomy();
    let mut tally = Tally::new(false);
    for (n, saying) in said.iter().enumerate() {
        let (post, evidence) = spoken(world, saying, n as u64);
        tally.add(&post, &evidence, &taxonomy);
    }
    let counts = tally.finish(&taxonomy, &Frame::default());
    let parameters = Parameters { levels: levels.to_vec(), top: 1_000, subjects: 1_000, ..Parameters::default() };
    analyze(&counts, &taxonomy, &parameters)
}

/// A post and its evidence.
pub fn spoken(world: &World, saying: &Saying, n: u64) -> (Post, Evidence) {
    let trace = Trace { rule: RuleId(0), span: Span::new(0, 3), wording: Wording::of("w") };
    let side = |e: usize| Side { category: CategoryId(world.category[e] as u16), brand: Some(BrandId(e as u16)) };
    let mut text = Chance::new(saying.copy_of.map_or(n, |copy| u64::MAX - copy));
    let post = Post {
        origin: Origin { file: 0, row: n + 1 },
        id: Some(n.to_string()),
        text: (0..40).map(|_| char::from_u32(0x4E00 + text.below(20_000) as u32).unwrap_or('字')).collect(),
        title_len: 0,
        author: Some(AuthorKey(Chance::new(saying.author).bits())),
        time: None,
        platform: None,
        region: None,
        thread: None,
        is_comment: false,
        keyword: None,
        url: None,
        reception: Reception::default(),
    };
    let mention = |e: usize| Mention {
        category: side(e).category,
        brand: side(e).brand,
        trace,
        polarity: Stance::Neutral,
        passing: false,
    };
    let link = |e: usize, o: usize| {
        let at = OccasionId(o as u16);
        let of = |entity| Link { entity, occasion: at, window: Window::Clause };
        [of(Entity::Category(side(e).category)), of(Entity::Brand(BrandId(e as u16)))]
    };
    let mut links: Vec<Link> =
        saying.occasion.iter().flat_map(|&o| saying.brands.iter().flat_map(move |&e| link(e, o))).collect();
    links.sort_unstable();
    links.dedup();
    let evidence = Evidence {
        lang: Lang::Zh,
        mentions: saying.brands.iter().map(|&e| mention(e)).collect(),
        occasions: saying
            .occasion
            .iter()
            .map(|&o| OccasionLabel { id: OccasionId(o as u16), traces: [trace].into_iter().collect() })
            .collect(),
        relations: saying
            .relations
            .iter()
            .map(|&(kind, loser, winner)| Relation {
                kind,
                a: Some(side(winner)),
                b: Some(side(loser)),
                traces: vec![trace],
            })
            .collect(),
        links,
        ..Evidence::silent()
    };
    (post, evidence)
}
