//! The laws of the tally and small tallies computed by hand.

use proptest::prelude::*;

use super::record::Record;
use super::world::{Saying, category, counts, occasion, say, tally, taxonomy, thing};
use super::{Cell, Counts, Frame, UNIT};
use crate::lexicon::id::{RelationKind, Role, Voice};

fn authors(counts: &Counts, id: &str) -> u64 {
    counts.entities.get(&thing(id)).map_or(0, |of| of.authors.total())
}

fn pair(counts: &Counts, kind: RelationKind, loser: &str, winner: &str) -> u64 {
    counts.pairs.get(&(kind, thing(loser), thing(winner))).map_or(0, |spread| spread.total())
}

fn weight(counts: &Counts, id: &str, at: &str) -> u64 {
    counts.links.get(&(thing(id), occasion(at))).map_or(0, |cell| cell.about.total())
}

/// Reliability 71.
#[test]
fn an_author_weighs_one_per_entity() {
    let said = [
        say(1, 1).links("beer", "night_out"),
        say(1, 2).links("beer", "late_night_snack").links("beer", "watching_sports"),
        say(1, 3).links("beer", "night_out"),
        say(2, 1).links("beer", "night_out"),
    ];
    let counts = counts(&said);
    assert_eq!(weight(&counts, "beer", "night_out"), UNIT / 3 + UNIT);
    assert_eq!(weight(&counts, "beer", "watching_sports"), UNIT / 3);
    assert_eq!(counts.links[&(thing("beer"), occasion("night_out"))].authors.total(), 2);
    assert_eq!(authors(&counts, "beer"), 2);
    assert_eq!(counts.linked.total(), 2);
    assert_eq!(counts.posts.with_both, 4);
}

#[test]
fn a_brand_counts_for_its_category_and_a_category_for_its_parents() {
    let counts = counts(&[
        say(1, 1).links("snow", "night_out").motive("taste", Role::Buy, &["snow"]),
        say(2, 1).links("craft_beer", "street_stall"),
    ]);
    assert_eq!((authors(&counts, "snow"), authors(&counts, "beer"), authors(&counts, "craft_beer")), (1, 2, 1));
    assert_eq!(counts.motives[&(thing("beer"), taxonomy().motive_id("taste").expect("there"), Role::Buy)].total(), 1);
    // The child occasion counts with its parent: two occasions for this author.
    assert_eq!(weight(&counts, "beer", "dining_out"), UNIT / 2);
    assert_eq!(counts.occasions[&occasion("dining_out")].total(), 1);
}

#[test]
fn a_tautology_never_counts() {
    let counts = counts(&[say(1, 1).links("restaurant", "dining_out").links("restaurant", "night_out")]);
    assert_eq!(weight(&counts, "restaurant", "dining_out"), 0);
    assert_eq!(weight(&counts, "restaurant", "night_out"), UNIT);
}

#[test]
fn relations_count_at_every_level_they_can_be_resolved_at() {
    use RelationKind::{BetterThan, EitherOr, GoesWith, InsteadOf};
    let counts = counts(&[
        say(1, 1).relates(InsteadOf, "jack_daniels", "snow"),
        say(2, 1).relates(InsteadOf, "whisky", "craft_beer"),
        say(3, 1).relates(BetterThan, "asahi", "snow"),
        say(4, 1).relates(EitherOr, "whisky", "beer"),
        say(5, 1).relates(GoesWith, "fast_food", "beer"),
        say(6, 1).relates(InsteadOf, "craft_beer", "beer"),
    ]);
    assert_eq!(pair(&counts, InsteadOf, "beer", "whisky"), 2);
    assert_eq!(pair(&counts, InsteadOf, "craft_beer", "whisky"), 1);
    assert_eq!(pair(&counts, InsteadOf, "snow", "jack_daniels"), 1);
    assert_eq!(pair(&counts, InsteadOf, "snow", "whisky"), 1);
    assert_eq!(pair(&counts, InsteadOf, "beer", "jack_daniels"), 1);
    // Inside one lineage nothing is won.
    assert_eq!(pair(&counts, InsteadOf, "beer", "craft_beer"), 0);
    assert_eq!(pair(&counts, BetterThan, "beer", "beer"), 0);
    assert_eq!(pair(&counts, BetterThan, "snow", "asahi"), 1);
    assert_eq!(pair(&counts, BetterThan, "snow", "beer"), 0);
    // Without a winner the smaller id comes first.
    assert_eq!(pair(&counts, EitherOr, "beer", "whisky"), 1);
    assert_eq!(pair(&counts, GoesWith, "beer", "fast_food"), 1);
}

