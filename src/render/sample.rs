//! Findings made by hand, for the tests of this layer; the figures are invented.

mod position;

use std::collections::BTreeMap;

use crate::analyze::compare::{PairDifference, Told};
use crate::analyze::findings::*;
use crate::lexicon::id::{CategoryId, OccasionId};
use crate::lexicon::taxonomy::{Attribute, Brand, Category, Defined, Name, Occasion, Taxonomy};

fn name(id: &str, zh: &str, en: &str) -> Name {
    Name { id: id.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|&text| text.to_owned()).collect()
}

/// Three categories, a brand, occasions and motives.
pub(super) fn taxonomy() -> Taxonomy {
    let category = |id: &str, zh: &str, en: &str| Category {
        name: name(id, zh, en),
        plural: None,
        sector: "alcohol".to_owned(),
        role: "drink.alcohol".to_owned(),
        parent: None,
        catch_all: false,
        titled: false,
        since: 1,
    };
    let occasion = |id: &str, zh: &str, en: &str| Occasion {
        name: name(id, zh, en),
        when: Some(format!("at {en}")),
        facet: "place".to_owned(),
        parent: None::<OccasionId>,
        tautology: Vec::new(),
        role: None,
        definition: String::new(),
        since: 1,
    };
    let motive = |id: &str, zh: &str, en: &str| Defined { name: name(id, zh, en), definition: String::new(), since: 1 };
    Taxonomy {
        categories: vec![
            category("beer", "啤酒", "beer"),
            category("soju", "烧酒", "soju"),
            category("whisky", "威士忌", "whisky"),
        ],
        brands: vec![Brand {
            name: name("heineken", "喜力", "Heineken"),
            home: CategoryId(0),
            also: Vec::new(),
            own: false,
        }],
        occasions: vec![
            occasion("barbecue", "烧烤", "barbecue"),
            occasion("late_night_snack", "宵夜", "late-night snacks"),
            occasion("night_out", "夜店", "nights out"),
            occasion("watching_sports", "看球", "watching sports"),
        ],
        motives: vec![
            motive("face", "面子", "face"),
            motive("filling", "太撑", "too filling"),
            motive("taste", "味道", "taste"),
        ],
        attributes: vec![Attribute { name: name("foam", "泡沫", "foam"), of: vec![CategoryId(0)] }],
        stages: vec![motive("order", "下单", "order"), motive("use", "使用", "use")],
        customers: vec![motive("male", "男性", "man")],
        ..Taxonomy::default()
    }
}

/// An entity with nothing but authors.
pub(super) fn entity(id: &str, level: Level, zh: &str, en: &str, authors: u64) -> EntityFinding {
    EntityFinding {
        id: id.to_owned(),
        level,
        label: Label { zh: zh.to_owned(), en: en.to_owned() },
        category: "beer".to_owned(),
        sector: "alcohol".to_owned(),
        role: "drink".to_owned(),
        precision: PrecisionFinding::Unproven,
        standing: Standing::Ranked,
        needed: None,
        authors,
        linked_authors: authors / 3,
        posts: authors + 7,
        official_posts: 2,
        duplicate_share: Some(0.02),
        mental_market_share: Some(0.2),
        mental_penetration: Some(0.3),
        network_size: Some(6.5),
        occasions: Vec::new(),
        motives: Vec::new(),
        quotes: Vec::new(),
    }
}

/// A rival of beer at the category level, clearly shown.
pub(super) fn rival(id: &str, rank: usize, threat: f64, ci90: [f64; 2]) -> RivalFinding {
    RivalFinding {
        of: "beer".to_owned(),
        rival: id.to_owned(),
        level: Level::Category,
        rank,
        threat: Some(threat),
        ci90: Some(ci90),
        structure: Some(threat),
        fair_share: Some(threat / 2.0),
        excess: Some(2.0),
        q: Some(0.01),
        q_global: Some(0.02),
        volume: Some(90.0),
        relation: Kinship::Competitor,
        basis: Basis::Language,
        rho: 0.9,
        rho_ci90: [0.8, 0.95],
        rivalry: Rivalry::Category,
        surprise_bits: Some(1.5),
        non_obvious: Some(0.2),
        non_obvious_ranks: Some([1, 1, 2]),
        surprising: false,
        known: false,
        asymmetry: Some(0.7),
        occasions: vec![Contribution { id: "night_out".to_owned(), contribution: 0.71 }],
        switching: Switching { to_rival: 41, from_rival: 12 },
        comparing: Comparing { rival_better: 9, subject_better: 4, either_or: 3 },
        pairing: 5,
        carried_by: 88,
        rank_stability: Some(1.0),
        max_term_influence: Some(TermInfluence {
            rule: "occasions/place.toml#night_out".to_owned(),
            words: Some("夜店".to_owned()),
            change: -0.02,
            carries: false,
        }),
        quotes: texts(&["q1"]),
    }
}

