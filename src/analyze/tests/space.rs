//! Planted positions: the right answer is known, and the obvious wrong one is there too.

use super::*;
use crate::lexicon::id::Role;

/// So many authors, from `first` on, who take a thing on an occasion for a motive.
fn takers(first: u64, authors: u64, id: &str, at: &str, motive: &str) -> Vec<Saying> {
    (first..first + authors).map(|author| say(author, 1).job(id, at, motive, Role::Buy)).collect()
}

fn structure(said: &[Saying], of: &str, rival_id: &str) -> f64 {
    rival(&look(said, &categories(&[of])), of, rival_id).structure.expect("told")
}

#[test]
fn who_is_taken_for_the_same_reason_is_the_nearer_rival() {
    let market = |tea: &str| {
        let mut said = takers(1_000, 80, "beer", "night_out", "face");
        said.extend(takers(2_000, 60, "fast_food", "night_out", "taste"));
        said.extend(takers(3_000, 60, "tea", "night_out", tea));
        said.extend(takers(4_000, 60, "whisky", "night_out", "taste"));
        said
    };
    // The occasions are the same in both markets; only what tea is taken for differs.
    let (same, other) = (structure(&market("face"), "beer", "tea"), structure(&market("taste"), "beer", "tea"));
    assert!(same > 1.3 * other, "{same} and {other}");
    let findings = look(&market("face"), &categories(&["beer"]));
    let sum: f64 = findings.rivals.iter().map(|r| r.structure.expect("told")).sum();
    assert!((sum - 1.0).abs() < 1e-4, "{sum}");
    for found in &findings.rivals {
        let parts: f64 = found.occasions.iter().map(|o| o.contribution).sum();
        assert!(parts > 0.95 && parts < 1.0 + 1e-4, "{found:?}");
    }
}

#[test]
fn the_few_who_give_reasons_do_not_outvote_where_all_take_it() {
    // Most drink beer on nights out, where tea is drunk too, and nobody says why; reasons are given with late snacks alone.
    let mut said = crowd(1_000, 300, "beer", "night_out");
    said.extend(takers(2_000, 60, "beer", "late_night_snack", "taste"));
    said.extend(crowd(3_000, 300, "tea", "night_out"));
    said.extend(takers(4_000, 60, "whisky", "late_night_snack", "taste"));
    let (tea, whisky) = (structure(&said, "beer", "tea"), structure(&said, "beer", "whisky"));
    assert!((tea - 0.83).abs() < 0.05 && (whisky - 0.17).abs() < 0.05, "{tea} and {whisky}");
}

fn space_of<'f>(findings: &'f Findings, of: &str) -> &'f findings::WhiteSpaceFinding {
    findings.space.white_space.iter().find(|w| w.of == of).expect("looked at")
}

/// Beer is drunk with late snacks for the taste; whisky on nights out, for face. Watching sports is wanted to taste, and little is drunk there.
fn roomy() -> Vec<Saying> {
    let mut said = takers(1_000, 200, "beer", "late_night_snack", "taste");
    said.extend(takers(2_000, 120, "whisky", "night_out", "face"));
    said.extend(takers(3_000, 60, "tea", "late_night_snack", "taste"));
    // The room: many want it, little alcohol is there yet.
    said.extend((4_000..4_090).map(|a| say(a, 1).job("", "watching_sports", "taste", Role::Buy).wished()));
    said.extend(takers(4_200, 12, "whisky", "watching_sports", "taste"));
    said.extend(takers(4_300, 12, "tea", "watching_sports", "taste"));
    said.extend(takers(4_400, 12, "fast_food", "watching_sports", "taste"));
    // The obvious wrong answer: far more people speak of gifts for the taste, but nobody gives alcohol there for any.
    said.extend(takers(5_000, 400, "flowers", "gifting", "taste"));
    said
}

#[test]
fn room_is_where_people_want_and_not_where_nothing_of_the_kind_is_ever_taken() {
    let findings = look(&roomy(), &categories(&["beer"]));
    let white = space_of(&findings, "beer");
    let first = &white.spaces[0];
    assert_eq!((first.occasion.as_str(), first.motive.as_str()), ("watching_sports", "taste"), "{white:?}");
    assert_eq!(first.kind, findings::SpaceKind::Open);
    assert_eq!((first.authors, first.own_authors, first.kin_authors), (126, 0, 12));
    assert!(first.unmet > 0.7 && first.presence_high < 1.0 && first.presence <= first.presence_high, "{first:?}");
    assert!(white.structural >= 1 && white.spaces.iter().all(|s| s.occasion != "gifting"), "{white:?}");
    // Where beer is at home there is no room.
    assert!(white.spaces.iter().all(|s| s.occasion != "late_night_snack" || s.motive != "taste"));
}

