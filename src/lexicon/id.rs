//! Ids that travel between the layers: small numbers into the lexicon's tables, sorted by their text id so that they never depend on file order.

use serde::{Deserialize, Serialize};

/// Declares a numeric id.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($int:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub $int);

        impl $name {
            /// The id as an index into the lexicon's table of its kind.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A category of the codebook or of a user's overlay.
    CategoryId(u16);
    /// A brand.
    BrandId(u16);
    /// An occasion.
    OccasionId(u16);
    /// A motive, without its role.
    MotiveId(u16);
    /// An essence.
    EssenceId(u16);
    /// An attribute: a feature of what is consumed.
    AttributeId(u16);
    /// A stage of the customer's way.
    StageId(u16);
    /// A customer cue (age band, life stage …).
    CustomerId(u16);
    /// A cue of the language (negator, intent …).
    CueId(u16);
    /// One entry of a lexicon file: `path#id`.
    RuleId(u32);
}

/// What competes: a category, or a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Entity {
    /// A category.
    Category(CategoryId),
    /// A brand.
    Brand(BrandId),
}

/// The part a motive plays: why somebody buys, does not buy, buys again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A reason to buy.
    Buy,
    /// A reason not to buy, or to regret it.
    Avoid,
    /// A reason to buy again.
    Repeat,
}

impl Role {
    /// The role as the codebook writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Buy => "buy",
            Role::Avoid => "avoid",
            Role::Repeat => "repeat",
        }
    }
}

/// The closed set of relations between two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RelationKind {
    /// `a` was, is or will be taken in place of `b`.
    InsteadOf,
    /// `a` is said to beat `b`.
    BetterThan,
    /// The two are weighed without a winner.
    EitherOr,
    /// The two are consumed together.
    GoesWith,
    /// The loser is given up for nothing.
    LostToNone,
}

impl RelationKind {
    /// All kinds, in the codebook's order.
    pub const ALL: [RelationKind; 5] =
        [Self::InsteadOf, Self::BetterThan, Self::EitherOr, Self::GoesWith, Self::LostToNone];

    /// The id of the codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InsteadOf => "instead_of",
            Self::BetterThan => "better_than",
            Self::EitherOr => "either_or",
            Self::GoesWith => "goes_with",
            Self::LostToNone => "lost_to_none",
        }
    }
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Voice {
    /// A consumer: the only voice that enters the statistics.
    Consumer,
    /// The brand's own account.
    Official,
    /// A dealer or reseller.
    Dealer,
    /// An employee.
    Employee,
    /// Media or a paid creator.
    Media,
    /// An advertisement or a giveaway.
    Ad,
    /// Bot-like text.
    Bot,
}

impl Voice {
    /// All voices, in the codebook's order.
    pub const ALL: [Voice; 7] =
        [Self::Consumer, Self::Official, Self::Dealer, Self::Employee, Self::Media, Self::Ad, Self::Bot];

    /// The id of the codebook.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consumer => "consumer",
            Self::Official => "official",
            Self::Dealer => "dealer",
            Self::Employee => "employee",
            Self::Media => "media",
            Self::Ad => "ad",
            Self::Bot => "bot",
        }
    }
}
