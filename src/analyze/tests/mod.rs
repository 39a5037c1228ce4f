//! The laws of the findings, and a small planted market.

mod influence;
mod laws;
mod space;

use std::collections::BTreeMap;

use super::findings::{Basis, Kinship, RivalFinding, Rivalry, Standing};
use super::*;
use crate::accumulate::Frame;
use crate::accumulate::world::{Saying, counts, say, tally, taxonomy, thing};
use crate::lexicon::id::{CategoryId, Entity, OccasionId, RelationKind};

/// The findings of some posts.
fn look(said: &[Saying], parameters: &Parameters) -> Findings {
    analyze(&counts(said), &taxonomy(), parameters)
}

/// Category level only, everything shown.
fn categories(focus: &[&str]) -> Parameters {
    Parameters {
        focus: focus.iter().map(|id| thing(id)).collect(),
        levels: vec![Level::Category],
        top: 100,
        ..Parameters::default()
    }
}

fn rival<'f>(findings: &'f Findings, of: &str, rival: &str) -> &'f RivalFinding {
    findings.rivals.iter().find(|r| r.of == of && r.rival == rival).expect("a rival")
}

/// So many authors, from `first` on, who link a thing with an occasion.
fn crowd(first: u64, authors: u64, id: &str, at: &str) -> Vec<Saying> {
    (first..first + authors).map(|author| say(author, 1).links(id, at)).collect()
}

/// Beer is for late nights with fast food; whisky takes the nights out.
fn planted() -> Vec<Saying> {
    let mut said = Vec::new();
    said.extend(crowd(1_000, 120, "beer", "late_night_snack"));
    said.extend(crowd(2_000, 120, "beer", "night_out"));
    said.extend(crowd(3_000, 150, "whisky", "night_out"));
    said.extend(crowd(4_000, 10, "whisky", "late_night_snack"));
    said.extend(crowd(5_000, 200, "fast_food", "late_night_snack"));
    said.extend(crowd(6_000, 60, "tea", "late_night_snack"));
    said.extend(crowd(7_000, 60, "tea", "watching_sports"));
    said.extend(
        (8_000..8_030).map(|author| say(author, 1).relates(RelationKind::InsteadOf, "whisky", "beer").at("night_out")),
    );
    said.extend((8_100..8_108).map(|author| say(author, 1).relates(RelationKind::InsteadOf, "beer", "whisky")));
    said.extend((9_000..9_040).map(|author| say(author, 1).relates(RelationKind::GoesWith, "fast_food", "beer")));
    said.extend((9_100..9_107).map(|author| say(author, 1).relates(RelationKind::LostToNone, "", "beer")));
    said
}

#[test]
fn beer_loses_its_nights_out_to_whisky_and_nothing_to_what_it_is_eaten_with() {
    let findings = look(&planted(), &categories(&["beer"]));
    let whisky = rival(&findings, "beer", "whisky");
    assert_eq!((whisky.rank, whisky.relation, whisky.basis), (1, Kinship::Competitor, Basis::Language));
    assert_eq!(whisky.rivalry, Rivalry::Category);
    assert_eq!((whisky.switching.to_rival, whisky.switching.from_rival), (30, 8));
    assert_eq!(whisky.occasions[0].id, "night_out");
    assert!(whisky.occasions[0].contribution > 0.7, "{whisky:?}");
    assert!(whisky.asymmetry.expect("told") != 0.0 && !whisky.quotes.is_empty());
    let food = rival(&findings, "beer", "fast_food");
    assert_eq!((food.relation, food.pairing), (Kinship::Complement, 40));
    assert!(food.threat < whisky.threat);
    assert!(food.threat.expect("told") < 0.2 * whisky.threat.expect("told"), "{food:?}");
    let [low, high] = whisky.ci90.expect("told");
    assert!(low < whisky.threat.expect("told") && whisky.threat.expect("told") < high && low > 0.0 && high < 1.0);
    assert!(whisky.rank_stability == Some(1.0));
    let outside = &findings.outside_option[0];
    assert_eq!((outside.of.as_str(), outside.authors), ("beer", 7));
}

