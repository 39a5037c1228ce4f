use proptest::prelude::*;

use super::*;
use crate::analyze::findings::*;
use crate::render::sample;
use crate::render::visible::acts;

const WIDE: Look = Look { width: 100, color: false, full: true };

fn shown(findings: &Findings, look: Look) -> String {
    summary(findings, &sample::taxonomy(), look)
}

/// The line that begins so.
fn line<'s>(text: &'s str, start: &str) -> &'s str {
    text.lines().find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("no line begins with {start:?}:\n{text}"))
}

fn overflow(text: &str, width: usize) -> Option<&str> {
    text.lines().find(|l| ink::width(l) > width)
}

#[test]
fn the_card_says_who_takes_most_and_where() {
    let text = shown(&sample::findings(), WIDE);
    let expected = [
        "Beer 啤酒 · 2024-01 → 06 · 18,412 rows: 15,903 used, 2,471 set aside, 38 rejected (--rejects)",
        "6,120 of 8,040 authors speak of it · weibo 61 % xhs 39 % · occasion known for 34 % of them",
        "! 58 % of the posts were fetched by the name beer 啤酒: shares use the others only",
        "ANSWER              Where a consumer leaves beer, whisky takes the largest share: 14 %, range",
        "RIVALS NOBODY EXPECTS",
        " 1 Whisky 威士忌",
        "   “本来想点啤酒，朋友开了瓶杰克丹尼，就再没换回来”  weibo, May 2024  q1",
        "RIVALS ",
        " 2 Soju 烧酒",
        "   “烤肉还是配烧酒，啤酒太撑了”  xhs, Mar 2024  q2",
        "ONLY NEAR IT        on the same occasions, not shown to replace it: milk tea 奶茶 5 % (nights out",
        "NOT IN THE TABLE    8 more that are ranked 8 % · 14 that play another part 12 % (restaurant 5 % …),",
        "                    by size alone · 12 with too few authors 8 % · alcohol",
        "NOT RIVALS          taken together: fried chicken 炸鸡 (212 × with, 3 × instead)",
        "LOST TO NOTHING     187 authors, 3 % of its authors (not in the shares)",
        "WHY THEY COME       taste 味道 412 (×1.8)",
        "WHY THEY LEAVE      too filling 太撑 212 (×1.8) · face 面子 80 (×1.8)",
        "WHY THEY COME BACK  taste 味道 33 (×1.8)",
        "OCCASIONS           late-night snacks 宵夜 31 % (×2.1) · nights out 夜店 22 % (×0.6) · barbecue 烧烤",
        "TOO THIN            watching sports 看球: 17 of 30 authors; posts fetched by these words would tell",
        "BE CAREFUL          some relations rest on the roles alone",
        "Talk is not purchase",
        "Next: --focus whisky to look from its side",
    ];
    let mut rest = text.lines();
    for start in expected {
        assert!(rest.any(|l| l.starts_with(start)), "{start:?} is not there in order:\n{text}");
    }
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("41 authors say they chose whisky instead, 12 chose beer instead of it."), "{text}");
    assert!(flat.contains("Beer is strong at late-night snacks, and weak at nights out."), "{text}");
    let whisky = line(&text, " 1 Whisky");
    for cell in ["nights out 71 %", "14 %", "11–17 %", "41 / 12", "clear"] {
        assert!(whisky.contains(cell), "{cell} not in {whisky}");
    }
}

#[test]
fn the_answer_agrees_with_things_that_are_many() {
    let mut taxonomy = sample::taxonomy();
    for category in &mut taxonomy.categories {
        category.plural = match category.name.id.as_str() {
            "beer" => Some("video games".to_owned()),
            "whisky" => Some("short videos".to_owned()),
            _ => None,
        };
    }
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = flat(summary(&sample::findings(), &taxonomy, WIDE));
    for piece in [
        "Where a consumer leaves video games, short videos take the largest share: 14 %",
        "41 authors say they chose short videos instead, 12 chose video games instead of them.",
        "Video games are strong at late-night snacks, and weak at nights out.",
    ] {
        assert!(text.contains(piece), "{piece}\n{text}");
    }
}

