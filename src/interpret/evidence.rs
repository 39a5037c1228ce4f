//! What one post says: every statement names its rule and its span in the raw text.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::lexicon::id::{
    AttributeId, BrandId, CategoryId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, RuleId,
    StageId, Voice,
};
use crate::normalize::span::{Raw, Span};

/// The words that carry a statement: seldom more than two, which need no memory of their own.
pub type Traces = SmallVec<[Trace; 2]>;

/// The things that something is said of, sorted, each once.
pub type Things = SmallVec<[Entity; 4]>;

/// By which of its rule's ways of saying a statement was read: a fixed hash of the normalized words, or the number of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wording(pub u32);

impl Wording {
    /// Words that stand close together: they are told by their rule alone.
    pub const NEAR: Wording = Wording(0);

    /// Of words in the normalized text (FNV-1a; never [`Wording::NEAR`]).
    pub fn of(words: &str) -> Self {
        Self(words.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)).max(1))
    }
}

/// The words that carry a statement, and the rule that read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trace {
    /// The lexicon entry.
    pub rule: RuleId,
    /// Where in the raw text.
    pub span: Span<Raw>,
    /// By which of its words or patterns.
    pub wording: Wording,
}

/// The script and language of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Chinese, in any script, mixed with English or not.
    Zh,
    /// English.
    En,
    /// Anything else: set aside.
    Other,
}

impl Lang {
    /// `zh`, `en` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
            Lang::Other => "other",
        }
    }
}

/// The stance of a clause toward a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// It is praised.
    Positive,
    /// It is blamed.
    Negative,
    /// It is wished for.
    Wish,
    /// It is asked for.
    Ask,
    /// Nothing of the kind.
    Neutral,
}

impl Stance {
    /// Whether the writer wants for something: he complains, wishes or asks.
    pub fn is_unmet(self) -> bool {
        matches!(self, Stance::Negative | Stance::Wish | Stance::Ask)
    }

    /// The id of the codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Positive => "positive",
            Stance::Negative => "negative",
            Stance::Wish => "wish",
            Stance::Ask => "ask",
            Stance::Neutral => "neutral",
        }
    }
}

/// A thing that the post names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Its category.
    pub category: CategoryId,
    /// The brand, where one is named.
    pub brand: Option<BrandId>,
    /// The words and the rule.
    pub trace: Trace,
    /// The stance of the clause toward it.
    pub polarity: Stance,
    /// Named only, nothing said of having, wanting, buying, using or judging it: shown, never counted.
    pub passing: bool,
}

/// An occasion that the post speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionLabel {
    /// Which.
    pub id: OccasionId,
    /// The words, in text order; at least one.
    pub traces: Traces,
}

/// A motive in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MotiveLabel {
    /// Which.
    pub id: MotiveId,
    /// Why they buy, avoid, or buy again.
    pub role: Role,
    /// The things it is said of; empty where that is not clear.
    pub of: Things,
    /// The words, in text order; at least one.
    pub traces: Traces,
}

/// An essence: what the product is about, above its features.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EssenceLabel {
    /// Which.
    pub id: EssenceId,
    /// The things it is said of.
    pub of: Things,
    /// The words, in text order; at least one.
    pub traces: Traces,
}

/// A feature of a thing that is spoken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeLabel {
    /// Which.
    pub id: AttributeId,
    /// The stance of the clause.
    pub stance: Stance,
    /// The things that have it and of which it is said; never empty.
    pub of: Things,
    /// The words, in text order; at least one.
    pub traces: Traces,
}

/// What a post can be about, beside the things themselves; the order is that of the ladder (method §5), occasions aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Theme {
    /// A feature.
    Attribute(AttributeId),
    /// A benefit, or a reason to buy again.
    Motive(MotiveId),
    /// An essence.
    Essence(EssenceId),
    /// An occasion.
    Occasion(OccasionId),
}

/// A step up the ladder from means to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The means; `None` for the thing itself.
    pub from: Option<Theme>,
    /// The end.
    pub to: Theme,
    /// Whether words of cause or purpose join the two, rather than that they stand in one sentence.
    pub joined: bool,
    /// The things it is said of; never empty.
    pub of: Things,
    /// The joining words, if any, and those of the end.
    pub traces: Traces,
}

/// How much a sentence stirs and how much it lets one see, both in thousandths; only sentences with either are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mood {
    /// Arousal.
    pub arousal: u16,
    /// Imagery.
    pub imagery: u16,
    /// The words that carry it; at least one.
    pub traces: Traces,
}

/// How the words around what is said of a thing feel: means over clauses in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Felt {
    /// The thing.
    pub of: Entity,
    /// What is said; `None` for all clauses in which anything is.
    pub theme: Option<Theme>,
    /// Mean arousal.
    pub arousal: u16,
    /// Mean imagery.
    pub imagery: u16,
}

/// One side of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Side {
    /// Its category.
    pub category: CategoryId,
    /// The brand, where one is named.
    pub brand: Option<BrandId>,
}