#[test]
fn a_category_that_is_one_of_its_kinds_only_stands_once_in_the_list() {
    let market = |beers: u64| {
        let mut said = crowd(1_000, 120, "whisky", "night_out");
        said.extend(crowd(2_000, 120, "craft_beer", "night_out"));
        said.extend(crowd(3_000, beers, "beer", "night_out"));
        said.extend(crowd(4_000, 80, "tea", "night_out"));
        said
    };
    let listed = |findings: &Findings| -> Vec<String> { findings.rivals.iter().map(|r| r.rival.clone()).collect() };
    let parameters = Parameters { known: vec![thing("beer")], ..categories(&["whisky"]) };
    let one = look(&market(5), &parameters);
    assert_eq!(listed(&one), ["craft_beer", "tea"]);
    assert!((one.rivals.iter().filter_map(|r| r.structure).sum::<f64>() - 1.0).abs() < 1e-5);
    assert!(rival(&one, "whisky", "craft_beer").known, "who lists the whole lists its one kind");
    // The whole is still told where it is asked for.
    assert!(look(&market(5), &categories(&["beer"])).rivals.iter().any(|r| r.rival == "whisky"));
    let two = look(&market(60), &parameters);
    assert_eq!(listed(&two), ["beer", "craft_beer", "tea"]);
    assert!(!rival(&two, "whisky", "craft_beer").known);
}

#[test]
fn occasions_are_told_with_lift_and_certainty() {
    let findings = look(&planted(), &categories(&["beer", "whisky"]));
    let whisky = findings.entities.iter().find(|e| e.id == "whisky").expect("there");
    let night = whisky.occasions.iter().find(|o| o.id == "night_out").expect("there");
    assert!(night.lift.value.expect("told") > 1.5 && night.lift.q.expect("told") < 0.01, "{night:?}");
    assert!(night.mental_advantage.expect("told") > 0.0 && night.stand == Some(findings::Stand::Defend));
    let [low, high] = night.lift.ci95.expect("told");
    assert!(low < night.lift.value.expect("told") && night.lift.value.expect("told") < high && low > 1.0);
    assert!(whisky.network_size.expect("told") <= 2.0 && !night.quotes.is_empty());
}

/// D, F and Θ by the formulas of the method, written anew over plain maps, for categories without brands and lineages.
fn by_hand(said: &[Saying], of: &str, eta: f64, k: f64) -> BTreeMap<String, (f64, f64, f64)> {
    let (counts, taxonomy) = (counts(said), taxonomy());
    let all: Vec<CategoryId> = (0..taxonomy.categories.len()).map(|at| CategoryId(at as u16)).collect();
    let l = |c: CategoryId, o: usize| {
        let cell = counts.links.get(&(Entity::Category(c), OccasionId(o as u16)));
        cell.map_or(0.0, |cell| cell.about.total() as f64 / 2520.0)
    };
    let occasions = taxonomy.occasions.len();
    let size = |c: CategoryId| (0..occasions).map(|o| l(c, o)).sum::<f64>();
    let total: f64 = all.iter().map(|&c| size(c)).sum();
    let pi = |o: usize| (all.iter().map(|&c| l(c, o)).sum::<f64>() + 0.5) / (total + occasions as f64 / 2.0);
    let p = |c: CategoryId, o: usize| (l(c, o) + k * pi(o)) / (size(c) + k);
    let a = taxonomy.category_id(of).expect("there");
    let said_of = |kind: RelationKind, x: CategoryId, y: CategoryId| {
        counts.pairs.get(&(kind, Entity::Category(x), Entity::Category(y))).map_or(0.0, |s| s.total() as f64)
    };
    let both = |kind: RelationKind, x: CategoryId, y: CategoryId| said_of(kind, x, y) + said_of(kind, y, x);
    let rho = |b: CategoryId, o: usize| {
        let (one, two) = (taxonomy.category(a), taxonomy.category(b));
        let listed = taxonomy.occasions[o].role.as_ref().is_some_and(|(_, of)| of.contains(&a) && of.contains(&b));
        let p0 = if listed || one.role == two.role {
            0.85
        } else if one.role.split('.').next() == two.role.split('.').next() {
            0.5
        } else {
            0.15
        };
        let c = both(RelationKind::InsteadOf, a, b)
            + both(RelationKind::BetterThan, a, b)
            + both(RelationKind::EitherOr, a, b);
        (c + 8.0 * p0) / (c + both(RelationKind::GoesWith, a, b) + 8.0)
    };
    let rivals: Vec<CategoryId> = all.iter().copied().filter(|&c| c != a && size(c) > 0.0).collect();
    let switched: f64 = rivals.iter().map(|&b| said_of(RelationKind::InsteadOf, a, b)).sum();
    let share = |b: CategoryId, links: &dyn Fn(CategoryId, usize) -> f64| -> f64 {
        (0..occasions)
            .map(|o| p(a, o) * links(b, o) * rho(b, o) / rivals.iter().map(|&e| links(e, o) * rho(e, o)).sum::<f64>())
            .sum()
    };
    rivals
        .iter()
        .map(|&b| {
            let d = share(b, &|e, o| p(e, o) * size(e));
            let f = share(b, &|e, _| size(e));
            let theta = (said_of(RelationKind::InsteadOf, a, b) + eta * d) / (switched + eta);
            (taxonomy.category(b).name.id.clone(), (d, f, theta))
        })
        .collect()
}