#[test]
fn a_motive_for_which_nobody_takes_it_is_no_room() {
    let mut said = roomy();
    // Far more want to be seen at a match than to taste anything there, and whisky is taken for it: but beer, nowhere, for face.
    said.extend((8_000..8_300).map(|a| say(a, 1).job("", "watching_sports", "face", Role::Buy).wished()));
    said.extend(takers(8_400, 40, "whisky", "watching_sports", "face"));
    let findings = look(&said, &categories(&["beer"]));
    let white = space_of(&findings, "beer");
    assert!(white.spaces.iter().all(|s| s.motive != "face"), "{white:?}");
    assert!(white.spaces.iter().any(|s| s.occasion == "watching_sports" && s.motive == "taste"), "{white:?}");
}

#[test]
fn a_role_that_few_take_there_or_that_is_left_for_that_reason_is_not_at_home() {
    let is_room = |said: &[Saying]| {
        let findings = look(said, &categories(&["beer"]));
        space_of(&findings, "beer").spaces.iter().any(|s| s.occasion == "watching_sports" && s.motive == "taste")
    };
    let mut said = roomy();
    assert!(is_room(&said));
    said.extend((4_500..4_513).map(|a| say(a, 1).job("whisky", "watching_sports", "taste", Role::Avoid).wished()));
    assert!(!is_room(&said), "more complain of whisky's taste there than take it for it");
    let mut said = roomy();
    said.retain(|s| s.post.author.is_none_or(|a| !(4_206..4_212).contains(&a.0)));
    assert!(!is_room(&said), "six authors make no home");
}

#[test]
fn what_another_category_holds_is_named() {
    let mut said = roomy();
    said.extend(takers(6_000, 60, "beer", "watching_sports", "face"));
    let findings = look(&said, &categories(&["beer"]));
    let night = space_of(&findings, "beer").spaces.iter().find(|s| s.occasion == "night_out").cloned();
    let night = night.expect("beer is not there");
    assert_eq!((night.kind, night.owner.as_deref()), (findings::SpaceKind::Owned, Some("whisky")));
    assert!(night.crowding > 0.9);
}

#[test]
fn thin_positions_say_what_is_missing() {
    let mut said = roomy();
    said.extend(crowd(7_000, 40, "flowers", "night_out"));
    said.retain(|s| s.post.author.is_some_and(|a| !(5_000..5_390).contains(&a.0)));
    let findings = look(&said, &categories(&["flowers"]));
    let white = space_of(&findings, "flowers");
    assert!(white.spaces.is_empty() && white.needed.is_some_and(|n| n.authors == 20), "{white:?}");
    let jobs = &findings.space.jobs[0];
    assert!(!jobs.in_structure && jobs.needed.is_some());
    let known = &findings.space.distinctiveness[0];
    assert!(known.identified.is_none() && known.needed_posts.is_some(), "{known:?}");
    let actions = &findings.space.actions[0];
    assert!(actions.occasions.is_empty() && actions.needed_switching == Some(30), "{actions:?}");
}

/// Three drinks of one role: beer says what everybody says, and everybody speaks of it; whisky is small and says something of its own.
fn voices() -> Vec<Saying> {
    let occasions = ["night_out", "late_night_snack", "watching_sports", "dining_out"];
    let mut said = Vec::new();
    for (first, authors, id) in [(1_000, 1_000, "beer"), (10_000, 480, "craft_beer"), (20_000, 480, "whisky")] {
        for n in 0..authors {
            let author = first + n;
            let at = occasions[(n % 4) as usize];
            let own = id == "whisky" && n % 5 < 3;
            let motive = if own { "face" } else { "taste" };
            said.push(say(author, 1).job(id, if own { "gifting" } else { at }, motive, Role::Buy));
        }
    }
    said
}

