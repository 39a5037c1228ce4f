//! A position made by hand; the figures are invented.

use super::texts;
use crate::analyze::findings::*;

fn label(zh: &str, en: &str) -> Label {
    Label { zh: zh.to_owned(), en: en.to_owned() }
}

fn theme(kind: &'static str, id: &str, zh: &str, en: &str) -> ThemeFinding {
    ThemeFinding { kind, id: id.to_owned(), label: label(zh, en) }
}

fn gap(gap: f64, q: f64) -> GapFinding {
    GapFinding { gap, ci95: [gap - 0.2, gap + 0.2], q }
}

/// What beer is really about.
pub(super) fn essence() -> EssenceFinding {
    let score = |id: &str, zh: &str, en: &str, authors| EssenceScore {
        id: id.to_owned(),
        label: label(zh, en),
        authors,
        share: 0.4,
        prestige: 0.5,
        lift: 2.5,
        z: Some(4.0),
        q: Some(0.001),
        score: 0.6,
        quotes: texts(&["q2"]),
    };
    let feature = FeatureFinding {
        id: "foam".to_owned(),
        label: label("泡沫", "foam"),
        authors: 300,
        share: 0.1,
        positive: 200,
        negative: 20,
        quotes: texts(&["q4"]),
    };
    let step = StepFinding {
        from: Some(theme("motive", "taste", "味道", "taste")),
        to: theme("essence", "brotherhood", "义气", "brotherhood"),
        weight: 12.25,
    };
    EssenceFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        verdict: Verdict::Found,
        themed_authors: 2_000,
        authors: 140,
        essences: vec![score("brotherhood", "义气", "brotherhood", 56)],
        also: vec![score("comfort", "治愈", "comfort", 20)],
        talked_about: vec![feature],
        ladder: vec![step],
    }
}

/// What excites about it.
pub(super) fn excitement() -> ExcitementFinding {
    ExcitementFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        verdict: Verdict::Found,
        authors: 2_000,
        points: vec![ExcitementPoint {
            theme: theme("occasion", "watching_sports", "看球", "watching sports"),
            authors: 90,
            share: 0.045,
            arousal: 0.8,
            difference: 0.5,
            ci90: [0.4, 0.6],
            imagery: 0.1,
            lift: 3.0,
            score: 0.02,
            quotes: texts(&["q1"]),
        }],
        cliches: vec![ClicheFinding {
            theme: theme("motive", "taste", "味道", "taste"),
            authors: 700,
            share: 0.35,
            field_share: 0.33,
            claimants: [6, 7],
            difference: -0.02,
            ci90: [-0.04, 0.0],
            quotes: texts(&["q4"]),
        }],
    }
}

/// What it is better at.
pub(super) fn competency() -> CompetencyFinding {
    let judged = |id: &str, zh: &str, en: &str, gap: f64| JudgedFinding {
        theme: theme("motive", id, zh, en),
        praised: 80,
        blamed: 20,
        quality: 0.8,
        rivals_quality: 0.7,
        gap,
        ci95: [gap - 0.1, gap + 0.1],
        q: 0.01,
        quotes: texts(&["q4"]),
    };
    CompetencyFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        verdict: Verdict::Found,
        against: texts(&["whisky", "soju"]),
        distinctive: vec![DistinctFinding {
            theme: theme("motive", "taste", "味道", "taste"),
            authors: 120,
            share: 0.06,
            rivals_share: 0.01,
            ratio: 6.0,
            ci95: [4.0, 9.0],
            q: 0.001,
            quotes: texts(&["q4"]),
        }],
        better: vec![judged("taste", "味道", "taste", 0.5)],
        worse: vec![judged("face", "面子", "face", -0.9)],
    }
}

/// Who drinks it.
pub(super) fn customers() -> CustomersFinding {
    CustomersFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        verdict: Verdict::Found,
        known: vec![FacetFinding { facet: "gender".to_owned(), authors: 400 }],
        groups: vec![CustomerFinding {
            id: "male".to_owned(),
            label: label("男性", "man"),
            facet: "gender".to_owned(),
            authors: 260,
            share: Some(0.65),
            lift: Lift { value: Some(1.4), ci95: Some([1.2, 1.6]), q: Some(0.001) },
            motives: vec![GroupMotiveFinding {
                id: "taste".to_owned(),
                role: "buy",
                authors: 60,
                share: 0.23,
                lift: Lift { value: Some(1.3), ci95: None, q: Some(0.05) },
                quotes: texts(&["q5"]),
            }],
            quotes: texts(&["q3"]),
        }],
    }
}

/// The way to it.
pub(super) fn contact_points() -> ContactPointsFinding {
    let complaint = ComplaintFinding { motive: "filling".to_owned(), authors: 40, quotes: texts(&["q3"]) };
    ContactPointsFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        verdict: Verdict::Found,
        stages: vec![ContactPoint {
            id: "use".to_owned(),
            label: label("使用", "use"),
            authors: 900,
            share: 0.5,
            positive: 600,
            negative: 200,
            quality: 0.75,
            field_quality: 0.8,
            gap: Some(gap(-0.3, 0.02)),
            rivals: vec![RivalGapFinding { rival: "whisky".to_owned(), quality: 0.85, gap: gap(-0.6, 0.01) }],
            complaints: vec![complaint.clone()],
            quotes: texts(&["q3"]),
        }],
        attackable: vec![AttackableFinding {
            rival: "whisky".to_owned(),
            stage: "order".to_owned(),
            authors: 60,
            quality: 0.4,
            field_quality: 0.6,
            gap: gap(-0.8, 0.01),
            complaints: vec![complaint],
        }],
        lever: Lever { stages: 6, together: 1.77156 },
    }
}
