//! What a share rests on: one wording, one pattern, one brand.

use super::super::findings::TermInfluence;
use super::{categories, crowd, look, rival};
use crate::accumulate::world::{Saying, say};
use crate::lexicon::id::RelationKind;

/// Beer and whisky by many wordings; tea on nights out by one wording in all but a few posts.
fn market() -> Vec<Saying> {
    let varied = |said: Vec<Saying>| {
        said.into_iter().enumerate().map(|(n, saying)| saying.worded(&format!("w{}", n % 12))).collect::<Vec<_>>()
    };
    let mut said = varied(crowd(1_000, 240, "beer", "night_out"));
    said.extend(varied(crowd(2_000, 120, "whisky", "night_out")));
    said.extend(crowd(3_000, 60, "tea", "night_out").into_iter().map(|saying| saying.worded("at the bar")));
    said.extend(varied(crowd(4_000, 6, "tea", "night_out")));
    said.extend(varied(crowd(5_000, 100, "tea", "watching_sports")));
    said
}

fn influence(said: &[Saying], of: &str, other: &str) -> TermInfluence {
    let findings = look(said, &categories(&[of]));
    rival(&findings, of, other).max_term_influence.clone().expect("told")
}

#[test]
fn a_share_that_one_wording_carries_is_told_with_what_would_be_left() {
    let said = market();
    let found = influence(&said, "beer", "tea");
    assert!(found.carries && found.change < 0.0, "{found:?}");
    // What is told is what comes out without those posts.
    let others: Vec<Saying> =
        said.iter().filter(|s| !(3_000..3_060).contains(&s.post.author.map_or(0, |a| a.0))).cloned().collect();
    let threat = |said: &[Saying]| rival(&look(said, &categories(&["beer"])), "beer", "tea").threat.expect("told");
    let (with, without) = (threat(&said), threat(&others));
    assert!((with + found.change - without).abs() < 0.2 * with, "{with} {} {without}", found.change);
    let findings = look(&said, &categories(&["beer"]));
    assert!(findings.warnings.iter().any(|w| w.code == "one_rule" && w.of == ["beer"]), "{:?}", findings.warnings);
    assert!(!influence(&said, "beer", "whisky").carries);
}

#[test]
fn who_says_it_in_two_ways_rests_on_neither() {
    let mut said = market();
    said.extend((3_000..3_060).map(|author| say(author, 2).links("tea", "night_out").worded("clubbing")));
    let found = influence(&said, "beer", "tea");
    assert!(!found.carries, "{found:?}");
}

#[test]
fn switching_read_by_one_pattern_alone_is_told() {
    let mut said = market();
    said.extend((6_000..6_030).map(|author| say(author, 1).relates(RelationKind::InsteadOf, "charades", "beer")));
    said.extend(crowd(7_000, 40, "charades", "watching_sports"));
    let found = influence(&said, "beer", "charades");
    let findings = look(&said, &categories(&["beer"]));
    let charades = rival(&findings, "beer", "charades");
    assert!(found.carries && found.words.is_none(), "{found:?} {charades:?}");
    let without: Vec<Saying> = said.iter().filter(|s| s.evidence.relations.is_empty()).cloned().collect();
    let threat = |said: &[Saying]| rival(&look(said, &categories(&["beer"])), "beer", "charades").threat.expect("told");
    assert!((threat(&said) + found.change - threat(&without)).abs() < 0.02, "{found:?}");
}

#[test]
fn a_brand_that_stands_for_its_category_is_told() {
    let mut said: Vec<Saying> =
        market().into_iter().filter(|s| !(2_000..2_120).contains(&s.post.author.map_or(0, |a| a.0))).collect();
    said.extend(
        crowd(8_000, 90, "jack_daniels", "night_out")
            .into_iter()
            .enumerate()
            .map(|(n, s)| s.worded(&format!("w{}", n % 12))),
    );
    said.extend(crowd(9_000, 12, "whisky", "watching_sports"));
    let found = influence(&said, "beer", "whisky");
    assert_eq!((found.rule.as_str(), found.carries), ("jack_daniels", true), "{found:?}");
}
