//! A small market for the tests of this layer and the next: a taxonomy, and posts that say exactly what a test needs.

use smallvec::smallvec;

use crate::interpret::evidence::{
    Evidence, JobLink, Lang, Link, Mention, MotiveLabel, OccasionLabel, Relation, Side, Stance, Trace, Window, Wording,
};
use crate::lexicon::id::{CategoryId, Entity, OccasionId, RelationKind, Role, RuleId, Voice};
use crate::lexicon::taxonomy::{Brand, Category, Defined, Name, Occasion, Taxonomy};
use crate::normalize::span::Span;
use crate::read::post::{AuthorKey, Origin, Post, Reception, Time};

fn name(id: &str) -> Name {
    Name { id: id.into(), zh: format!("{id}（中）"), en: id.into() }
}

/// Beer and what surrounds it.
pub(crate) fn taxonomy() -> Taxonomy {
    let categories = [
        ("alcohol", "alcohol", "drink.alcohol", None, true),
        ("beer", "alcohol", "drink.alcohol", None, false),
        ("charades", "games", "", None, false),
        ("craft_beer", "alcohol", "drink.alcohol", Some(1), false),
        ("fast_food", "food", "meal", None, false),
        ("flowers", "gifts", "gift", None, false),
        ("restaurant", "venues", "leisure.eating", None, false),
        ("tea", "soft_drinks", "drink.stimulant", None, false),
        ("whisky", "alcohol", "drink.alcohol", None, false),
    ];
    let occasions = [
        ("dining_out", None, vec!["restaurant"], None),
        ("gifting", None, vec![], Some(("gift", vec!["flowers", "tea", "whisky"]))),
        ("late_night_snack", None, vec![], None),
        ("night_out", None, vec![], None),
        ("street_stall", Some(0), vec![], None),
        ("watching_sports", None, vec![], None),
    ];
    let find = |id: &str| CategoryId(categories.iter().position(|c| c.0 == id).expect("a category") as u16);
    Taxonomy {
        categories: categories
            .iter()
            .map(|&(id, sector, role, parent, catch_all)| Category {
                name: name(id),
                plural: None,
                sector: sector.into(),
                role: role.into(),
                parent: parent.map(CategoryId),
                catch_all,
                titled: false,
                since: 1,
            })
            .collect(),
        brands: [("asahi", "beer"), ("jack_daniels", "whisky"), ("snow", "beer")]
            .iter()
            .map(|&(id, home)| Brand { name: name(id), home: find(home), also: Vec::new(), own: false })
            .collect(),
        occasions: occasions
            .iter()
            .map(|(id, parent, tautology, role)| Occasion {
                name: name(id),
                when: None,
                facet: "place".into(),
                parent: parent.map(OccasionId),
                tautology: tautology.iter().map(|id| find(id)).collect(),
                role: role.as_ref().map(|(role, of)| ((*role).into(), of.iter().map(|id| find(id)).collect())),
                definition: String::new(),
                since: 1,
            })
            .collect(),
        motives: ["face", "taste"]
            .iter()
            .map(|id| Defined { name: name(id), definition: String::new(), since: 1 })
            .collect(),
        rules: vec!["language/test.toml#said".into()],
        ..Taxonomy::default()
    }
}

/// The category of a text id.
pub(crate) fn category(id: &str) -> CategoryId {
    taxonomy().category_id(id).expect("a category")
}

/// The category of a text id, as an entity.
pub(crate) fn thing(id: &str) -> Entity {
    match taxonomy().brand_id(id) {
        Some(brand) => Entity::Brand(brand),
        None => Entity::Category(category(id)),
    }
}

/// The occasion of a text id.
pub(crate) fn occasion(id: &str) -> OccasionId {
    taxonomy().occasion_id(id).expect("an occasion")
}

fn trace() -> Trace {
    Trace { rule: RuleId(0), span: Span::new(0, 1), wording: Wording::of("w") }
}

/// A side from a text id; a brand stands in its home category.
fn side(id: &str) -> Side {
    match thing(id) {
        Entity::Category(category) => Side { category, brand: None },
        Entity::Brand(brand) => Side { category: taxonomy().brand(brand).home, brand: Some(brand) },
    }
}

/// A post and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Saying {
    pub post: Post,
    pub evidence: Evidence,
}

/// A consumer's post; author 0 means that none is known. The text is unlike any other unless `text` is set.
pub(crate) fn say(author: u64, n: u64) -> Saying {
    let word = |salt: u64| {
        let mixed = super::fingerprint::mix(author.wrapping_mul(31).wrapping_add(salt), n);
        char::from_u32(0x4E00 + (mixed % 20_000) as u32).unwrap_or('字')
    };
    Saying {
        post: Post {
            origin: Origin { file: 0, row: n },
            id: Some(format!("{author}-{n}")),
            text: (0..40).map(word).collect(),
            title_len: 0,
            author: (author != 0).then_some(AuthorKey(author)),
            time: Some(Time { text: format!("2024-05-{:02}", n % 28 + 1), month: 2024 * 12 + 4 }),
            platform: Some("weibo".into()),
            region: None,
            thread: None,
            is_comment: false,
            keyword: None,
            url: None,
            reception: Reception::default(),
        },
        evidence: Evidence { lang: Lang::Zh, ..Evidence::silent() },
    }
}