fn motive(id: &str, role: &'static str, authors: u64, quotes: &[&str]) -> MotiveFinding {
    MotiveFinding {
        id: id.to_owned(),
        role,
        precision: PrecisionFinding::Unproven,
        authors,
        share: 0.1,
        lift: Lift { value: Some(1.8), ci95: None, q: Some(0.01) },
        quotes: texts(quotes),
    }
}

fn quote(id: &str, text: &str, lang: &'static str, platform: &str, time: &str) -> QuoteFinding {
    QuoteFinding {
        id: id.to_owned(),
        text: text.to_owned(),
        lang,
        platform: Some(platform.to_owned()),
        time: Some(time.to_owned()),
        spans: vec![[0, 6]],
        cut: true,
        url: Some("https://example.com/1".to_owned()),
    }
}

fn read_by_hand(read: u32, right: u32) -> PrecisionFinding {
    let share = f64::from(right) / f64::from(read);
    PrecisionFinding::ReadByHand { read, right, share, date: "2026-01-31".to_owned(), corpus: "demo".to_owned() }
}

fn beer() -> EntityFinding {
    let occasion = |id: &str, share: f64, lift: f64, advantage: f64, stand: Stand| OccasionFinding {
        id: id.to_owned(),
        precision: read_by_hand(50, 44),
        authors: 400,
        share,
        lift: Lift {
            value: Some(lift),
            ci95: Some([lift - 0.2, lift + 0.2]),
            q: Some(if stand == Stand::Maintain { 0.5 } else { 0.001 }),
        },
        mental_advantage: Some(advantage),
        stand: Some(stand),
        quotes: texts(&["q2"]),
    };
    EntityFinding {
        occasions: vec![
            occasion("late_night_snack", 0.31, 2.1, 6.0, Stand::Defend),
            occasion("night_out", 0.22, 0.6, -7.0, Stand::Build),
            occasion("barbecue", 0.12, 1.1, 0.5, Stand::Maintain),
        ],
        motives: vec![
            motive("taste", "buy", 412, &["q4"]),
            motive("filling", "avoid", 212, &["q3"]),
            motive("face", "avoid", 80, &[]),
            motive("taste", "repeat", 33, &["q4"]),
        ],
        quotes: texts(&["q4"]),
        precision: read_by_hand(50, 48),
        ..entity("beer", Level::Category, "啤酒", "beer", 6_120)
    }
}

fn meta() -> Meta {
    let counts = |all: &[(&str, u64)]| all.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect::<BTreeMap<_, _>>();
    Meta {
        version: "0.1.0".to_owned(),
        lexicon_sha256: "ab".repeat(32),
        parameters: ParametersShown {
            focus: texts(&["beer"]),
            known: Vec::new(),
            levels: vec![Level::Category, Level::Brand, Level::Cross],
            top: 10,
            gate_authors: 30,
            gate_buckets: 8,
            k_category: 20.0,
            k_brand: 50.0,
            eta: BTreeMap::from([(Level::Category, 50.0), (Level::Brand, 50.0)]),
        },
        rows: Rows { read: 18_412, analyzed: 15_903, rejected: 38, set_aside: 2_471 },
        posts: Posts {
            consumer: 14_201,
            official: 1_702,
            duplicate: 300,
            voices: counts(&[("ad", 1_702), ("consumer", 14_201)]),
        },
        authors: 8_040,
        period: Some(["2024-01-02T08:00:00+08:00".to_owned(), "2024-06-30".to_owned()]),
        languages: counts(&[("en", 1_200), ("zh", 13_001)]),
        platforms: counts(&[("weibo", 8_663), ("xhs", 5_538)]),
    }
}

