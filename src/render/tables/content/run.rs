//! The run itself: where the figures come from, what to be careful about, and what all columns mean.

use crate::analyze::findings::{Findings, Warning};
use crate::render::tables::definition::{Column, Columns, Definition, Spec};
use crate::render::tables::definitions;

use super::word;

/// One row: the run.
pub(super) fn meta<'s>() -> Spec<'s, &'s Findings> {
    let columns = Columns::new()
        .text("rival_version", "Version of the program", |f: &&Findings| &f.meta.version)
        .text("findings_schema", "Version of findings.json", |f| f.schema)
        .text("lexicon_sha256", "Hash of the lexicons that were loaded", |f| &f.meta.lexicon_sha256)
        .day("period_start", "Day of the first post", |f| f.meta.period.as_ref().map(|p| p[0].as_str()))
        .day("period_end", "Day of the last post", |f| f.meta.period.as_ref().map(|p| p[1].as_str()))
        .count("rows_read", "Rows read: analyzed, rejected and set aside", |f| f.meta.rows.read)
        .count("rows_analyzed", "Rows that count", |f| f.meta.rows.analyzed)
        .count("rows_rejected", "Rows that could not be used", |f| f.meta.rows.rejected)
        .count("rows_set_aside", "Rows left out on purpose, duplicates among them", |f| f.meta.rows.set_aside)
        .count("posts_consumer", "Consumer posts without duplicates", |f| f.meta.posts.consumer)
        .count("posts_official", "Posts of brands, dealers, media and advertisements", |f| f.meta.posts.official)
        .count("posts_duplicate", "Posts dropped as duplicates", |f| f.meta.posts.duplicate)
        .count("authors", "Distinct consumers", |f| f.meta.authors)
        .count("linked_authors", "Authors who link an entity with an occasion", |f| f.coverage.linked_authors)
        .maybe_real("share_with_entity", "Share of the posts that name an entity", |f| f.coverage.entity)
        .maybe_real("share_with_occasion", "Share of the posts that speak of an occasion", |f| f.coverage.occasion)
        .maybe_real("share_with_both", "Share of the posts that do both", |f| f.coverage.both)
        .made("frame_source", "How it is known how the export was fetched", |f| word(&f.frame.source))
        .made("fetched_by", "Entities by whose name posts were fetched", |f| f.frame.fetched_by.join(", "))
        .maybe_real("fetched_share", "Share of the posts that were fetched so", |f| f.frame.fetched_share)
        .truth("shares_given", "Whether shares between entities mean anything", |f| f.frame.shares_given)
        .made("focus", "Entities asked for", |f| f.meta.parameters.focus.join(", "))
        .made("known", "Rivals on the user's own list", |f| f.meta.parameters.known.join(", "))
        .count("top_n", "Rivals shown per subject", |f| f.meta.parameters.top)
        .count("gate_authors", "Authors that an entity needs to be ranked", |f| f.meta.parameters.gate_authors)
        .count("gate_buckets", "Buckets of authors, of 64, that it needs", |f| f.meta.parameters.gate_buckets)
        .real("k_category", "Shrinkage of category profiles, in authors", |f| f.meta.parameters.k_category)
        .real("k_brand", "Shrinkage of brand profiles, in authors", |f| f.meta.parameters.k_brand);
    Spec {
        name: "meta",
        version: 1,
        doc: "The run: one row",
        key: &["run_id"],
        indexes: &[],
        columns,
        rows: |source| vec![source.findings],
    }
}

/// A part of the posts, and how many there are.
pub(super) type PostCount<'s> = (&'static str, &'s str, u64);

/// Posts by language, platform and voice.
pub(super) fn post_counts<'s>() -> Spec<'s, PostCount<'s>> {
    let columns = Columns::new()
        .text("counted_by", "language, platform or voice", |c: &PostCount<'_>| c.0)
        .text("counted_value", "Which", |c| c.1)
        .count("posts", "Posts without duplicates; of consumers, but by voice", |c| c.2);
    Spec {
        name: "post_counts",
        version: 1,
        doc: "The posts by language, platform and voice",
        key: &["counted_by", "counted_value"],
        indexes: &[],
        columns,
        rows: |source| {
            let meta = &source.findings.meta;
            let parts = [("language", &meta.languages), ("platform", &meta.platforms), ("voice", &meta.posts.voices)];
            parts.into_iter().flat_map(|(by, all)| all.iter().map(move |(name, n)| (by, name.as_str(), *n))).collect()
        },
    }
}

/// A warning and one of the ids that it is about.
pub(super) type WarningRow<'s> = (&'s Warning, Option<&'s str>);

/// What is missing and why.
pub(super) fn warnings<'s>() -> Spec<'s, WarningRow<'s>> {
    let columns = Columns::new()
        .text("warning_code", "A stable code", |w: &WarningRow<'_>| w.0.code)
        .maybe_text("about_id", "What it is about; absent for the whole run", |w| w.1)
        .maybe_text("text_zh", "What to be careful about, in Chinese", |w| Some(&w.0.text.zh))
        .maybe_text("text_en", "The same in English", |w| Some(&w.0.text.en));
    Spec {
        name: "warnings",
        version: 1,
        doc: "What is missing and why, and what to be careful about: one row per code and id",
        key: &["warning_code", "about_id", "text_en"],
        indexes: &[&["about_id"]],
        columns,
        rows: |source| {
            let all = &source.findings.warnings;
            let about = |warning: &'s Warning| -> Vec<Option<&'s str>> {
                if warning.of.is_empty() { vec![None] } else { warning.of.iter().map(|id| Some(id.as_str())).collect() }
            };
            all.iter().flat_map(|warning| about(warning).into_iter().map(move |id| (warning, id))).collect()
        },
    }
}

/// A column with its table and its place in it, from 1.
pub(super) type ColumnRow = (Definition, usize, Column);

/// What every column of every table means.
pub(super) fn columns<'s>() -> Spec<'s, ColumnRow> {
    let columns = Columns::new()
        .text("table_name", "The table", |c: &ColumnRow| c.0.name)
        .text("table_description", "What a row of it is", |c| c.0.doc)
        .count("column_ordinal", "The column's place, from 1", |c| c.1)
        .text("column_name", "The column", |c| c.2.name)
        .text("column_kind", "text, integer, real, boolean or date", |c| c.2.kind.as_str())
        .truth("may_be_absent", "Whether it may be empty", |c| c.2.optional)
        .text("column_description", "What it holds", |c| c.2.doc);
    Spec {
        name: "columns",
        version: 1,
        doc: "What every column of every table means",
        key: &["table_name", "column_name"],
        indexes: &[],
        columns,
        rows: |_| {
            let numbered = |table: Definition| {
                let columns = table.columns.clone();
                columns.into_iter().enumerate().map(move |(at, column)| (table.clone(), at + 1, column))
            };
            definitions().into_iter().flat_map(numbered).collect()
        },
    }
}