impl Saying {
    pub fn text(mut self, text: &str) -> Self {
        self.post.text = text.into();
        self
    }

    pub fn id(mut self, id: &str) -> Self {
        self.post.id = Some(id.into());
        self
    }

    pub fn keyword(mut self, keyword: &str) -> Self {
        self.post.keyword = Some(keyword.into());
        self
    }

    pub fn comment_on(mut self, thread: &str) -> Self {
        self.post.thread = Some(thread.into());
        self.post.is_comment = true;
        self
    }

    pub fn voice(mut self, voice: Voice) -> Self {
        self.evidence.voice = voice;
        self
    }

    pub fn names(mut self, id: &str) -> Self {
        let side = side(id);
        self.evidence.mentions.push(Mention {
            category: side.category,
            brand: side.brand,
            trace: trace(),
            polarity: Stance::Positive,
            passing: false,
        });
        self
    }

    pub fn at(mut self, id: &str) -> Self {
        let trace = Trace { wording: Wording::of(id), ..trace() };
        self.evidence.occasions.push(OccasionLabel { id: occasion(id), traces: smallvec![trace] });
        self
    }

    /// The occasions of the post are told by these words.
    pub fn worded(mut self, words: &str) -> Self {
        for trace in self.evidence.occasions.iter_mut().flat_map(|label| &mut label.traces) {
            trace.wording = Wording::of(words);
        }
        self
    }

    /// Names the thing and the occasion and links them; a brand links its category too, as `interpret` does.
    pub fn links(self, id: &str, at: &str) -> Self {
        let mut out = self.names(id).at(at);
        let side = side(id);
        for entity in [Some(Entity::Category(side.category)), side.brand.map(Entity::Brand)].into_iter().flatten() {
            out.evidence.links.push(Link { entity, occasion: occasion(at), window: Window::Clause });
        }
        out
    }

    pub fn motive(mut self, id: &str, role: Role, of: &[&str]) -> Self {
        let motive = taxonomy().motive_id(id).expect("a motive");
        let of = of.iter().map(|id| thing(id)).collect();
        self.evidence.motives.push(MotiveLabel { id: motive, role, of, traces: smallvec![trace()] });
        self
    }

    /// Links the thing with the occasion and takes it there for the motive; an empty id speaks of the need alone.
    pub fn job(mut self, id: &str, at: &str, motive: &str, role: Role) -> Self {
        let of: Vec<Entity> = if id.is_empty() {
            self = self.at(at);
            Vec::new()
        } else {
            let side = side(id);
            self = self.links(id, at);
            [Some(Entity::Category(side.category)), side.brand.map(Entity::Brand)].into_iter().flatten().collect()
        };
        let motive_id = taxonomy().motive_id(motive).expect("a motive");
        for of in if of.is_empty() { vec![None] } else { of.into_iter().map(Some).collect() } {
            self.evidence.jobs.push(JobLink {
                of,
                occasion: occasion(at),
                motive: motive_id,
                role,
                window: Window::Clause,
                stance: if role == Role::Avoid { Stance::Negative } else { Stance::Positive },
                traces: [trace(), trace()],
            });
        }
        let named: Vec<&str> = if id.is_empty() { Vec::new() } else { vec![id] };
        self.motive(motive, role, &named)
    }

    /// What is said of the jobs is wished or asked for.
    pub fn wished(mut self) -> Self {
        self.evidence.jobs.iter_mut().for_each(|job| job.stance = Stance::Wish);
        self
    }

    pub fn relates(mut self, kind: RelationKind, winner: &str, loser: &str) -> Self {
        let both = kind != RelationKind::LostToNone;
        self = self.names(loser);
        if both {
            self = self.names(winner);
        }
        self.evidence.relations.push(Relation {
            kind,
            a: both.then(|| side(winner)),
            b: Some(side(loser)),
            traces: vec![trace()],
        });
        self
    }
}

/// A tally of some sayings.
pub(crate) fn tally<'s>(sayings: impl IntoIterator<Item = &'s Saying>) -> super::Tally {
    let taxonomy = taxonomy();
    let mut tally = super::Tally::new(false);
    for saying in sayings {
        tally.add(&saying.post, &saying.evidence, &taxonomy);
    }
    tally
}

/// The counts of some sayings.
pub(crate) fn counts<'s>(sayings: impl IntoIterator<Item = &'s Saying>) -> super::Counts {
    tally(sayings).finish(&taxonomy(), &super::Frame::default())
}