#[test]
fn those_who_leave_for_nothing_are_counted_apart() {
    let counts = counts(&[say(1, 1).relates(RelationKind::LostToNone, "", "snow")]);
    assert_eq!(counts.entities[&thing("beer")].lost.total(), 1);
    assert!(counts.pairs.is_empty());
}

#[test]
fn the_same_post_again_and_edited_posts() {
    let first = say(1, 1).id("a").text("昨晚去酒吧喝了威士忌，比啤酒好喝太多了，下次还去").links("whisky", "night_out");
    let mut edited = first
        .clone()
        .text("昨晚去酒吧喝了威士忌，比啤酒好喝太多了，下次还去。补充：人均两百")
        .links("beer", "night_out");
    edited.post.time = Some(crate::read::post::Time { text: "2024-06-01".into(), month: 2024 * 12 + 5 });
    let counts = counts(&[first.clone(), first.clone(), edited]);
    assert_eq!((counts.posts.duplicates.same_id, counts.posts.duplicates.edited), (0, 2));
    assert_eq!((counts.posts.consumer(), authors(&counts, "beer")), (1, 1));
    let twice = super::world::counts(&[first.clone(), first]);
    assert_eq!((twice.posts.duplicates.same_id, twice.posts.consumer()), (1, 1));
}

#[test]
fn copied_words_count_once_but_anybody_may_say_little() {
    let long = "周末和朋友在夜市吃烤串喝啤酒，聊到凌晨两点才回家，第二天头疼得要命";
    let copies: Vec<Saying> =
        (1..=50).map(|author| say(author, 1).text(&format!("{long} @某人{author} ")).names("beer")).collect();
    let counted = counts(&copies);
    assert_eq!((counted.posts.duplicates.near, authors(&counted, "beer")), (49, 1));
    assert_eq!(counted.entities[&thing("beer")].copies, 49);
    let short: Vec<Saying> = (1..=5).map(|author| say(author, 1).text("啤酒好喝").names("beer")).collect();
    assert_eq!(authors(&counts(&short), "beer"), 5);
    let same: Vec<Saying> = (1..=5).map(|n| say(1, n).text("啤酒好喝").names("beer")).collect();
    assert_eq!(counts(&same).posts.duplicates.near, 4);
}

#[test]
fn nearly_the_same_words_count_once() {
    let base: String = say(99, 7).post.text + &say(98, 7).post.text + &say(97, 7).post.text + &say(96, 7).post.text;
    let base = base.repeat(3);
    let near = [say(1, 1).text(&base).names("beer"), say(2, 1).text(&format!("{base}！")).names("beer")];
    let record = |saying: &Saying| Record::of(&saying.post, &saying.evidence, 0);
    let (a, b) = (record(&near[0]), record(&near[1]));
    assert!(a.exact != b.exact && (a.simhash ^ b.simhash).count_ones() <= 3);
    assert_eq!(counts(&near).posts.duplicates.near, 1);
}

#[test]
fn only_consumers_enter_the_statistics() {
    let counts = counts(&[say(1, 1).names("beer"), say(2, 1).names("beer").voice(Voice::Official)]);
    assert_eq!((counts.posts.consumer(), counts.posts.others(), authors(&counts, "beer")), (1, 1, 1));
    assert_eq!(counts.entities[&thing("beer")].official, 1);
}

#[test]
fn a_comment_takes_the_topic_of_its_thread() {
    let root = say(1, 1).id("note").names("snow");
    let two_topics = say(1, 2).id("both").names("beer").names("whisky");
    let said = [
        root,
        two_topics,
        say(2, 1).comment_on("note").at("night_out").motive("taste", Role::Buy, &[]),
        say(3, 1).comment_on("note"),
        say(4, 1).comment_on("note").names("whisky").at("night_out"),
        say(5, 1).comment_on("both").at("night_out"),
    ];
    let counts = counts(&said);
    // Author 2 speaks of the thread's beer at night; 3 says nothing, 4 names something else, 5 could mean either.
    assert_eq!(authors(&counts, "snow"), 2);
    assert_eq!(weight(&counts, "snow", "night_out"), UNIT);
    assert_eq!(weight(&counts, "beer", "night_out"), UNIT);
    assert_eq!(weight(&counts, "whisky", "night_out"), 0);
    assert_eq!(counts.motives.keys().filter(|key| key.0 == thing("snow")).count(), 1);
}

