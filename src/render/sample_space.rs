//! A position made by hand, in which every field of its parts is filled; the figures are invented.

use crate::analyze::findings::*;

fn point(id: &str, at: [f64; 2]) -> MapPoint {
    MapPoint { id: id.to_owned(), mass: 0.4, at: at.to_vec(), contributions: vec![0.5, 0.2], quality: 0.93 }
}

fn job(occasion: &str, motive: &str, lift: f64, q: f64) -> JobFinding {
    JobFinding {
        occasion: occasion.to_owned(),
        motive: motive.to_owned(),
        authors: 140,
        unmet: 31,
        share: 0.11,
        lift: Lift { value: Some(lift), ci95: Some([lift - 0.3, lift + 0.3]), q: Some(q) },
        rivals: vec![JobRival { rival: "whisky".to_owned(), share: 0.22 }],
        quotes: vec!["q4".to_owned()],
    }
}

fn space(occasion: &str, kind: SpaceKind, owner: Option<&str>, score: f64) -> Space {
    Space {
        occasion: occasion.to_owned(),
        motive: "face".to_owned(),
        kind,
        owner: owner.map(str::to_owned),
        score,
        ci90: Some([score * 0.7, score * 1.4]),
        authors: 412,
        demand: 0.05,
        fit: 0.7,
        unmet: 0.38,
        presence: 0.2,
        presence_high: 0.41,
        crowding: 0.3,
        own_authors: 7,
        kin_authors: 60,
        quotes: vec!["q5".to_owned()],
    }
}

fn action(id: &str, action: Action, strength: f64) -> ActionFinding {
    ActionFinding {
        id: id.to_owned(),
        action,
        volume: 900.0,
        weakness: 0.6,
        strength,
        strength_ci90: Some([strength * 0.8, strength * 1.2]),
        switching: 0.04,
        switching_authors: 31,
        to_win: 21.6,
        to_win_ci90: Some([14.0, 30.0]),
        to_lose: 14.4,
        to_lose_ci90: Some([9.0, 20.0]),
    }
}

fn change(figure: &'static str, id: Option<&str>, motive: Option<&str>, before: f64, after: f64) -> ChangeFinding {
    ChangeFinding {
        of: "beer".to_owned(),
        level: Level::Category,
        figure,
        id: id.map(str::to_owned),
        motive: motive.map(str::to_owned),
        from: "2024-Q1".to_owned(),
        to: "2024-Q2".to_owned(),
        before,
        after,
        difference: after - before,
        ci90: [after - before - 0.02, after - before + 0.02],
        q: 0.01,
        significant: true,
        unadjusted: 0.11,
        authors: [300, 420],
    }
}

/// All parts of beer's position.
pub(super) fn findings() -> SpaceFindings {
    let (of, level) = ("beer".to_owned(), Level::Category);
    let needed = Some(Needed { authors: 18, buckets: 2 });
    let map = MapFinding {
        of: of.clone(),
        level,
        by: "occasion",
        inertia: 0.21,
        axes: vec![0.61, 0.22],
        rows: vec![point("beer", [0.4, 0.1]), point("whisky", [-0.5, 0.2]), point("soju", [0.1, -0.3])],
        columns: vec![point("night_out", [-0.6, 0.1]), point("barbecue", [0.4, 0.2])],
    };
    SpaceFindings {
        jobs: vec![
            JobsFinding {
                of: of.clone(),
                level,
                in_structure: true,
                authors: 380.0,
                needed: None,
                cells: vec![job("late_night_snack", "taste", 2.4, 0.001), job("night_out", "face", 0.5, 0.02)],
            },
            JobsFinding { of: "mead".to_owned(), level, in_structure: false, authors: 12.0, needed, cells: Vec::new() },
        ],
        white_space: vec![
            WhiteSpaceFinding {
                of: of.clone(),
                level,
                needed: None,
                looked_at: 44,
                structural: 17,
                spaces: vec![
                    space("watching_sports", SpaceKind::Open, None, 0.02),
                    space("night_out", SpaceKind::Owned, Some("whisky"), 0.01),
                    space("barbecue", SpaceKind::Emerging, None, 0.004),
                ],
            },
            WhiteSpaceFinding { of: "mead".to_owned(), level, needed, looked_at: 0, structural: 0, spaces: Vec::new() },
        ],
        map: vec![map.clone(), MapFinding { by: "motive", ..map }],
        distinctiveness: vec![
            DistinctivenessFinding {
                of: of.clone(),
                level,
                needed_posts: None,
                among: ["beer", "whisky", "soju"].map(str::to_owned).to_vec(),
                chance: Some(0.333_333),
                items: 80,
                identified: Some(0.61),
                ci90: Some([0.52, 0.7]),
                q: Some(0.001),
                mistaken_for: vec![Mistaken { entity: "soju".to_owned(), share: 0.27 }],
                known_by: vec![
                    Trait { kind: "occasion", id: "late_night_snack".to_owned(), role: None, posts: 120, lift: 2.2 },
                    Trait { kind: "motive", id: "filling".to_owned(), role: Some("avoid"), posts: 44, lift: 3.1 },
                ],
            },
            DistinctivenessFinding {
                of: "mead".to_owned(),
                level,
                needed_posts: Some(61),
                among: vec!["mead".to_owned()],
                chance: None,
                items: 4,
                identified: None,
                ci90: None,
                q: None,
                mistaken_for: Vec::new(),
                known_by: Vec::new(),
            },
        ],
        actions: vec![
            ActionsFinding {
                of: of.clone(),
                level,
                switching: 120,
                needed_switching: None,
                occasions: vec![
                    action("late_night_snack", Action::Defend, 2.0),
                    action("night_out", Action::Attack, 0.6),
                    action("barbecue", Action::Leave, 0.7),
                    action("watching_sports", Action::Undecided, 1.0),
                ],
            },
            ActionsFinding {
                of: "mead".to_owned(),
                level,
                switching: 1,
                needed_switching: Some(9),
                occasions: Vec::new(),
            },
        ],
        changes: vec![
            change("occasion", Some("night_out"), None, 0.3, 0.22),
            change("demand", Some("barbecue"), Some("taste"), 0.01, 0.03),
            change("voice", None, None, 0.3, 0.34),
        ],
    }
}
