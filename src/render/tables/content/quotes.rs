//! The quotes, and which figure each of them stands behind.

use crate::analyze::findings::QuoteFinding;
use crate::render::tables::definition::{Columns, Spec};
use crate::render::tables::source::Source;

use super::{rival_kind, subject_kind};

/// Every quote, once.
pub(super) fn quotes<'s>() -> Spec<'s, &'s QuoteFinding> {
    let columns = Columns::new()
        .text("quote_id", "Its id, as in findings.json", |q: &&QuoteFinding| &q.id)
        .text("quote_text", "The words, people masked, on one line", |q| &q.text)
        .made("marked_words", "The words that carry the statement", marked)
        .text("lang", "zh or en", |q| q.lang)
        .maybe_text("platform", "Where", |q| q.platform.as_deref())
        .day("posted_on", "The day", |q| q.time.as_deref())
        .month("posted_month", "The first day of its month", |q| q.time.as_deref())
        .truth("is_cut", "The text goes on before or after", |q| q.cut)
        .maybe_text("source_url", "Its address; only with --with-urls", |q| q.url.as_deref());
    Spec {
        name: "quotes",
        version: 1,
        doc: "The quotes behind the figures, in the order of first use",
        key: &["quote_id"],
        indexes: &[],
        columns,
        rows: |source| source.findings.quotes.iter().collect(),
    }
}

/// The marked words of a quote, one after the other.
fn marked(quote: &&QuoteFinding) -> String {
    let words = quote.spans.iter().filter_map(|&[start, end]| quote.text.get(start as usize..end as usize));
    words.collect::<Vec<_>>().join(" … ")
}

/// One use of a quote: the figure that it stands behind. Ids that do not apply are absent.
#[derive(Default)]
pub(super) struct Citation<'s> {
    quote: &'s str,
    behind: &'static str,
    entity_kind: Option<&'static str>,
    entity: &'s str,
    occasion: Option<&'s str>,
    motive: Option<(&'s str, &'s str)>,
    rival: Option<(&'static str, &'static str, &'s str)>,
    ordinal: usize,
}

/// Which figure each quote stands behind.
pub(super) fn citations<'s>() -> Spec<'s, Citation<'s>> {
    let columns = Columns::new()
        .text("quote_id", "The quote", |c: &Citation<'_>| c.quote)
        .text("behind", "The table of the figure: entities, entity_occasions, entity_motives, rivals …", |c| c.behind)
        .maybe_text("entity_kind", "category or brand", |c| c.entity_kind)
        .text("entity_id", "The entity, or the subject of a pair", |c| c.entity)
        .maybe_text("occasion_id", "The occasion", |c| c.occasion)
        .maybe_text("motive_id", "The motive", |c| c.motive.map(|m| m.0))
        .maybe_text("motive_role", "buy, avoid or repeat", |c| c.motive.map(|m| m.1))
        .maybe_text("rival_level", "category, brand or cross", |c| c.rival.map(|r| r.0))
        .maybe_text("rival_kind", "category or brand", |c| c.rival.map(|r| r.1))
        .maybe_text("rival_id", "The rival", |c| c.rival.map(|r| r.2))
        .count("quote_ordinal", "1 tells most", |c| c.ordinal);
    Spec {
        name: "citations",
        version: 1,
        doc: "Which figure each quote stands behind: joins `quotes` with the other tables",
        key: &[
            "behind",
            "entity_kind",
            "entity_id",
            "occasion_id",
            "motive_id",
            "motive_role",
            "rival_level",
            "rival_id",
            "quote_id",
        ],
        indexes: &[&["quote_id"], &["entity_id"]],
        columns,
        rows: all,
    }
}

/// All uses of all quotes.
fn all<'s>(source: &'s Source<'s>) -> Vec<Citation<'s>> {
    let mut out = Vec::new();
    let mut cite = |quotes: &'s [String], what: Citation<'s>| {
        out.extend(quotes.iter().enumerate().map(|(at, quote)| Citation { quote, ordinal: at + 1, ..what }));
    };
    for e in &source.findings.entities {
        let of = || Citation { entity_kind: Some(e.level.as_str()), entity: &e.id, ..Citation::default() };
        cite(&e.quotes, Citation { behind: "entities", ..of() });
        for o in &e.occasions {
            cite(&o.quotes, Citation { behind: "entity_occasions", occasion: Some(&o.id), ..of() });
        }
        for m in &e.motives {
            cite(&m.quotes, Citation { behind: "entity_motives", motive: Some((&m.id, m.role)), ..of() });
        }
    }
    for r in &source.findings.rivals {
        let rival = Some((r.level.as_str(), rival_kind(r.level), r.rival.as_str()));
        let entity_kind = Some(subject_kind(r.level));
        cite(&r.quotes, Citation { behind: "rivals", entity_kind, entity: &r.of, rival, ..Citation::default() });
    }
    for s in &source.findings.subjects {
        for said in &s.said {
            let rival = Some((s.level.as_str(), rival_kind(s.level), said.rival.as_str()));
            let entity_kind = Some(subject_kind(s.level));
            cite(&said.quotes, Citation { behind: "said", entity_kind, entity: &s.of, rival, ..Citation::default() });
        }
    }
    for left in &source.findings.outside_option {
        let entity_kind = source.book.entity(&left.of).map(|e| e.level.as_str());
        let what = Citation { behind: "outside_option", entity_kind, entity: &left.of, ..Citation::default() };
        cite(&left.quotes, what);
    }
    out
}