#[test]
fn a_query_by_name_says_nothing_of_shares() {
    let said = [
        say(1, 1).keyword("啤酒").links("beer", "night_out").links("whisky", "night_out"),
        say(2, 1).keyword("宵夜").links("beer", "late_night_snack"),
    ];
    let frame = Frame { keywords: [("啤酒".to_owned(), vec![thing("beer")])].into(), sampled_by: None };
    let tally = tally(&said);
    assert_eq!(tally.keywords(), [("啤酒", 1), ("宵夜", 1)]);
    let counts = tally.finish(&taxonomy(), &frame);
    let cell = |id: &str, at: &str| {
        let cell = &counts.links[&(thing(id), occasion(at))];
        (cell.about.total(), cell.free.total(), cell.authors.total())
    };
    assert_eq!(cell("beer", "night_out"), (UNIT, 0, 1));
    assert_eq!(cell("whisky", "night_out"), (0, 0, 1));
    assert_eq!(cell("beer", "late_night_snack"), (UNIT, UNIT, 1));
    assert_eq!((counts.posts.fetched, counts.keywords["啤酒"].posts), (1, 1));
}

#[test]
fn of_two_exports_of_one_post_the_freer_query_counts() {
    let post = say(1, 1).links("beer", "night_out");
    let frame = Frame { keywords: [("啤酒".to_owned(), vec![thing("beer")])].into(), sampled_by: None };
    let counts = tally(&[post.clone().keyword("啤酒"), post.keyword("夜店")]).finish(&taxonomy(), &frame);
    assert_eq!((counts.posts.fetched, counts.posts.duplicates.same_id), (0, 1));
}

/// Reliability 133.
#[test]
fn quotes_are_few_differ_and_come_from_posts_that_stay() {
    let mut said: Vec<Saying> = (1..=40).map(|author| say(author, 1).links("beer", "night_out")).collect();
    let copied = "周末和朋友在夜市吃烤串喝啤酒，聊到凌晨两点才回家，第二天头疼得要命";
    said.extend((41..=80).map(|author| say(author, 1).text(copied).links("beer", "night_out")));
    let counts = counts(&said);
    // As many as are ever shown in one place.
    let link = Cell::Link(thing("beer"), occasion("night_out"));
    assert_eq!((counts.quotes[&link].len(), link.shown()), (2, 2));
    let quotes = &counts.quotes[&Cell::Entity(thing("beer"))];
    assert_eq!(quotes.len(), 5);
    let mut texts: Vec<String> = quotes.iter().map(|quote| quote.shown().text).collect();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 5);
    assert_eq!(counts.platform(&quotes[0]), Some("weibo"));
}

/// Twenty praise its taste and complain as well, twenty praise another thing as well; three praise it alone: these are quoted.
#[test]
fn a_reason_is_quoted_from_posts_that_say_nothing_against_it() {
    let praise = |author: u64| say(author, 1).links("beer", "night_out");
    let mut said: Vec<Saying> = (1..=20)
        .map(|author| praise(author).motive("taste", Role::Buy, &["beer"]).motive("face", Role::Avoid, &["beer"]))
        .collect();
    said.extend((21..=40).map(|author| praise(author).names("whisky").motive("taste", Role::Buy, &["beer", "whisky"])));
    said.extend((41..=43).map(|author| praise(author).motive("taste", Role::Buy, &["beer"])));
    let counts = counts(&said);
    let taste = taxonomy().motive_id("taste").expect("there");
    let shown: Vec<String> =
        counts.quotes[&Cell::Motive(thing("beer"), taste, Role::Buy)].iter().map(|quote| quote.shown().text).collect();
    let clear: Vec<String> = said[40..].iter().map(|saying| saying.post.text.to_string()).collect();
    assert!(shown.len() == 2 && shown.iter().all(|text| clear.contains(text)), "{shown:?}");
}

