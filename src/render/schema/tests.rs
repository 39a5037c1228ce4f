use std::collections::BTreeSet;

use serde_json::Value;
use smallvec::smallvec;

use super::fit::{check, parsed};
use super::*;
use crate::analyze::findings::Findings;
use crate::interpret::evidence::*;
use crate::lexicon::id::*;
use crate::normalize::span::{Raw, Span};
use crate::read::reject::Reason;
use crate::render::{LabelWriter, PostFacts, RejectFacts, findings_json, reject_line, sample};

fn document(findings: &Findings) -> Value {
    serde_json::from_slice(&findings_json(findings)).expect("JSON")
}

/// Objects of a schema that name their keys, with the keys that are no description.
fn closed_objects<'s>(schema: &'s Value, at: &str, out: &mut Vec<(String, &'s Value)>) {
    if let Some(object) = schema.as_object() {
        if object.get("properties").is_some_and(Value::is_object) && object.contains_key("additionalProperties") {
            out.push((at.to_owned(), schema));
        }
        for (key, each) in object {
            closed_objects(each, &format!("{at}/{key}"), out);
        }
    }
}

#[test]
fn full_findings_fit_and_use_every_property() {
    let findings = sample::findings();
    let value = document(&findings);
    assert_eq!(check(FINDINGS_SCHEMA, &value), Vec::<String>::new());
    let mut written = BTreeSet::new();
    keys(&value, &mut written);
    let schema = parsed(FINDINGS_SCHEMA);
    let mut objects = Vec::new();
    closed_objects(&schema, "#", &mut objects);
    for (at, object) in objects {
        for key in object["properties"].as_object().expect("an object").keys() {
            assert!(written.contains(key), "{at}: nothing writes {key}");
        }
    }
}

#[test]
fn bare_findings_fit_too() {
    let mut findings = sample::findings();
    findings.meta.period = None;
    findings.coverage = Default::default();
    findings.frame = Default::default();
    findings.entities.clear();
    findings.subjects.clear();
    findings.rivals.clear();
    findings.quotes.clear();
    findings.outside_option.clear();
    findings.warnings.clear();
    findings.essence.clear();
    findings.excitement.clear();
    findings.competency.clear();
    findings.customers.clear();
    findings.contact_points.clear();
    assert_eq!(check(FINDINGS_SCHEMA, &document(&findings)), Vec::<String>::new());
}

#[test]
fn the_document_is_pretty_and_keeps_its_order() {
    let text = String::from_utf8(findings_json(&sample::findings())).expect("UTF-8");
    assert!(
        text.starts_with("{\n  \"schema\": \"rival.findings/1\",\n  \"meta\": {\n    \"version\""),
        "{}",
        &text[..80]
    );
    assert!(text.ends_with("\n}\n"));
    let place = |key: &str| text.find(&format!("\n  \"{key}\":")).expect("a key");
    let order = ["meta", "coverage", "frame", "entities", "subjects", "rivals", "outside_option", "quotes", "warnings"];
    assert!(order.windows(2).all(|two| place(two[0]) < place(two[1])));
}

#[test]
fn what_does_not_fit_is_found() {
    let mut value = document(&sample::findings());
    value["rivals"][0]["threat"] = 1.5.into();
    value["meta"]["authors"] = "8040".into();
    value["frame"]["secret"] = true.into();
    value["entities"][0].as_object_mut().expect("an object").remove("label");
    assert_eq!(check(FINDINGS_SCHEMA, &value).len(), 4);
}

fn keys(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, each)| {
            out.insert(key.clone());
            keys(each, out);
        }),
        Value::Array(list) => list.iter().for_each(|each| keys(each, out)),
        _ => {}
    }
}

