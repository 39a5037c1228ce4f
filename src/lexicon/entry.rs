//! An entry of a lexicon file as the matcher takes it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::id::{
    AttributeId, BrandId, CategoryId, CueId, CustomerId, EssenceId, MotiveId, OccasionId, RelationKind, Role, RuleId,
    StageId, Voice,
};
use super::stored::Stored;

/// What an entry speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// A category.
    Category(CategoryId),
    /// A brand.
    Brand(BrandId),
    /// An occasion.
    Occasion(OccasionId),
    /// A motive in one role.
    Motive(MotiveId, Role),
    /// An essence.
    Essence(EssenceId),
    /// A relation between two named things.
    Relation(RelationKind),
    /// A feature of what is consumed.
    Attribute(AttributeId),
    /// A stage of the customer's way.
    Stage(StageId),
    /// A voice other than the consumer's.
    Voice(Voice),
    /// Something the speaker says of himself.
    Customer(CustomerId),
    /// A word of the language that changes or triggers something.
    Cue(CueId),
}

/// Where a surface may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Boundary {
    /// Anywhere but across a word boundary: the default.
    Inside,
    /// Only as a word of its own.
    Strict,
    /// Anywhere.
    Raw,
}

/// A surface: a written form, normalized, with its flags.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// The normalized surface, without a trailing `*`.
    pub surface: String,
    /// `word*`: takes any ending.
    pub open: bool,
    /// Where it may stand.
    pub boundary: Boundary,
    /// Only with a capital first letter in the raw text.
    pub capital: bool,
    /// No English endings.
    pub exact: bool,
    /// Verb endings also where nouns are the rule.
    pub verb: bool,
    /// Names the thing, but alone never counts as consumed.
    pub passing: bool,
    /// A motive's words that count only beside a thing.
    pub thing: bool,
}

/// A part of a `near` rule or a `sequence`: surfaces and shared classes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Surfaces of its own.
    pub terms: Vec<Term>,
    /// Shared word classes, as indices into [`super::Lexicon::classes`].
    pub classes: Vec<u16>,
}

/// Surfaces that stand close together in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// Two or three lists; one surface of each must stand there.
    pub slots: Vec<Words>,
    /// Most words between two neighbors of the group.
    pub within: u32,
    /// Whether the slots must stand in the order given.
    pub ordered: bool,
}

/// Who stands in a slot of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// The winner, or the first of two equals.
    A,
    /// The loser, or the second of two equals.
    B,
}

/// A part of a sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// One of several words.
    Words(Words),
    /// A named thing.
    Slot(Slot),
    /// A named thing that may be left out: `{winner?}`.
    Optional(Slot),
    /// Words that must not stand between the part before and the part behind; as the last part, not within its gap.
    Absent(Words),
}

/// What may stand before a part of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Most words.
    pub most: u32,
    /// Whether the clause must not end in it (`.4`, not `..4`).
    pub in_clause: bool,
}

/// Parts in order within one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Each part with what is allowed before it.
    pub pieces: Vec<(Gap, Piece)>,
    /// Whether it compares by degree (larger than, as good as), which people do with things of one kind only.
    pub alike: bool,
}

/// A surface of several meanings with the words that decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolve {
    /// The surfaces.
    pub terms: Vec<Term>,
    /// Words that speak for this entry.
    pub cues: Words,
    /// Whether this entry wins where no cue decides.
    pub default: bool,
}

/// What a negation does to a motive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Negated {
    /// Buy becomes avoid, avoid becomes buy.
    Flip,
    /// Nothing is said.
    Drop,
    /// It stays what it is.
    Keep,
}

/// What a cue of feeling measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Feels {
    /// How much something stirs.
    Arousal,
    /// How much one sees, hears, smells it.
    Imagery,
    /// Multiplies the arousal of its clause.
    Stronger,
}

/// The weight of a cue of feeling, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feeling {
    /// What it measures.
    pub feels: Feels,
    /// Thousandths.
    pub weight: u16,
}

/// How far an entry is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Loaded, but marked in every result.
    Draft,
    /// The normal state.
    Stable,
    /// Kept for old results only; not loaded into the matcher.
    Deprecated,
}

/// One entry: its target, its words, its examples.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Its number; the name is in the taxonomy's table of rules.
    pub rule: RuleId,
    /// What it speaks for.
    pub target: Target,
    /// How far it is trusted.
    pub status: Status,
    /// Surfaces.
    pub terms: Stored<Vec<Term>>,
    /// Surfaces that must stand close together.
    pub near: Stored<Vec<Near>>,
    /// Patterns with slots.
    pub sequences: Stored<Vec<Sequence>>,
    /// Longer phrases in which its words do not count.
    pub unless: Stored<Vec<Term>>,
    /// Surfaces of several meanings.
    pub resolve: Stored<Vec<Resolve>>,
    /// What a negation does to it.
    pub negated: Negated,
    /// The weight of a cue of feeling.
    pub feeling: Option<Feeling>,
    /// The layer of files that brought it first: 0 is built in, an overlay lies above.
    pub layer: usize,
    /// Texts in which it must be found.
    pub matches: Stored<Vec<String>>,
    /// Texts in which it must not be found.
    pub misses: Stored<Vec<String>>,
    /// The file it stands in, as `path`, for messages.
    #[serde(borrow)]
    pub path: Cow<'static, str>,
    /// Its line in that file, from 1.
    pub line: u64,
}

/// Words that several entries share.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Class {
    /// Its name, without `@`.
    pub id: String,
    /// Its surfaces.
    pub terms: Stored<Vec<Term>>,
}

/// The class of the words over which a negation works on what follows: very, 怎么.
pub const CARRIES: &str = "carries";
/// The class of the words that join the last of several things that are denied together: not greasy or sticky.
pub const JOINS: &str = "joins";
/// The classes of words that tell what may be a side of a relation: they stand for a thing (it), make a part of what they follow (chicken stock), are
/// no name (the queue).
pub const SIDE_CLASSES: [&str; 3] = ["pronoun", "head", "nameless"];

impl Class {
    /// Whether its words are looked for in posts. Those that carry a negation on stand in every one, and only what stands behind a negator is
    /// held against them.
    pub fn is_searched(&self) -> bool {
        self.id != CARRIES && self.id != JOINS
    }
}
