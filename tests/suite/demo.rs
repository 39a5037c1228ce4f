//! The demo corpus tells its story, and its manifest is true.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{rival, root, stdout};

fn findings(args: &[&str]) -> serde_json::Value {
    let mut all = vec!["analyze", "corpora/demo", "--json", "--isolated"];
    all.extend(args);
    let output = rival(&all, b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// The rivals of beer among categories, in rank order.
fn rivals(findings: &serde_json::Value) -> Vec<serde_json::Value> {
    let all = findings["rivals"].as_array().unwrap();
    all.iter().filter(|r| r["of"] == "beer" && r["level"] == "category").cloned().collect()
}

#[test]
fn at_nights_out_beer_loses_to_whisky() {
    let findings = findings(&["--focus", "beer"]);
    let rivals = rivals(&findings);
    let whisky = &rivals[0];
    assert_eq!(whisky["rival"], "whisky", "{rivals:#?}");
    assert_eq!(whisky["relation"], "competitor");
    assert_eq!(whisky["occasions"][0]["id"], "night_out");
    let switching = &whisky["switching"];
    assert!(switching["to_rival"].as_u64() > switching["from_rival"].as_u64(), "{switching}");
    assert!(!whisky["quotes"].as_array().unwrap().is_empty());
}

#[test]
fn at_late_night_snacks_it_does_not() {
    let findings = findings(&["--focus", "beer", "--focus", "whisky"]);
    let occasion = |entity: &str, id: &str| {
        let entities = findings["entities"].as_array().unwrap();
        let found = entities.iter().find(|e| e["id"] == entity && e["level"] == "category").unwrap();
        let occasions = found["occasions"].as_array().unwrap();
        occasions.iter().find(|o| o["id"] == id).map_or(0, |o| o["authors"].as_u64().unwrap())
    };
    assert!(occasion("beer", "late_night_snack") >= 20);
    assert!(occasion("whisky", "late_night_snack") * 5 < occasion("beer", "late_night_snack"));
    let whisky = &rivals(&findings)[0];
    assert!(
        !whisky["occasions"]
            .as_array()
            .unwrap()
            .iter()
            .any(|o| o["id"] == "late_night_snack" && o["contribution"].as_f64() > Some(0.1))
    );
}

#[test]
fn fried_chicken_is_no_rival() {
    let rivals = rivals(&findings(&["--focus", "beer"]));
    for food in ["fast_food", "barbecue", "seafood"] {
        if let Some(place) = rivals.iter().position(|r| r["rival"] == food) {
            assert!(place >= 5, "{food} stands at {place}");
            assert_ne!(rivals[place]["relation"], "competitor", "{food}");
        }
    }
}

#[derive(Deserialize)]
struct Manifest {
    file: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    rows: u64,
    sha256: String,
}

#[test]
fn the_manifest_is_true() {
    let manifest: Manifest =
        toml::from_str(&std::fs::read_to_string(root().join("corpora/MANIFEST.toml")).unwrap()).unwrap();
    let mut total = 0;
    for entry in &manifest.file {
        let bytes = std::fs::read(root().join("corpora").join(&entry.path)).unwrap();
        let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(sum, entry.sha256, "{}", entry.path);
        total += entry.rows;
    }
    let read = findings(&[])["meta"]["rows"]["read"].as_u64().unwrap();
    assert_eq!(read, total);
}