#[test]
fn the_formulas_agree_with_a_second_writing_of_them() {
    let mut said = planted();
    said.extend(crowd(10_000, 40, "flowers", "gifting"));
    said.extend(crowd(11_000, 40, "tea", "gifting"));
    for of in ["beer", "tea", "whisky"] {
        let findings = look(&said, &categories(&[of]));
        let shown = &findings.meta.parameters;
        let expected = by_hand(&said, of, shown.eta[&Level::Category], shown.k_category);
        assert_eq!(findings.rivals.len(), expected.len());
        for found in &findings.rivals {
            let (d, f, theta) = expected[&found.rival];
            let near = |a: Option<f64>, b: f64| assert!((a.expect("told") / b - 1.0).abs() < 1e-5, "{a:?} is not {b}");
            near(found.structure, d);
            near(found.fair_share, f);
            near(found.threat, theta);
            near(found.excess, theta / f);
        }
    }
}

#[test]
fn shares_sum_to_one_with_the_rest_and_the_catch_alls() {
    let mut said = planted();
    said.extend(crowd(20_000, 12, "flowers", "night_out"));
    said.extend(crowd(21_000, 50, "alcohol", "night_out"));
    let findings = look(&said, &Parameters { top: 1, ..categories(&["beer"]) });
    let subject = &findings.subjects[0];
    let sum = findings.rivals.iter().map(|r| r.threat.expect("told")).sum::<f64>()
        + subject.rest.expect("flowers").threat
        + subject.catch_all.iter().map(|c| c.threat).sum::<f64>()
        + subject.unlisted.map_or(0.0, |rest| rest.threat);
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    assert_eq!((subject.rest.expect("flowers").entities, subject.catch_all[0].rival.as_str()), (1, "alcohol"));
    assert!(findings.rivals.iter().all(|r| r.rival != "alcohol" && r.rival != "flowers"));
}

#[test]
fn with_equal_profiles_every_excess_is_one() {
    let mut said = Vec::new();
    for (n, (id, authors)) in [("beer", 40), ("whisky", 90), ("tea", 60), ("fast_food", 50)].into_iter().enumerate() {
        for (o, occasion) in taxonomy().occasions.iter().enumerate() {
            // A child occasion counts with its parent; the parent alone would be counted twice.
            if occasion.name.id != "dining_out" && occasion.name.id != "street_stall" {
                said.extend(crowd(1_000 * (10 * n as u64 + o as u64), authors, id, &occasion.name.id));
            }
        }
    }
    let findings = look(&said, &categories(&["beer", "tea"]));
    assert_eq!(findings.rivals.len(), 6);
    for found in &findings.rivals {
        // Equal up to the smoothing of the two occasions that nobody speaks of.
        assert!((found.excess.expect("told") - 1.0).abs() < 1e-3, "{found:?}");
        assert!(!found.surprising);
    }
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let mut said = planted();
    said.extend(crowd(20_000, 11, "flowers", "gifting"));
    said.extend((20_100..20_103).map(|author| say(author, 1).relates(RelationKind::InsteadOf, "tea", "flowers")));
    let findings = look(&said, &categories(&["flowers"]));
    let flowers = findings.entities.iter().find(|e| e.id == "flowers").expect("there");
    assert_eq!(flowers.standing, Standing::InsufficientEvidence);
    assert_eq!(flowers.needed.expect("told").authors, 16);
    assert!(findings.rivals.is_empty() && !flowers.quotes.is_empty() && !flowers.occasions.is_empty());
    let said = &findings.subjects[0].said[0];
    assert_eq!((said.rival.as_str(), said.relation, said.authors), ("tea", "instead_of", 3));
    assert!(!said.quotes.is_empty());
    assert!(findings.warnings.iter().any(|w| w.code == "insufficient_evidence" && w.of.contains(&"flowers".into())));
}

#[test]
fn a_query_for_beer_gives_no_shares() {
    let said: Vec<Saying> = planted().into_iter().map(|saying| saying.keyword("啤酒")).collect();
    let frame = Frame { keywords: [("啤酒".to_owned(), vec![thing("beer")])].into(), sampled_by: None };
    let counts = tally(&said).finish(&taxonomy(), &frame);
    let findings = analyze(&counts, &taxonomy(), &categories(&["beer"]));
    assert!(!findings.frame.shares_given && findings.frame.fetched_by == ["beer"]);
    assert!(findings.rivals.iter().all(|r| r.threat.is_none() && r.fair_share.is_none() && r.surprise_bits.is_none()));
    assert_eq!(findings.rivals[0].rival, "whisky");
    assert!(findings.frame.suggested_queries[..2].iter().any(|query| query.en == "night_out"));
    assert!(findings.warnings.iter().any(|w| w.code == "shares_withheld"));
}