/// A focus on beer in which every field of the document is filled.
pub(super) fn findings() -> Findings {
    let soju = RivalFinding {
        surprising: false,
        quotes: texts(&["q2"]),
        occasions: vec![
            Contribution { id: "barbecue".to_owned(), contribution: 0.44 },
            Contribution { id: "night_out".to_owned(), contribution: 0.3 },
        ],
        ..rival("soju", 2, 0.09, [0.06, 0.105])
    };
    let chicken = RivalFinding {
        relation: Kinship::Complement,
        pairing: 212,
        switching: Switching { to_rival: 2, from_rival: 1 },
        comparing: Comparing::default(),
        ..rival("fried_chicken", 4, 0.004, [0.001, 0.009])
    };
    let tea = RivalFinding {
        basis: Basis::Role,
        relation: Kinship::Unknown,
        switching: Switching::default(),
        comparing: Comparing::default(),
        q: Some(0.6),
        pairing: 0,
        quotes: Vec::new(),
        ..rival("milk_tea", 3, 0.05, [0.01, 0.09])
    };
    let rest = Rest { entities: 12, threat: 0.08, fair_share: 0.09 };
    let warning = |code, of: &[&str], zh: &str, en: &str| Warning {
        code,
        of: texts(of),
        text: Label { zh: zh.to_owned(), en: en.to_owned() },
    };
    let told = |rank, threat| Told {
        rank: Some(rank),
        threat: Some(threat),
        ci90: Some([0.1, 0.2]),
        to_rival: 9,
        from_rival: 4,
    };
    let group = GroupFinding {
        by: "platform",
        value: "weibo".to_owned(),
        posts: 900,
        authors: 700,
        rivals: vec![PairDifference {
            of: "beer".to_owned(),
            rival: "whisky".to_owned(),
            level: "category".to_owned(),
            a: told(2, 0.12),
            b: told(1, 0.18),
            difference: Some(0.06),
            ci90: Some([0.02, 0.1]),
            q: Some(0.03),
            significant: true,
        }],
    };
    Findings {
        schema: SCHEMA,
        space: super::sample_space::findings(),
        groups: vec![group],
        meta: meta(),
        coverage: Coverage { entity: Some(0.7), occasion: Some(0.4), both: Some(0.3), linked_authors: 4_000 },
        frame: FrameFinding {
            source: FrameSource::KeywordColumn,
            fetched_by: texts(&["beer"]),
            fetched_share: Some(0.58),
            shares_given: true,
            keywords: vec![KeywordFinding {
                keyword: "啤酒".to_owned(),
                posts: 9_000,
                names: texts(&["beer"]),
                entities: vec![EntityShare { id: "beer".to_owned(), share: 0.95 }],
            }],
            suggested_queries: vec![Label { zh: "夜店".to_owned(), en: "nights out".to_owned() }],
        },
        entities: vec![
            beer(),
            entity("whisky", Level::Category, "威士忌", "whisky", 2_010),
            entity("soju", Level::Category, "烧酒", "soju", 800),
            entity("milk_tea", Level::Category, "奶茶", "milk tea", 700),
            entity("fried_chicken", Level::Category, "炸鸡", "fried chicken", 600),
            EntityFinding {
                standing: Standing::InsufficientEvidence,
                needed: Some(Needed { authors: 18, buckets: 2 }),
                ..entity("mead", Level::Category, "蜂蜜酒", "mead", 12)
            },
            entity("heineken", Level::Brand, "喜力", "Heineken", 900),
        ],
        subjects: vec![Subject {
            of: "beer".to_owned(),
            level: Level::Category,
            focus: true,
            standing: Standing::Ranked,
            authors: 6_120,
            switched_away: 120,
            occasion_known: Some(0.34),
            rest: Some(rest),
            catch_all: vec![ShareOf { rival: "alcohol".to_owned(), threat: 0.03 }],
            unlisted: Some(Rest { entities: 21, threat: 0.2, ..rest }),
            apart: Some(Apart {
                entities: 14,
                threat: 0.12,
                largest: vec![ShareOf { rival: "restaurant".to_owned(), threat: 0.05 }],
            }),
            thin_occasions: vec![ThinOccasion { id: "watching_sports".to_owned(), authors: 17, needed: 13 }],
            said: vec![Said {
                rival: "whisky".to_owned(),
                relation: "instead_of",
                authors: 41,
                quotes: texts(&["q1"]),
            }],
        }],
        rivals: vec![
            RivalFinding {
                surprising: true,
                quotes: texts(&["q1", "q5"]),
                ..rival("whisky", 1, 0.144, [0.112, 0.169])
            },
            soju,
            tea,
            chicken,
        ],
        outside_option: vec![OutsideOption {
            of: "beer".to_owned(),
            authors: 187,
            share: 0.03,
            quotes: texts(&["q6"]),
        }],
        essence: vec![position::essence()],
        excitement: vec![position::excitement()],
        competency: vec![position::competency()],
        customers: vec![position::customers()],
        contact_points: vec![position::contact_points()],
        quotes: vec![
            quote("q1", "本来想点啤酒，朋友开了瓶杰克丹尼，就再没换回来", "zh", "weibo", "2024-05-01T22:10:00+08:00"),
            quote("q2", "烤肉还是配烧酒，啤酒太撑了", "zh", "xhs", "2024-03-09"),
            quote("q3", "啤酒喝两瓶就饱了", "zh", "weibo", "2024-02-01"),
            quote("q4", "nothing tastes like a cold one", "en", "reddit", "2024-06-01"),
            quote("q5", &"在夜店大家都喝威士忌，没人点啤酒。".repeat(9), "zh", "weibo", "2024-04-01"),
            quote("q6", "开车来的，干脆不喝了", "zh", "weibo", "2024-04-11"),
        ],
        warnings: vec![
            warning("frame_keyword", &["beer"], "检索", "told in the frame line"),
            warning("role_only", &["beer"], "只凭角色", "some relations rest on the roles alone"),
            warning("role_only", &["tea"], "别的", "about something else"),
        ],
    }
}
