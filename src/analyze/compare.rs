//! Two documents of findings side by side: what is larger, what is smaller, and how sure that is (`rival compare`).

use crate::analyze::parameters::FDR;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::difference::Share;
use super::findings::{Kinship, Label, RivalFinding, SCHEMA};
use super::numbers::{benjamini_hochberg, six, told};

/// The version of the JSON document.
pub const COMPARISON_SCHEMA: &str = "rival.comparison/1";

/// The part of a findings document that is compared; what it does not know is passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    schema: String,
    meta: DocumentMeta,
    #[serde(default)]
    entities: Vec<Named>,
    #[serde(default)]
    rivals: Vec<Rival>,
}

#[derive(Debug, Clone, Deserialize)]
struct DocumentMeta {
    #[serde(default)]
    lexicon_sha256: String,
    authors: u64,
    period: Option<[String; 2]>,
}

#[derive(Debug, Clone, Deserialize)]
struct Named {
    id: String,
    label: LabelRead,
}

#[derive(Debug, Clone, Deserialize)]
struct LabelRead {
    zh: String,
    en: String,
}

/// A rival as a document tells it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Rival {
    pub of: String,
    pub rival: String,
    pub level: String,
    pub rank: usize,
    pub relation: String,
    pub threat: Option<f64>,
    pub ci90: Option<[f64; 2]>,
    pub switching: Switched,
}

impl Rival {
    /// Whether it is taken with the subject, not in its place.
    fn is_complement(&self) -> bool {
        self.relation == Kinship::Complement.as_str()
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Switched {
    pub to_rival: u64,
    pub from_rival: u64,
}

impl From<&RivalFinding> for Rival {
    fn from(found: &RivalFinding) -> Self {
        Self {
            of: found.of.clone(),
            rival: found.rival.clone(),
            level: found.level.as_str().to_owned(),
            rank: found.rank,
            relation: found.relation.as_str().to_owned(),
            threat: found.threat,
            ci90: found.ci90,
            switching: Switched { to_rival: found.switching.to_rival, from_rival: found.switching.from_rival },
        }
    }
}

/// What is said of one pair in both documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairDifference {
    /// The subject.
    pub of: String,
    /// Its rival.
    pub rival: String,
    /// The level.
    pub level: String,
    /// In the first document.
    pub a: Told,
    /// In the second.
    pub b: Told,
    /// Θ in the second less Θ in the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<f64>,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci90: Option<[f64; 2]>,
    /// Benjamini–Hochberg over all pairs compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// q < 0.10.
    pub significant: bool,
}

/// One document's figures on a pair; without `rank` the pair is not listed there.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Told {
    /// Its place in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Θ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threat: Option<f64>,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci90: Option<[f64; 2]>,
    /// Authors who say they switched to the rival.
    pub to_rival: u64,
    /// And back.
    pub from_rival: u64,
}

/// What one side of a comparison rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Its name, as given.
    pub name: String,
    /// Distinct authors.
    pub authors: u64,
    /// First and last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<[String; 2]>,
}

/// Two documents side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Always [`COMPARISON_SCHEMA`].
    pub schema: &'static str,
    /// The first document.
    pub a: Source,
    /// The second.
    pub b: Source,
    /// Pairs that either lists, of subjects that both have, by subject and level, the largest share first.
    pub rivals: Vec<PairDifference>,
    /// Subjects that only the first document has.
    pub only_a: Vec<String>,
    /// Subjects that only the second has.
    pub only_b: Vec<String>,
    /// Labels of all entities named.
    pub labels: BTreeMap<String, Label>,
    /// What to be careful about.
    pub warnings: Vec<String>,
}

/// Compares two documents.
///
/// # Errors
/// The name and schema of a document that is none of findings.
pub fn compare(a: (&str, &Document), b: (&str, &Document)) -> Result<Comparison, String> {
    for (name, document) in [a, b] {
        if document.schema != SCHEMA {
            return Err(format!("{name} is a {} document, not {SCHEMA}", document.schema));
        }
    }
    let source = |(name, document): (&str, &Document)| Source {
        name: name.to_owned(),
        authors: document.meta.authors,
        period: document.meta.period.clone(),
    };
    let labels = a.1.entities.iter().chain(&b.1.entities);
    let mut warnings = Vec::new();
    if a.1.meta.lexicon_sha256 != b.1.meta.lexicon_sha256 {
        warnings.push("the two were read with different word lists: part of a difference may be the words'".to_owned());
    }
    warnings.push(
        "the interval takes the posts of the two documents for different ones; where they share posts it is too wide"
            .to_owned(),
    );
    Ok(Comparison {
        schema: COMPARISON_SCHEMA,
        a: source(a),
        b: source(b),
        rivals: differences(&a.1.rivals, &b.1.rivals),
        only_a: subjects(&a.1.rivals).difference(&subjects(&b.1.rivals)).map(|&(of, _)| of.to_owned()).collect(),
        only_b: subjects(&b.1.rivals).difference(&subjects(&a.1.rivals)).map(|&(of, _)| of.to_owned()).collect(),
        labels: labels.map(|e| (e.id.clone(), Label { zh: e.label.zh.clone(), en: e.label.en.clone() })).collect(),
        warnings,
    })
}

