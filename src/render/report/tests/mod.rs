//! Reports as a browser and a reader find them.

mod allowed;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};

use super::*;
use crate::analyze::findings::*;
use crate::render::sample;
use allowed::{ATTRIBUTES, ELEMENTS};

const BOTH: [Language; 2] = [Language::Zh, Language::En];

fn html_of(findings: &Findings, language: Language) -> String {
    String::from_utf8(report(findings, &sample::taxonomy(), language)).expect("UTF-8")
}

fn parse(findings: &Findings, language: Language) -> Html {
    let html = Html::parse_document(&html_of(findings, language));
    assert!(html.quirks_mode == scraper::html::Html::new_document().quirks_mode, "a standards page");
    html
}

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// Nothing in the page can act, and nothing points nowhere.
fn check(html: &Html) {
    let mut ids = BTreeSet::new();
    for element in all(html, "*") {
        let name = element.value().name();
        assert!(ELEMENTS.contains(&name), "<{name}>");
        for (attribute, value) in element.value().attrs() {
            assert!(ATTRIBUTES.contains(&attribute), "<{name} {attribute}=…>");
            if attribute == "id" {
                assert!(ids.insert(value.to_owned()), "id {value} stands twice");
            }
        }
    }
    assert_eq!((all(html, "script").len(), all(html, "style").len()), (1, 1));
    assert_eq!(text(all(html, "script")[0]), page::SCRIPT);
    assert_eq!(text(all(html, "style")[0]), page::style());
    for link in all(html, "a") {
        let href = link.value().attr("href").expect("a link leads somewhere");
        match href.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{href} leads nowhere"),
            None => assert!(href.starts_with("https://") || href.starts_with("http://"), "{href}"),
        }
    }
    for svg in all(html, "svg") {
        let value = svg.value();
        let told = value.attr("role") == Some("img") && value.attr("aria-label").is_some_and(|l| !l.is_empty());
        assert!(told || value.attr("aria-hidden") == Some("true"), "a chart without words");
    }
    for control in all(html, "form.filters input, form.filters select") {
        let label = control.parent().and_then(ElementRef::wrap).expect("a parent");
        assert_eq!(label.value().name(), "label", "a control without a label");
    }
    assert_eq!(all(html, "main h1").len(), all(html, ".brief").len());
}

#[test]
fn a_report_holds_everything_and_nothing_that_acts() {
    for language in BOTH {
        let html = parse(&sample::findings(), language);
        check(&html);
        for part in [
            "answer",
            "rivals",
            "where",
            "occasions",
            "why",
            "essence",
            "strengths",
            "customers",
            "contact",
            "groups",
            "heat",
            "method",
            "voices",
        ] {
            assert_eq!(all(&html, &format!("#{part}")).len(), 1, "{part}");
        }
        assert_eq!(all(&html, "html")[0].value().attr("lang"), Some(language.tag()));
    }
}