/// A relation between two named things; `a` is the winner where the kind has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Which.
    pub kind: RelationKind,
    /// The winner, or the first; `None` where it is not named.
    pub a: Option<Side>,
    /// The loser, or the second; `None` where it is not named.
    pub b: Option<Side>,
    /// The words; at least one.
    pub traces: Vec<Trace>,
}

/// How near an entity and an occasion stand; the nearest that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Window {
    /// In one clause.
    Clause,
    /// In one sentence.
    Sentence,
    /// In a post that names one entity of that level.
    Post,
    /// The occasion stands in the title.
    Title,
    /// The occasion stands in a hashtag.
    Hashtag,
}

impl Window {
    /// The word of the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Window::Clause => "clause",
            Window::Sentence => "sentence",
            Window::Post => "post",
            Window::Title => "title",
            Window::Hashtag => "hashtag",
        }
    }
}

/// An entity tied to an occasion (method §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// The thing. A brand's link is given for its category too.
    pub entity: Entity,
    /// The occasion.
    pub occasion: OccasionId,
    /// The window that tied them.
    pub window: Window,
}

/// A job: a thing taken on an occasion for a motive, all in one window (method §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobLink {
    /// The thing; `None` where the need is spoken of without one.
    pub of: Option<Entity>,
    /// The occasion.
    pub occasion: OccasionId,
    /// The motive.
    pub motive: MotiveId,
    /// Its role.
    pub role: Role,
    /// The window that holds all three.
    pub window: Window,
    /// How the need fares: negative, wish and ask are unmet.
    pub stance: Stance,
    /// The words of the occasion and of the motive.
    pub traces: [Trace; 2],
}

impl JobLink {
    /// Whether the writer wants for something.
    pub fn is_unmet(&self) -> bool {
        self.stance.is_unmet()
    }
}

/// A stage of the customer's way, with the stance of its clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageLabel {
    /// Which.
    pub id: StageId,
    /// The stance of the clause.
    pub stance: Stance,
    /// The things it is said of.
    pub of: Things,
    /// The words; at least one.
    pub traces: Traces,
}

/// All that one post says. Lists are sorted by id, mentions by position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its language.
    pub lang: Lang,
    /// Who speaks.
    pub voice: Voice,
    /// The rule that told the voice, unless it is a consumer by default.
    pub voice_trace: Option<Trace>,
    /// True where the post only passes on somebody else's words (nothing of its own but the forward).
    pub bare_forward: bool,
    /// Things named, by position; passing ones included.
    pub mentions: Vec<Mention>,
    /// Occasions.
    pub occasions: Vec<OccasionLabel>,
    /// Motives.
    pub motives: Vec<MotiveLabel>,
    /// Essences.
    pub essences: Vec<EssenceLabel>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Links of entity and occasion, each pair once with its nearest window; tautologies included.
    pub links: Vec<Link>,
    /// Jobs, each (thing, occasion, motive, role) once with its nearest window; tautologies included.
    pub jobs: Vec<JobLink>,
    /// Features spoken of.
    pub attributes: Vec<AttributeLabel>,
    /// Steps from means to end.
    pub steps: Vec<Step>,
    /// Sentences that stir.
    pub moods: Vec<Mood>,
    /// How what is said of things feels; only where it is not nothing.
    pub felt: Vec<Felt>,
    /// Stages of the customer's way.
    pub stages: Vec<StageLabel>,
    /// Who the speaker is, by his own words.
    pub customers: Vec<(CustomerId, Trace)>,
}

impl Evidence {
    /// Evidence of nothing.
    pub fn silent() -> Self {
        Self {
            lang: Lang::Other,
            voice: Voice::Consumer,
            voice_trace: None,
            bare_forward: false,
            mentions: Vec::new(),
            occasions: Vec::new(),
            motives: Vec::new(),
            essences: Vec::new(),
            relations: Vec::new(),
            links: Vec::new(),
            jobs: Vec::new(),
            attributes: Vec::new(),
            steps: Vec::new(),
            moods: Vec::new(),
            felt: Vec::new(),
            stages: Vec::new(),
            customers: Vec::new(),
        }
    }

    /// Makes it evidence of nothing again; the lists keep their memory for the next post.
    pub(super) fn fall_silent(&mut self, lang: Lang, bare_forward: bool) {
        let Self { mentions, occasions, motives, essences, relations, links, jobs, stages, customers, .. } = self;
        let Self { attributes, steps, moods, felt, .. } = self;
        mentions.clear();
        occasions.clear();
        motives.clear();
        essences.clear();
        relations.clear();
        links.clear();
        jobs.clear();
        attributes.clear();
        steps.clear();
        moods.clear();
        felt.clear();
        stages.clear();
        customers.clear();
        (self.lang, self.bare_forward) = (lang, bare_forward);
        (self.voice, self.voice_trace) = (Voice::Consumer, None);
    }

    /// Entities that count (not in passing), each once, sorted; a brand brings its category and the category's parents are the tally's work.
    pub fn entities(&self) -> Vec<Entity> {
        let mut out: Vec<Entity> = Vec::with_capacity(self.mentions.len() * 2);
        for mention in self.mentions.iter().filter(|m| !m.passing) {
            out.push(Entity::Category(mention.category));
            out.extend(mention.brand.map(Entity::Brand));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}