#[test]
fn a_passer_by_knows_what_says_something_of_its_own_not_what_everybody_speaks_of() {
    let mut taxonomy = taxonomy();
    // Three drinks of one role that are no kinds of each other.
    let craft = taxonomy.category_id("craft_beer").expect("there");
    taxonomy.categories[craft.index()].parent = None;
    let mut tally = crate::accumulate::Tally::new(false);
    voices().iter().for_each(|saying| tally.add(&saying.post, &saying.evidence, &taxonomy));
    let counts = tally.finish(&taxonomy, &Frame::default());
    let findings = analyze(&counts, &taxonomy, &categories(&["beer", "whisky"]));
    let of = |id: &str| findings.space.distinctiveness.iter().find(|d| d.of == id).expect("tested");
    let (whisky, beer) = (of("whisky"), of("beer"));
    assert!(whisky.items >= 70 && beer.items >= 70 && whisky.chance == Some(0.333_333), "{whisky:?}");
    assert!(whisky.identified.expect("told") > 0.9 && whisky.q.expect("told") < 0.01, "{whisky:?}");
    // Beer and craft beer are told apart by nothing but their names: half of the items at best.
    let identified = beer.identified.expect("told");
    assert!(identified < 0.75 && beer.mistaken_for[0].entity == "craft_beer", "{beer:?}");
    assert!(beer.ci90.is_some_and(|[low, high]| low < identified && identified < high));
    assert!(whisky.known_by.iter().any(|t| t.id == "gifting" || t.id == "face"), "{whisky:?}");
}

#[test]
fn strong_places_are_defended_and_weak_ones_attacked_where_people_switch() {
    use findings::Action;
    let mut said = crowd(1_000, 300, "beer", "late_night_snack");
    said.extend(crowd(2_000, 60, "beer", "night_out"));
    said.extend(crowd(3_000, 60, "beer", "watching_sports"));
    said.extend(crowd(4_000, 60, "whisky", "late_night_snack"));
    // Others, so that nothing looks like the query by which the posts were fetched.
    said.extend(crowd(4_500, 400, "fast_food", "dining_out"));
    // As many drink whisky on nights out as before the screen, and beer is as weak there; but only on nights out do people switch.
    said.extend(crowd(5_000, 400, "whisky", "night_out"));
    said.extend(crowd(6_000, 400, "whisky", "watching_sports"));
    for author in 7_000..7_080 {
        said.push(say(author, 1).links("beer", "night_out").relates(RelationKind::InsteadOf, "beer", "whisky"));
    }
    let findings = look(&said, &categories(&["beer"]));
    let actions = &findings.space.actions[0];
    let at = |id: &str| actions.occasions.iter().find(|o| o.id == id).expect("there");
    assert_eq!(at("late_night_snack").action, Action::Defend, "{actions:?}");
    assert_eq!(at("night_out").action, Action::Attack, "{actions:?}");
    assert_eq!(at("watching_sports").action, Action::Leave, "{actions:?}");
    assert_eq!(at("night_out").switching_authors, 80);
    for found in &actions.occasions {
        let product = found.volume * found.weakness * found.switching;
        assert!((product / found.to_win - 1.0).abs() < 1e-4, "{found:?}");
        let [low, high] = found.to_win_ci90.expect("told");
        assert!(low < found.to_win && found.to_win < high);
    }
}

#[test]
fn a_map_sets_apart_what_is_taken_apart() {
    let mut said = roomy();
    said.extend(takers(8_000, 30, "tea", "night_out", "face"));
    said.extend(takers(8_100, 30, "tea", "dining_out", "taste"));
    said.extend((9_000..9_040).map(|a| say(a, 1).relates(RelationKind::InsteadOf, "tea", "beer")));
    let findings = look(&said, &categories(&["beer"]));
    let map = findings.space.map.iter().find(|m| m.by == "occasion").expect("a map");
    let row = |id: &str| map.rows.iter().find(|p| p.id == id).expect("a row");
    let column = |id: &str| map.columns.iter().find(|p| p.id == id).expect("a column");
    assert!(row("beer").at[0] * row("whisky").at[0] < 0.0, "{map:?}");
    assert!(row("whisky").at[0] * column("night_out").at[0] > 0.0);
    assert!(row("beer").at[0] * column("late_night_snack").at[0] > 0.0);
    assert!(map.axes.iter().sum::<f64>() <= 1.0 + 1e-9 && map.inertia > 0.0);
}