#[test]
fn a_card_is_one_screen_and_tells_what_more_there_is() {
    let mut findings = sample::findings();
    let more: Vec<RivalFinding> = (5..15)
        .map(|rank| RivalFinding { surprising: rank % 2 == 0, ..sample::rival("whisky", rank, 0.02, [0.01, 0.03]) })
        .collect();
    findings.rivals.extend(more);
    // With --by a table of the groups and what changed come on top, and the card leaves out more.
    let group = findings.groups[0].clone();
    findings.groups = (0..20).map(|n| GroupFinding { value: format!("forum-{n}"), ..group.clone() }).collect();
    let text = shown(&findings, Look { full: false, ..WIDE });
    assert!(text.lines().count() <= 50, "{} lines:\n{text}", text.lines().count());
    assert!(text.contains("BY PLATFORM") && text.contains("smaller (--full)"), "{text}");
    findings.groups.clear();
    findings.space.changes.clear();
    let text = shown(&findings, Look { full: false, ..WIDE });
    assert!(text.lines().count() <= 50, "{} lines:\n{text}", text.lines().count());
    let more = line(&text, "More: --full also tells");
    let full = shown(&findings, WIDE);
    assert!(full.lines().count() > text.lines().count() + 10 && !full.contains("--full"), "{full}");
    for (part, heading) in [("taken for", "TAKEN FOR"), ("known unnamed", "KNOWN UNNAMED"), ("clichés", "CLICHÉS")] {
        assert!(text.split_once(more).is_some_and(|(card, _)| !card.contains(heading)), "{text}");
        let told = text[text.find("More: ").expect("there")..].split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(part) && full.contains(heading), "{told}\n{full}");
    }
}

#[test]
fn columns_line_up_under_chinese_names() {
    let text = shown(&sample::findings(), WIDE);
    let at = |line: &str, cell: &str| ink::width(line.split(cell).next().unwrap_or_default());
    let rows = [line(&text, " 2 Soju"), line(&text, " 1 Whisky")];
    let head = text.lines().find(|l| l.starts_with("RIVALS ")).expect("the heading");
    assert_eq!(at(rows[0], "barbecue"), at(rows[1], "nights out"), "{text}");
    assert_eq!(at(rows[0], "barbecue"), at(head, "mainly on"), "{text}");
    assert_eq!(at(rows[0], "clear"), at(rows[1], "clear"), "{text}");
}

#[test]
fn a_list_of_ones_own_changes_the_headings() {
    let mut findings = sample::findings();
    findings.meta.parameters.known = vec!["soju".to_owned(), "fried_chicken".to_owned()];
    for rival in &mut findings.rivals {
        rival.known = ["soju", "fried_chicken"].contains(&rival.rival.as_str());
    }
    let text = shown(&findings, WIDE);
    assert!(line(&text, "NOT ON YOUR LIST").contains("switched/back"), "{text}");
    let known = line(&text, "ON YOUR LIST");
    assert!(known.contains("soju 烧酒 9 %; no rival by what people say: fried chicken"), "{known}");
    assert!(!text.contains("NOBODY EXPECTS") && !text.contains("--known"), "{text}");
}

#[test]
fn thin_evidence_is_called_thin() {
    let only = |change: &dyn Fn(&mut RivalFinding)| {
        let mut findings = sample::findings();
        findings.rivals.truncate(2);
        change(&mut findings.rivals[0]);
        shown(&findings, WIDE).split("RIVALS").next().unwrap_or_default().replace("\n                    ", " ")
    };
    let chance = only(&|r| r.q = Some(0.4));
    assert!(chance.contains("Whisky seems to take the largest share"), "{chance}");
    assert!(chance.contains("not clearly more than its size alone would give"), "{chance}");
    let roles = only(&|r| {
        r.basis = Basis::Role;
        r.relation = Kinship::Unknown;
        r.switching = Switching::default();
        r.comparing = Comparing::default();
        r.pairing = 0;
    });
    // What is only near it leads no more, however large: the first that plays the part does, and no more is said of it than is true.
    assert!(roles.contains("Soju") && roles.contains("the most of what plays the part of beer"), "{roles}");
    let near = shown(
        &{
            let mut findings = sample::findings();
            findings.rivals.truncate(2);
            for rival in &mut findings.rivals {
                rival.basis = Basis::Role;
                rival.relation = Kinship::Unknown;
                rival.switching = Switching::default();
                rival.comparing = Comparing::default();
                rival.pairing = 0;
                rival.surprising = false;
            }
            findings
        },
        WIDE,
    );
    assert!(near.contains("nearest by occasions is whisky") && !near.contains("RIVALS "), "{near}");
    assert!(line(&near, "ONLY NEAR IT").contains("whisky 威士忌"), "{near}");
    let open = only(&|r| r.ci90 = Some([0.08, 0.2]));
    assert!(open.contains("which of the two leads is open"), "{open}");
}

#[test]
fn too_few_authors_get_a_reading_instead_of_a_rank() {
    let mut findings = sample::findings();
    findings.rivals.clear();
    findings.subjects[0].of = "mead".to_owned();
    findings.subjects[0].standing = Standing::InsufficientEvidence;
    findings.subjects[0].authors = 12;
    findings.meta.parameters.focus = vec!["mead".to_owned(), "whisky".to_owned()];
    let text = shown(&findings, WIDE);
    assert!(text.contains("Not enough is said of mead to rank its rivals: 12 authors so far, 18 more\n"), "{text}");
    assert!(line(&text, "WHAT PEOPLE SAY").contains("whisky 威士忌 taken instead by 41 authors"), "{text}");
    assert!(text.contains("No consumer post speaks of whisky"), "a focus without a list: {text}");
}