fn evidence(trace: Trace) -> Evidence {
    let side = |brand| Some(Side { category: CategoryId(0), brand });
    let beer: Things = smallvec![Entity::Category(CategoryId(0)), Entity::Brand(BrandId(0))];
    Evidence {
        lang: Lang::Zh,
        voice: Voice::Consumer,
        voice_trace: None,
        bare_forward: false,
        mentions: [None, Some(BrandId(0))]
            .map(|brand| Mention { category: CategoryId(0), brand, trace, polarity: Stance::Positive, passing: false })
            .to_vec(),
        occasions: vec![OccasionLabel { id: OccasionId(2), traces: smallvec![trace] }],
        motives: vec![MotiveLabel { id: MotiveId(0), role: Role::Avoid, of: beer.clone(), traces: smallvec![trace] }],
        essences: Vec::new(),
        relations: vec![Relation {
            kind: RelationKind::LostToNone,
            a: None,
            b: side(Some(BrandId(0))),
            traces: vec![trace],
        }],
        attributes: vec![AttributeLabel {
            id: AttributeId(0),
            stance: Stance::Positive,
            of: beer.clone(),
            traces: smallvec![trace],
        }],
        steps: vec![Step {
            from: Some(Theme::Attribute(AttributeId(0))),
            to: Theme::Motive(MotiveId(0)),
            joined: true,
            of: beer.clone(),
            traces: smallvec![trace],
        }],
        moods: vec![Mood { arousal: 700, imagery: 0, traces: smallvec![trace] }],
        felt: Vec::new(),
        links: vec![Link { entity: beer[0], occasion: OccasionId(2), window: Window::Clause }],
        jobs: vec![JobLink {
            of: Some(beer[1]),
            occasion: OccasionId(2),
            motive: MotiveId(0),
            role: Role::Avoid,
            window: Window::Sentence,
            stance: Stance::Negative,
            traces: [trace, trace],
        }],
        stages: vec![StageLabel {
            id: StageId(0),
            stance: Stance::Negative,
            of: Things::new(),
            traces: smallvec![trace],
        }],
        customers: vec![(CustomerId(0), trace)],
    }
}

#[test]
fn label_lines_fit() {
    let mut taxonomy = sample::taxonomy();
    taxonomy.rules = vec!["categories/beer.toml#beer".to_owned()];
    let trace = Trace { rule: RuleId(0), span: Span::<Raw>::new(0, 6), wording: Wording::of("w") };
    let writer = LabelWriter::new(&taxonomy);
    let words = |range: std::ops::Range<usize>| std::borrow::Cow::Borrowed(&"啤酒"[range]);
    let facts = [
        PostFacts { id: "posts.csv:1", time: None, platform: None, words: &words, reception: &[] },
        PostFacts {
            id: "7\u{9b}",
            time: Some("2024-05-01"),
            platform: Some("weibo"),
            words: &words,
            reception: &[("likes", 31_000), ("saves", 0)],
        },
    ];
    let mut out = Vec::new();
    for post in &facts {
        writer.write(&mut out, post, &evidence(trace));
    }
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(r#""id":"7\u009b""#), "{text}");
    for line in text.lines() {
        assert_eq!(check(LABEL_SCHEMA, &parsed(line)), Vec::<String>::new());
    }
}

#[test]
fn reject_lines_fit() {
    let mut out = Vec::new();
    for &reason in Reason::ALL {
        for bytes in [None, Some(&b"1,a"[..])] {
            let facts = RejectFacts { file: "posts.csv", row: 1, line: 1, byte: 0, reason, detail: "3 columns", bytes };
            reject_line(&mut out, &facts, bytes.is_some());
        }
    }
    for line in String::from_utf8(out).expect("UTF-8").lines() {
        assert_eq!(check(REJECTS_SCHEMA, &parsed(line)), Vec::<String>::new());
    }
}

#[test]
fn every_property_is_described_or_defined_elsewhere() {
    for text in [FINDINGS_SCHEMA, LABEL_SCHEMA, REJECTS_SCHEMA] {
        let schema = parsed(text);
        let mut objects = Vec::new();
        closed_objects(&schema, "#", &mut objects);
        for (at, object) in objects {
            for (key, each) in object["properties"].as_object().expect("an object") {
                assert!(
                    each.get("description").is_some() || each.get("$ref").is_some(),
                    "{at}: {key} has no description"
                );
            }
        }
    }
}