/// Posts of a month on a platform.
fn month(said: Vec<Saying>, month: i32, platform: &str) -> Vec<Saying> {
    let dated = |mut saying: Saying| {
        saying.post.time =
            Some(crate::read::post::Time { text: format!("2024-{:02}-11", month + 1), month: 2024 * 12 + month });
        saying.post.platform = Some(platform.into());
        saying
    };
    said.into_iter().map(dated).collect()
}

fn over_time(said: &[Saying], by: crate::accumulate::Grouping) -> Findings {
    let (parameters, taxonomy) = (categories(&["beer"]), taxonomy());
    let (counts, periods) = tally(said).finish_by(&taxonomy, &Frame::default(), by);
    let mut whole = analyze(&counts, &taxonomy, &parameters);
    whole.groups = groups(&whole, &periods, by, &taxonomy, &parameters);
    changes(&mut whole, &periods, &taxonomy, &parameters);
    whole
}

#[test]
fn another_mix_of_platforms_is_no_change_and_a_change_is_one() {
    use crate::accumulate::Grouping::{Month, Quarter};
    // On one platform beer is for nights out, on the other for snacks; from January to April only the mix turns round.
    let mix = |first: u64, n: [u64; 2], at: i32, nights: u64| {
        let mut said = month(crowd(first, n[0] * nights / 10, "beer", "night_out"), at, "weibo");
        said.extend(month(crowd(first + 1_000, n[0] * (10 - nights) / 10, "beer", "late_night_snack"), at, "weibo"));
        said.extend(month(crowd(first + 2_000, n[1] * 2 / 10, "beer", "night_out"), at, "xhs"));
        said.extend(month(crowd(first + 3_000, n[1] * 8 / 10, "beer", "late_night_snack"), at, "xhs"));
        said.extend(month(crowd(first + 4_000, 100, "whisky", "night_out"), at, "weibo"));
        said
    };
    let mut said = mix(10_000, [400, 100], 0, 8);
    said.extend(mix(20_000, [100, 400], 3, 8));
    let night = |findings: &Findings| {
        findings
            .space
            .changes
            .iter()
            .find(|c| c.figure == "occasion" && c.id.as_deref() == Some("night_out"))
            .cloned()
            .expect("followed")
    };
    for (by, from) in [(Month, "2024-01"), (Quarter, "2024-Q1")] {
        let found = night(&over_time(&said, by));
        assert!(!found.significant && found.difference.abs() < 0.02, "{found:?}");
        // The obvious wrong answer.
        assert!(found.unadjusted < -0.3 && found.from == from, "{found:?}");
    }
    let mut said = mix(10_000, [400, 100], 0, 8);
    said.extend(mix(20_000, [400, 100], 3, 5));
    let findings = over_time(&said, Month);
    let found = night(&findings);
    assert!(found.significant && found.difference < -0.15 && found.ci90[1] < 0.0, "{found:?}");
    assert_eq!(findings.groups.iter().map(|g| g.value.as_str()).collect::<Vec<_>>(), ["2024-01", "2024-04"]);
    assert!(findings.groups.iter().all(|g| g.rivals.iter().all(|r| !r.significant && r.b.rank.is_some())));
}

#[test]
fn demand_that_grows_in_the_last_period_is_emerging() {
    let want = |first: u64, n: u64| -> Vec<Saying> {
        (first..first + n).map(|a| say(a, 1).job("", "watching_sports", "taste", Role::Buy).wished()).collect()
    };
    let mut said = month(roomy(), 0, "weibo");
    let mut later = roomy();
    later.iter_mut().for_each(|s| {
        let author = s.post.author.map_or(0, |a| a.0) + 100_000;
        let evidence = s.evidence.clone();
        *s = say(author, 1);
        s.evidence = evidence;
    });
    later.extend(want(300_000, 160));
    said.extend(month(later, 1, "weibo"));
    let findings = over_time(&said, crate::accumulate::Grouping::Month);
    let space =
        space_of(&findings, "beer").spaces.iter().find(|s| s.occasion == "watching_sports" && s.motive == "taste");
    assert_eq!(space.expect("room").kind, findings::SpaceKind::Emerging);
    let grew = findings.space.changes.iter().filter(|c| c.figure == "demand" && c.significant && c.difference > 0.0);
    assert!(grew.count() >= 1);
}
