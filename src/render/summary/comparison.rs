//! Two runs side by side on a terminal (`rival compare`).

use super::figures::{counted, percent};
use super::ink::{TIE, Text};
use super::page::Page;
use super::table::{Table, figure, words};
use super::{LEAST_WIDTH, Look};
use crate::analyze::compare::{Comparison, PairDifference, Source, Told};

/// Rows of a subject, the significant ones always among them.
const ROWS: usize = 8;

/// The comparison as a person reads it: a table per subject and level, the significant differences marked.
pub fn comparison(compared: &Comparison, look: Look) -> String {
    let mut page = Page::new(Look { width: look.width.max(LEAST_WIDTH), ..look });
    for (letter, source) in [("A", &compared.a), ("B", &compared.b)] {
        page.entry(letter, &Text::plain(&about(source)));
    }
    for pairs in compared.rivals.chunk_by(|x, y| (&x.of, &x.level) == (&y.of, &y.level)) {
        page.blank();
        table(compared, pairs, &mut page);
    }
    page.blank();
    if compared.rivals.is_empty() {
        page.entry("NOTHING IN COMMON", &Text::plain("no subject has rivals in both documents"));
    }
    let found = compared.rivals.iter().filter(|pair| pair.significant).count() as u64;
    page.entry("SIGNIFICANT", &Text::plain(&format!("{}, marked * (q < 0.10)", counted(found, "difference"))));
    for (heading, ids) in [("ONLY IN A", &compared.only_a), ("ONLY IN B", &compared.only_b)] {
        let mut names: Vec<String> = ids.iter().map(|id| name(compared, id)).collect();
        names.dedup();
        if !names.is_empty() {
            page.entry(heading, &Text::plain(&names.join(" · ")));
        }
    }
    for warning in &compared.warnings {
        page.entry("BE CAREFUL", &Text::plain(warning));
    }
    page.finish()
}

/// What a document rests on.
fn about(source: &Source) -> String {
    let period = source.period.as_ref().and_then(super::figures::period).map(|p| format!(" · {p}")).unwrap_or_default();
    format!("{} · {}{period}", source.name, counted(source.authors, "author"))
}

fn table(compared: &Comparison, pairs: &[PairDifference], page: &mut Page) {
    let mut shown: Vec<&PairDifference> = pairs.iter().filter(|p| p.significant).collect();
    shown.extend(pairs.iter().filter(|p| !p.significant).take(ROWS.saturating_sub(shown.len())));
    let largest = |p: &PairDifference| [p.a.threat, p.b.threat].into_iter().flatten().fold(0.0, f64::max);
    shown.sort_by(|x, y| largest(y).total_cmp(&largest(x)).then_with(|| x.rival.cmp(&y.rival)));
    let rows: Vec<Vec<Text>> = shown.iter().map(|pair| row(compared, pair)).collect();
    let title = format!("{} ({})", name(compared, &pairs[0].of), pairs[0].level);
    let columns = vec![
        words("rival", 12),
        figure("in A"),
        figure("in B"),
        figure("B − A, points"),
        figure("90 % range").going(2),
        figure("q"),
        figure("switched A, B").going(1),
    ];
    let table = Table::new(columns, rows.iter(), page.width());
    for line in table.head(&title).into_iter().chain(rows.iter().map(|row| table.row(row))) {
        page.raw(&line);
    }
}

fn row(compared: &Comparison, pair: &PairDifference) -> Vec<Text> {
    let dash = || "–".to_owned();
    let share = |told: &Told| match (told.threat, told.rank) {
        (Some(threat), _) => percent(threat),
        (None, Some(_)) => dash(),
        (None, None) => "not listed".to_owned(),
    };
    let mark = if pair.significant { " *" } else { "" };
    let cells = [
        format!("{}{mark}", name(compared, &pair.rival)),
        share(&pair.a),
        share(&pair.b),
        pair.difference.map_or_else(dash, points),
        pair.ci90.map_or_else(dash, |[low, high]| format!("{}{TIE}to{TIE}{}", points(low), points(high))),
        pair.q.map_or_else(dash, |q| if q < 0.001 { "<0.001".to_owned() } else { format!("{q:.3}") }),
        format!("{},{TIE}{}", pair.a.to_rival, pair.b.to_rival),
    ];
    cells.iter().map(|cell| Text::plain(cell)).collect()
}

/// Percentage points with their sign.
fn points(difference: f64) -> String {
    format!("{:+.1}", difference * 100.0)
}

/// Both labels of an entity, or its id.
fn name(compared: &Comparison, id: &str) -> String {
    match compared.labels.get(id) {
        Some(label) if label.zh == label.en => label.en.clone(),
        Some(label) => format!("{} {}", label.en, label.zh),
        None => id.to_owned(),
    }
}