#[test]
fn what_one_author_alone_says_is_not_kept_to_be_shown() {
    let counts = counts(&[
        say(1, 1).links("beer", "night_out").relates(RelationKind::InsteadOf, "whisky", "beer"),
        say(2, 1).links("beer", "night_out").links("whisky", "late_night_snack"),
    ]);
    let kept = |cell: Cell| counts.quotes.get(&cell).map(|quotes| quotes.len());
    let (beer, whisky) = (thing("beer"), thing("whisky"));
    assert_eq!(kept(Cell::Link(beer, occasion("night_out"))), Some(2));
    // How many cells keep theirs back is told: the cells stay.
    assert_eq!(kept(Cell::Link(whisky, occasion("late_night_snack"))), Some(0));
    assert_eq!(kept(Cell::Pair(RelationKind::InsteadOf, beer, whisky)), Some(0));
    assert_eq!(kept(Cell::Entity(whisky)), Some(2));
}

#[test]
fn a_record_is_small() {
    assert!(std::mem::size_of::<Record>() <= 72, "{}", std::mem::size_of::<Record>());
    assert_eq!(category("beer").0, 1);
}

/// Any post of a small world, copies, comments and keywords included.
fn saying() -> impl Strategy<Value = Saying> {
    let things = ["beer", "whisky", "craft_beer", "snow", "jack_daniels", "fast_food", "restaurant"];
    let occasions = ["night_out", "late_night_snack", "dining_out", "street_stall"];
    (0u64..6, 0u64..5, 0usize..things.len(), 0usize..things.len(), 0usize..occasions.len(), 0u8..8).prop_map(
        move |(author, n, one, two, at, shape)| {
            let base = say(author, n);
            let same = "同样的话，说了二十个字以上，所以算作复制的内容，不再重复计数";
            match shape {
                0 => base.links(things[one], occasions[at]),
                1 => base.relates(RelationKind::InsteadOf, things[one], things[two]),
                2 => base.relates(RelationKind::GoesWith, things[one], things[two]).at(occasions[at]),
                3 => base.text(same).links(things[one], occasions[at]),
                4 => base.comment_on("1-1").at(occasions[at]),
                5 => base.names(things[one]).voice(Voice::Ad),
                6 => base.keyword("啤酒").links(things[one], occasions[at]).id("shared"),
                _ => base.names(things[one]).motive("taste", Role::Avoid, &[things[one]]),
            }
        },
    )
}

fn finished(tally: super::Tally) -> Counts {
    let frame = Frame { keywords: [("啤酒".to_owned(), vec![thing("beer")])].into(), sampled_by: None };
    tally.finish(&taxonomy(), &frame)
}

proptest! {
    /// Reliability 126.
    #[test]
    fn merging_is_commutative_and_associative_with_an_identity(
        a in proptest::collection::vec(saying(), 0..30),
        b in proptest::collection::vec(saying(), 0..30),
        c in proptest::collection::vec(saying(), 0..30),
    ) {
        let merged = |mut one: super::Tally, two: super::Tally| { one.merge(two); one };
        let (ta, tb, tc) = (tally(&a), tally(&b), tally(&c));
        let left = merged(merged(ta.clone(), tb.clone()), tc.clone());
        let right = merged(ta.clone(), merged(tb.clone(), tc.clone()));
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(merged(ta.clone(), tb.clone()), merged(tb, ta.clone()));
        prop_assert_eq!(merged(super::Tally::default(), ta.clone()), ta.clone());
        prop_assert_eq!(merged(ta.clone(), super::Tally::default()), ta);
        // One tally of all posts in any order says the same as the merged parts.
        let backwards: Vec<Saying> = a.iter().chain(&b).chain(&c).rev().cloned().collect();
        prop_assert_eq!(&tally(&backwards), &left);
        prop_assert_eq!(finished(tally(&backwards)), finished(left));
    }

    #[test]
    fn copies_of_the_corpus_change_nothing(said in proptest::collection::vec(saying(), 1..40)) {
        let once = finished(tally(&said));
        let thrice = finished(tally(said.iter().chain(&said).chain(&said)));
        prop_assert_eq!(&once.links, &thrice.links);
        prop_assert_eq!(&once.pairs, &thrice.pairs);
        prop_assert_eq!(&once.motives, &thrice.motives);
        prop_assert_eq!(&once.quotes, &thrice.quotes);
        prop_assert_eq!(once.posts.consumer(), thrice.posts.consumer());
    }

    #[test]
    fn every_post_is_kept_or_told_why(said in proptest::collection::vec(saying(), 0..60)) {
        let counts = finished(tally(&said));
        let kept: u64 = counts.posts.voices.iter().sum();
        prop_assert_eq!(kept + counts.posts.duplicates.total(), said.len() as u64);
        for ((entity, _), cell) in &counts.links {
            let of = &counts.entities[entity];
            prop_assert!(cell.authors.total() <= of.linked.total());
            prop_assert!(cell.free.total() <= cell.authors.total() * UNIT);
        }
    }
}