/// Reliability 97, 98: the script is constant, and no JSON stands in it.
#[test]
fn the_policy_allows_this_style_and_this_script_alone() {
    let html = parse(&sample::findings(), Language::En);
    let policy = all(&html, "meta[http-equiv]")[0].value().attr("content").expect("a policy");
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(policy.contains(&format!("style-src {}", hash(&page::style()))), "{policy}");
    assert!(policy.contains(&format!("script-src {}", hash(page::SCRIPT))), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for raw in [page::SCRIPT, include_str!("../report.css")] {
        assert!(!raw.contains("</") && !raw.contains("http") && !raw.contains("url(") && !raw.contains("@import"));
    }
    assert!(!page::SCRIPT.contains("innerHTML") && !page::SCRIPT.contains("eval"));
}

#[test]
fn the_answer_stands_in_both_languages() {
    let told = |language| {
        let html = parse(&sample::findings(), language);
        text(all(&html, ".brief")[0])
    };
    let (zh, en) = (told(Language::Zh), told(Language::En));
    for piece in [
        "抢走啤酒的消费者最多的是威士忌，主战场是夜店",
        "估计14%流向威士忌（90%区间 11–17%），其中71%发生在夜店",
        "41\u{a0}位作者亲口说换成了威士忌",
    ] {
        assert!(zh.contains(piece), "{piece}\n{zh}");
    }
    for piece in [
        "Whisky takes more consumers from beer than any other rival, mainly at nights out",
        "an estimated 14\u{a0}% go to whisky (90 % range 11–17\u{a0}%), 71\u{a0}% of that at nights out",
        "41\u{a0}authors say they chose whisky instead, 12 chose beer.",
        "Beer is strong at late-night snacks, and weak at nights out.",
    ] {
        assert!(en.contains(piece), "{piece}\n{en}");
    }
    assert!(zh.contains("本来想点啤酒，朋友开了瓶杰克丹尼") && zh.contains("weibo · 2024年5月"), "{zh}");
}

#[test]
fn what_changes_is_drawn_and_stands_in_tables() {
    let mut findings = sample::findings();
    let first = findings.groups[0].clone();
    findings.groups = ["2024-Q1", "2024-Q2"]
        .map(|name| GroupFinding { by: "quarter", value: name.to_owned(), ..first.clone() })
        .to_vec();
    for language in BOTH {
        let html = parse(&findings, language);
        check(&html);
        let charts = all(&html, "#changes .panels svg[role=img]");
        assert!(!charts.is_empty() && charts.len() == all(&html, "#changes .panels h3").len());
        // A step has its range, and what is hardly chance is drawn strongly.
        assert!(!all(&html, "#changes .panels .sure .range").is_empty());
        assert!(all(&html, "#changes .figures tbody tr").len() >= charts.len(), "a row for each step at least");
        assert!(!all(&html, "#groups .panels polyline").is_empty(), "a rival through both quarters");
        assert_eq!(all(&html, "#groups .figures thead th").len(), 3, "the rival and two quarters");
    }
}

/// Nobody takes from anybody: the report tells what can be told.
#[test]
fn without_rivals_it_tells_when_and_why() {
    let mut findings = sample::findings();
    findings.meta.parameters.focus.clear();
    findings.subjects.iter_mut().for_each(|s| s.focus = false);
    findings.rivals.clear();
    for (language, headline) in [
        (Language::Zh, "这批帖子说不出谁抢走谁，说得出的是何时、为何"),
        (Language::En, "These posts do not tell who takes from whom; they tell when and why"),
    ] {
        let html = parse(&findings, language);
        check(&html);
        assert_eq!(text(all(&html, "h1")[0]), headline);
        assert!(!all(&html, ".brief table.sortable tbody tr").is_empty());
        assert!(all(&html, ".brief .ranges, #first-rivals .ranges").is_empty(), "no chart of nothing");
    }
}

#[test]
fn every_report_prints_its_limits() {
    let empty = Findings { entities: Vec::new(), subjects: Vec::new(), rivals: Vec::new(), ..sample::findings() };
    for findings in [sample::findings(), empty] {
        let told = |language| text(parse(&findings, language).root_element());
        for piece in ["谈论不等于购买", "发帖的人不等于购买的人", "没人说，不等于没有需求", "在同一场合、同一角色之内"]
        {
            assert!(told(Language::Zh).contains(piece), "{piece}");
        }
        for piece in [
            "Talk is not purchase",
            "Who posts is not who buys",
            "Silence is not absence of demand",
            "fall back in proportion",
        ] {
            assert!(told(Language::En).contains(piece), "{piece}");
        }
    }
}

#[test]
fn every_figure_leads_to_its_quotes() {
    let findings = sample::findings();
    let html = parse(&findings, Language::En);
    let linked: BTreeSet<&str> = all(&html, ".refs a, .cell a").iter().filter_map(|a| a.value().attr("href")).collect();
    for quote in &findings.quotes {
        assert!(linked.contains(format!("#{}", quote.id).as_str()), "{} is linked from nowhere", quote.id);
        let entry = all(&html, &format!("#{}", quote.id))[0];
        assert!(text(entry).contains(&quote.text), "{}", quote.id);
        assert!(
            entry.select(&Selector::parse(".use").expect("a selector")).next().is_some(),
            "{} says what for",
            quote.id
        );
    }
}

/// Findings in which nothing can be ranked.
fn thin() -> Findings {
    let mut findings = sample::findings();
    for entity in &mut findings.entities {
        entity.standing = Standing::InsufficientEvidence;
        entity.needed = Some(Needed { authors: 9, buckets: 0 });
    }
    for subject in &mut findings.subjects {
        subject.standing = Standing::InsufficientEvidence;
        subject.authors = 21;
    }
    findings.rivals.clear();
    findings
}

#[test]
fn a_thin_report_says_what_is_missing_and_what_people_say() {
    let html = parse(&thin(), Language::En);
    check(&html);
    let told = text(html.root_element());
    for piece in [
        "Too few speak of beer to rank its rivals",
        "9\u{a0}authors more are needed",
        "took it instead",
        "本来想点啤酒",
    ] {
        assert!(told.contains(piece), "{piece}");
    }
    assert!(all(&html, "#heat, #where").is_empty(), "no chart of nothing");
}

#[test]
fn without_a_focus_it_is_an_overview() {
    let mut findings = sample::findings();
    findings.meta.parameters.focus.clear();
    findings.subjects.iter_mut().for_each(|s| s.focus = false);
    for language in BOTH {
        let html = parse(&findings, language);
        check(&html);
        assert_eq!(all(&html, "#first-rivals, #cards, #heat").len(), 3);
    }
    let told = text(all(&parse(&findings, Language::En), "h1")[0]);
    assert_eq!(told, "Whisky takes consumers from beer, mainly at nights out");
}

#[test]
fn nobody_nothing_and_shares_withheld_are_told() {
    let mut nobody = sample::findings();
    nobody.meta.parameters.focus = vec!["mead".to_owned()];
    nobody.subjects.clear();
    let mut withheld = sample::findings();
    withheld.frame.shares_given = false;
    for rival in &mut withheld.rivals {
        (rival.threat, rival.ci90, rival.fair_share, rival.excess, rival.q) = (None, None, None, None, None);
    }
    let mut nothing = thin();
    nothing.meta.parameters.focus.clear();
    nothing.subjects.clear();
    nothing.entities.clear();
    nothing.quotes.clear();
    for (findings, expected) in [
        (nobody, "No consumer post speaks of mead"),
        (withheld, "Most of those who switched from beer chose whisky"),
        (nothing, "No consumer post names a category or brand"),
    ] {
        let html = parse(&findings, Language::En);
        check(&html);
        let told = text(html.root_element());
        assert!(told.contains(expected), "{expected}");
        assert!(!told.contains("NaN"));
    }
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let findings = sample::findings();
    assert_eq!(html_of(&findings, Language::Zh), html_of(&findings.clone(), Language::Zh));
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "</style><style>*{display:none}</style>",
    "<!-- <!--><img src=x onerror=alert(1)>",
    "]]><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#x3c;",
    "</bdi></p></li></ol></main>",
    "<plaintext><textarea><title><template>",
    "\u{202e}evil\u{2066}\u{2067}",
    "\u{2028}\u{2029}\u{feff}",
    "${7*7}{{7*7}}`",
];

/// Findings in which everything that comes from outside is hostile.
fn hostile(text: &str) -> Findings {
    let mut findings = sample::findings();
    for quote in &mut findings.quotes {
        quote.text = format!("{text}{}", quote.text);
        quote.platform = Some(text.to_owned());
        quote.url = Some(text.to_owned());
        quote.spans = vec![[0, text.len() as u32], [1, 2]];
    }
    for entity in &mut findings.entities {
        entity.label = Label { zh: text.to_owned(), en: text.to_owned() };
        entity.sector = text.to_owned();
    }
    findings.groups[0].value = text.to_owned();
    findings.frame.keywords[0].keyword = text.to_owned();
    findings.meta.platforms.insert(text.to_owned(), 9_999);
    findings.meta.version = text.to_owned();
    findings.warnings[1].text = Label { zh: text.to_owned(), en: text.to_owned() };
    findings
}

/// Reliability 97, 98.
#[test]
fn hostile_text_is_text() {
    for text in HOSTILE {
        for language in BOTH {
            let findings = hostile(text);
            let html = parse(&findings, language);
            check(&html);
            let quote = all(&html, "#q1 blockquote p bdi")[0];
            assert_eq!(self::text(quote), format!("{}…", findings.quotes[0].text), "{text:?}");
            assert_eq!(self::text(all(&html, "#rivals .name")[0]), crate::render::book::capital(text), "{text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_comes_back_as_it_went_in(raw in any::<String>()) {
        let html = parse(&hostile(&raw), Language::En);
        check(&html);
        let told = self::text(all(&html, "#q2 blockquote p bdi")[0]);
        let expected = format!("{}…", edition::plain(&hostile(&raw).quotes[1].text));
        prop_assert_eq!(told, expected);
    }
}