#[test]
fn without_shares_only_what_people_say_counts() {
    let mut findings = sample::findings();
    findings.frame.shares_given = false;
    for rival in &mut findings.rivals {
        rival.threat = None;
        rival.ci90 = None;
        rival.surprising = false;
        rival.occasions.clear();
        rival.rho = 0.1;
    }
    let beer = &mut findings.subjects[0];
    (beer.rest, beer.unlisted, beer.apart) = (None, None, None);
    beer.catch_all.clear();
    let text = shown(&findings, WIDE);
    assert!(!text.contains("NOT IN THE TABLE"), "no share is left over: {text}");
    assert!(line(&text, "! 58 %").contains("no shares; posts fetched by 夜店 would"), "{text}");
    assert!(text.contains("so only what people say counts"), "{text}");
    assert!(!text.contains("range") && text.contains("better/worse"), "{text}");
}

#[test]
fn without_focus_the_market_is_shown() {
    let mut findings = sample::findings();
    findings.meta.parameters.focus.clear();
    findings.subjects[0].focus = false;
    let text = shown(&findings, WIDE);
    let beer = line(&text, "Beer 啤酒");
    for cell in ["6,120", "whisky 威士忌", "14 %", "11–17 %", "nights out 71 %"] {
        assert!(beer.contains(cell), "{cell} not in {beer}");
    }
    assert!(line(&text, "Heineken 喜力").contains('–'), "a brand without a list: {text}");
    assert!(line(&text, "NOBODY EXPECTS").contains("beer 啤酒 loses to whisky 威士忌 14 %"), "{text}");
    assert!(line(&text, "TOO THIN").contains("1 more"), "{text}");
    assert!(line(&text, "Next:").contains("--focus beer"), "{text}");
    findings.entities.clear();
    findings.subjects.clear();
    findings.rivals.clear();
    assert!(shown(&findings, WIDE).contains("No consumer post names a category or brand"));
}

#[test]
fn the_only_other_thing_of_a_market_leads_the_overview_only_where_somebody_says_so() {
    let mut findings = sample::findings();
    findings.meta.parameters.focus.clear();
    let beer = findings.subjects.swap_remove(0);
    findings.subjects = vec![Subject { focus: false, unlisted: None, apart: None, ..beer }];
    findings.rivals.retain(|rival| rival.rival == "whisky");
    assert!(line(&shown(&findings, WIDE), "Beer 啤酒").contains("whisky 威士忌"), "people say so");
    let whisky = &mut findings.rivals[0];
    (whisky.basis, whisky.q, whisky.surprising) = (Basis::Role, Some(0.5), false);
    (whisky.switching, whisky.comparing) = (Switching::default(), Comparing::default());
    let by_roles = |findings: &Findings| shown(findings, WIDE);
    assert!(!line(&by_roles(&findings), "Beer 啤酒").contains("whisky"), "{}", by_roles(&findings));
    let mut second = findings.rivals[0].clone();
    (second.rival, second.rank) = ("soju".to_owned(), 2);
    findings.rivals.push(second);
    assert!(line(&by_roles(&findings), "Beer 啤酒").contains("whisky 威士忌"), "{}", by_roles(&findings));
}

#[test]
fn narrow_terminals_are_not_overflowed() {
    for width in [0, 60, 61, 72, 80, 100, 140] {
        let text = shown(&sample::findings(), Look { width, ..WIDE });
        assert_eq!(overflow(&text, width.max(60)), None, "at {width}:\n{text}");
    }
}

#[test]
fn color_only_adds_escapes() {
    let color = shown(&sample::findings(), Look { color: true, ..WIDE });
    let plain = color.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
    assert_eq!(plain, shown(&sample::findings(), WIDE));
    assert_ne!(plain, color);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_acts_or_overflows(
        text in any::<String>(),
        label in "[\\x00-\\x1f\u{202e}\u{9b}啤 b\u{301}]{0,30}",
        width in 0usize..130,
        focus in any::<bool>(),
    ) {
        let mut findings = sample::findings();
        for quote in &mut findings.quotes {
            quote.text.insert_str(0, &text);
            quote.platform = Some(label.clone());
            quote.time = Some(text.clone());
        }
        for entity in &mut findings.entities {
            entity.label = Label { zh: label.clone(), en: text.clone() };
        }
        for warning in &mut findings.warnings {
            warning.text.en = label.clone();
        }
        findings.meta.platforms.insert(text.clone(), 9_000);
        findings.meta.period = Some([text.clone(), label.clone()]);
        findings.rivals[0].rival = text;
        findings.rivals[1].occasions[0].id = label;
        findings.subjects[0].focus = focus;
        if !focus {
            findings.meta.parameters.focus.clear();
        }
        let shown = shown(&findings, Look { width, ..WIDE });
        prop_assert!(shown.chars().all(|c| c == '\n' || !acts(c)));
        prop_assert_eq!(overflow(&shown, width.max(60)), None);
    }
}