/// The subjects of some rivals, with their level.
fn subjects(rivals: &[Rival]) -> BTreeSet<(&str, &str)> {
    rivals.iter().map(|rival| (rival.of.as_str(), rival.level.as_str())).collect()
}

/// The pairs that either side lists, of subjects that both have.
fn differences(a: &[Rival], b: &[Rival]) -> Vec<PairDifference> {
    judged(vec![paired(a, b)]).into_iter().flatten().collect()
}

/// The same for several couples of lists, with q over all of them.
pub(super) fn differences_of(sides: &[[Vec<Rival>; 2]]) -> Vec<Vec<PairDifference>> {
    judged(sides.iter().map(|[a, b]| paired(a, b)).collect())
}

/// A pair with the p of its difference, where it has one.
type Paired = (PairDifference, Option<f64>);

fn paired(a: &[Rival], b: &[Rival]) -> Vec<Paired> {
    let (of_a, of_b) = (subjects(a), subjects(b));
    let mut pairs: BTreeMap<(&str, &str, &str), [Option<&Rival>; 2]> = BTreeMap::new();
    for (side, rivals) in [a, b].into_iter().enumerate() {
        let both = |rival: &&Rival| [&of_a, &of_b].iter().all(|of| of.contains(&(&*rival.of, &*rival.level)));
        for rival in rivals.iter().filter(both) {
            pairs.entry((&rival.of, &rival.level, &rival.rival)).or_default()[side] = Some(rival);
        }
    }
    pairs
        .into_iter()
        // What both sides hold for a complement is no rival of either.
        .filter(|(_, sides)| !sides.iter().flatten().all(|rival| rival.is_complement()))
        .map(|((of, level, rival), sides)| {
            let found = match sides.map(|side| side.and_then(share)) {
                [Some(one), Some(two)] => one.against(two),
                _ => None,
            };
            let [a, b] = sides.map(|side| side.map(Told::of).unwrap_or_default());
            let pair = PairDifference {
                of: of.to_owned(),
                rival: rival.to_owned(),
                level: level.to_owned(),
                a,
                b,
                difference: found.map(|d| six(d.value)),
                ci90: found.map(|d| d.ci90.map(six)),
                q: None,
                significant: false,
            };
            (pair, found.map(|d| d.p))
        })
        .collect()
}

/// Adds q and sorts.
fn judged(mut lists: Vec<Vec<Paired>>) -> Vec<Vec<PairDifference>> {
    let p: Vec<f64> = lists.iter().flatten().filter_map(|(_, p)| *p).collect();
    let mut q = benjamini_hochberg(&p).into_iter();
    for (pair, _) in lists.iter_mut().flatten().filter(|(_, p)| p.is_some()) {
        pair.q = q.next().and_then(told);
        pair.significant = pair.q.is_some_and(|q| q < FDR);
    }
    let largest = |pair: &PairDifference| [pair.a.threat, pair.b.threat].into_iter().flatten().fold(0.0, f64::max);
    let sorted = |list: Vec<Paired>| {
        let mut out: Vec<PairDifference> = list.into_iter().map(|(pair, _)| pair).collect();
        out.sort_by(|x, y| {
            (&x.of, &x.level)
                .cmp(&(&y.of, &y.level))
                .then(largest(y).total_cmp(&largest(x)))
                .then(x.rival.cmp(&y.rival))
        });
        out
    };
    lists.into_iter().map(sorted).collect()
}

/// The share of a rival, where it has an interval.
fn share(rival: &Rival) -> Option<Share> {
    Some(Share { value: rival.threat?, ci90: rival.ci90? })
}

impl Told {
    pub(super) fn of(rival: &Rival) -> Self {
        Self {
            rank: Some(rival.rank),
            threat: rival.threat,
            ci90: rival.ci90,
            to_rival: rival.switching.to_rival,
            from_rival: rival.switching.from_rival,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rival(of: &str, rival: &str, threat: f64, half: f64) -> Rival {
        Rival {
            of: of.into(),
            rival: rival.into(),
            level: "category".into(),
            rank: 1,
            relation: "competitor".into(),
            threat: Some(threat),
            ci90: Some([threat - half, threat + half]),
            switching: Switched { to_rival: 0, from_rival: 0 },
        }
    }

    #[test]
    fn only_subjects_of_both_are_compared_and_only_clear_differences_are_significant() {
        let a =
            [rival("beer", "whisky", 0.10, 0.01), rival("beer", "wine", 0.20, 0.05), rival("tea", "coffee", 0.3, 0.1)];
        let b =
            [rival("beer", "whisky", 0.20, 0.02), rival("beer", "wine", 0.21, 0.05), rival("beer", "soju", 0.1, 0.05)];
        let found = differences(&a, &b);
        let by = |id: &str| found.iter().find(|p| p.rival == id).expect("compared");
        assert_eq!(found.iter().map(|p| p.of.as_str()).collect::<BTreeSet<_>>(), BTreeSet::from(["beer"]));
        assert!(by("whisky").significant && by("whisky").ci90.is_some_and(|[low, _]| low > 0.0));
        assert!(!by("wine").significant && by("wine").difference == Some(0.01));
        assert!(by("soju").difference.is_none() && by("soju").a.rank.is_none() && !by("soju").significant);
    }
}