#[test]
fn one_entity_everywhere_is_suspected_to_be_the_query() {
    let said: Vec<Saying> = planted().into_iter().map(|saying| saying.names("beer")).collect();
    let findings = look(&said, &categories(&["beer"]));
    assert_eq!(findings.frame.source, findings::FrameSource::Suspected);
    assert!(findings.rivals.iter().all(|r| r.threat.is_none()));
    let told = Frame { sampled_by: Some(Vec::new()), ..Frame::default() };
    let findings = analyze(&tally(&said).finish(&taxonomy(), &told), &taxonomy(), &categories(&["beer"]));
    assert!(findings.rivals.iter().all(|r| r.threat.is_some()));
}

#[test]
fn brands_have_rivals_in_all_categories() {
    let mut said = planted();
    for (n, (id, at)) in [
        ("snow", "late_night_snack"),
        ("asahi", "late_night_snack"),
        ("jack_daniels", "night_out"),
        ("snow", "night_out"),
    ]
    .into_iter()
    .enumerate()
    {
        said.extend(crowd(30_000 + 1_000 * n as u64, 50, id, at));
    }
    said.extend((40_000..40_009).map(|a| say(a, 1).relates(RelationKind::InsteadOf, "jack_daniels", "snow")));
    said.extend((41_000..41_004).map(|a| say(a, 1).relates(RelationKind::InsteadOf, "whisky", "snow")));
    let findings = look(&said, &Parameters { focus: vec![thing("snow")], ..Parameters::default() });
    let of = |level| findings.rivals.iter().filter(move |r| r.level == level).collect::<Vec<_>>();
    let brands = of(Level::Brand);
    assert_eq!(brands.len(), 2);
    assert_eq!((brands[0].rival.as_str(), brands[0].rivalry), ("jack_daniels", Rivalry::Category));
    assert_eq!((brands[1].rival.as_str(), brands[1].rivalry), ("asahi", Rivalry::Brand));
    assert_eq!(brands[0].switching.to_rival, 9);
    let cross = of(Level::Cross);
    assert!(cross.iter().all(|r| r.rival != "beer" && r.rival != "craft_beer"));
    assert_eq!((cross[0].rival.as_str(), cross[0].switching.to_rival), ("whisky", 13));
}

#[test]
fn what_is_known_is_not_surprising() {
    let findings = look(&planted(), &Parameters { known: vec![thing("whisky")], ..categories(&["beer"]) });
    let whisky = rival(&findings, "beer", "whisky");
    assert!(whisky.known && !whisky.surprising);
}

#[test]
fn an_empty_run_says_so() {
    let findings = look(&[], &Parameters::default());
    assert!(findings.entities.is_empty() && findings.coverage.entity.is_none());
    assert_eq!(serde_json::to_value(&findings).expect("json")["schema"], "rival.findings/1");
}

#[test]
fn quotes_are_numbered_in_the_order_of_use_and_all_are_there() {
    let findings = look(&planted(), &categories(&["beer"]));
    let json = serde_json::to_string(&findings).expect("json");
    let quotes = findings.quotes.iter().map(|q| q.id.clone()).collect::<Vec<_>>();
    assert_eq!(quotes, (1..=quotes.len()).map(|n| format!("q{n}")).collect::<Vec<_>>());
    for rival in &findings.rivals {
        assert!(rival.quotes.iter().all(|id| quotes.contains(id)) && rival.quotes.len() <= 3);
    }
    assert!(json.contains("\"quotes\":{\"q1\":{\"text\":"));
}

#[test]
fn a_thing_without_a_role_is_judged_by_the_company_it_keeps() {
    let mut said = planted();
    // Charades are played over beer: both linked with the night out in one post, and nobody relates them.
    said.extend((70_000..70_080).map(|a| say(a, 1).links("beer", "night_out").links("charades", "night_out")));
    let beside = rival(&look(&said, &categories(&["beer"])), "beer", "charades").rho;
    let mut said = planted();
    said.extend(crowd(71_000, 80, "charades", "night_out"));
    let apart = rival(&look(&said, &categories(&["beer"])), "beer", "charades").rho;
    assert!(beside < 0.5 && apart > 0.5, "{beside} and {apart}");
}

#[test]
fn shrinkage_follows_how_much_the_profiles_differ() {
    let alike: Vec<Saying> = ["beer", "whisky", "tea"]
        .iter()
        .enumerate()
        .flat_map(|(n, id)| {
            let first = 1_000 * (n as u64 + 1);
            [crowd(first, 60, id, "night_out"), crowd(first + 500, 60, id, "late_night_snack")].concat()
        })
        .collect();
    assert_eq!(look(&alike, &categories(&[])).meta.parameters.k_category, 500.0);
    assert!(look(&planted(), &categories(&[])).meta.parameters.k_category <= 20.0);
}