fn job<'c>(counts: &'c Counts, id: &str, at: &str, motive: &str) -> Option<&'c super::JobCounts> {
    counts.jobs.get(&(thing(id), occasion(at), taxonomy().motive_id(motive).expect("there")))
}

#[test]
fn jobs_split_an_author_over_what_he_takes_a_thing_for() {
    let counts = counts(&[
        say(1, 1).job("snow", "street_stall", "taste", Role::Buy),
        say(1, 2).job("snow", "night_out", "face", Role::Avoid),
        say(2, 1).job("beer", "night_out", "face", Role::Buy).wished(),
        say(3, 1).job("", "night_out", "face", Role::Buy),
        say(4, 1).job("restaurant", "dining_out", "taste", Role::Buy),
    ]);
    // The stall counts with eating out: two jobs, and the complaint is none that it does.
    let stall = job(&counts, "beer", "dining_out", "taste").expect("there");
    assert_eq!((stall.about.total(), stall.authors, stall.unmet), (UNIT / 2, 1, 0));
    let night = job(&counts, "beer", "night_out", "face").expect("there");
    assert_eq!((night.about.total(), night.authors, night.unmet), (UNIT, 1, 2));
    assert_eq!(job(&counts, "snow", "street_stall", "taste").map(|job| job.about.total()), Some(UNIT / 2));
    let face = taxonomy().motive_id("face").expect("there");
    let demand = &counts.demand[&(occasion("night_out"), face)];
    assert_eq!((demand.authors.total(), demand.unmet.total()), (3, 2));
    // What an occasion is made of is never taken on it.
    assert!(job(&counts, "restaurant", "dining_out", "taste").is_none());
    assert_eq!(counts.free_authors.total(), 4);
}

#[test]
fn switching_counts_where_it_happens() {
    let counts = counts(&[
        say(1, 1).links("whisky", "night_out").relates(RelationKind::InsteadOf, "jack_daniels", "snow"),
        say(2, 1).at("night_out").relates(RelationKind::InsteadOf, "whisky", "beer"),
    ]);
    let at =
        |id: &str| counts.switches.get(&(thing(id), occasion("night_out"))).map(|s| (s.away.total(), s.toward.total()));
    // The second author ties nothing to the night.
    assert_eq!((at("beer"), at("whisky")), (Some((1, 0)), Some((0, 1))));
    assert_eq!((at("snow"), at("jack_daniels")), (Some((1, 0)), Some((0, 1))));
}

#[test]
fn a_portrait_shows_what_is_said_of_the_thing_and_not_of_its_company() {
    use super::Feature;
    let said = [say(1, 1).job("snow", "night_out", "face", Role::Buy).links("fast_food", "late_night_snack")];
    let counts = counts(&said);
    let of = |id: &str| {
        let folds = &counts.portraits[&thing(id)].folds;
        folds.iter().flat_map(|fold| fold.posts()).next().expect("a post").to_vec()
    };
    let (night, snack) = (occasion("night_out"), occasion("late_night_snack"));
    assert!(of("beer").contains(&Feature::Occasion(night)) && !of("beer").contains(&Feature::Occasion(snack)));
    assert!(of("beer").contains(&Feature::Names(thing("fast_food"))));
    assert!(
        !of("beer").contains(&Feature::Names(thing("beer"))) && !of("snow").contains(&Feature::Names(thing("snow")))
    );
    assert!(of("fast_food").contains(&Feature::Occasion(snack)));
}
