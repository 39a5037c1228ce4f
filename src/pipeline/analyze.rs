//! `rival analyze`: posts → tally → findings.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::PoisonError;

use super::run::{Report, Run};
use super::worker::Fate;
use crate::accumulate::{Frame, Grouping, Tally};
use crate::analyze::{Findings, Parameters};
use crate::error::Result;
use crate::interpret::Interpreter;
use crate::lexicon::id::Entity;
use crate::matcher::Scratch;
use crate::normalize::Document;
use crate::read::reject::Reason;

/// What to analyze besides the run itself.
#[derive(Debug, Clone, Default)]
pub struct AnalyzePlan {
    /// What to look at.
    pub parameters: Parameters,
    /// How the export was fetched, where the user says so: the words of the query.
    pub sampled_by: Option<String>,
    /// Keep the address of quotes.
    pub with_urls: bool,
    /// The same figures per part of the posts.
    pub by: Option<Grouping>,
}

/// Findings and the fate of the rows they rest on.
#[derive(Debug)]
pub struct Analysis {
    /// What was found.
    pub findings: Findings,
    /// Where all rows went.
    pub report: Report,
}

/// Reads everything, counts, and draws the findings.
///
/// # Errors
/// A ledger that does not balance (a bug).
pub fn analyze(run: Run, plan: &AnalyzePlan) -> Result<Analysis> {
    let interpreter = run.interpreter.clone();
    let taxonomy = &interpreter.lexicon().taxonomy;
    // Tallies by file: a file that breaks off later takes nothing with it. Each batch adds to whatever tally of its file is free.
    let tallies: Mutex<Vec<(u32, Tally)>> = Mutex::default();
    let mut report = run.each(
        |worker, interpreter, filter, batch| {
            let mut tally = {
                let mut free = tallies.lock().unwrap_or_else(PoisonError::into_inner);
                match free.iter().position(|(file, _)| *file == batch.file()) {
                    Some(i) => free.swap_remove(i).1,
                    None => Tally::new(plan.with_urls),
                }
            };
            let outcome = worker.read(interpreter, filter, batch, |post, evidence, fate| {
                if fate == Fate::Analyzed {
                    tally.add(post, evidence, taxonomy);
                }
            });
            tallies.lock().unwrap_or_else(PoisonError::into_inner).push((batch.file(), tally));
            (outcome, ())
        },
        |_, ()| Ok(()),
    )?;
    let failed: BTreeSet<u32> = report.failures().map(|f| f.file).collect();
    let mut whole = Tally::new(plan.with_urls);
    let parts = tallies.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (file, tally) in parts {
        if failed.contains(&file) {
            let lost = tally.len() as u64;
            let reason = failed_reason(&report, file);
            report.ledger.reject_later(reason, lost);
        } else {
            whole.merge(tally);
        }
    }
    let frame = frame(&interpreter, &whole, plan.sampled_by.as_deref());
    let (mut counts, groups) = match plan.by {
        Some(by) => whole.finish_by(taxonomy, &frame, by),
        None => (whole.finish(taxonomy, &frame), Vec::new()),
    };
    for (reason, rows) in [
        (Reason::DuplicateId, counts.posts.duplicates.same_id),
        (Reason::EditedPost, counts.posts.duplicates.edited),
        (Reason::NearDuplicate, counts.posts.duplicates.near),
    ] {
        report.ledger.set_aside_later(reason, rows);
    }
    crate::analyze::spare(&mut counts, taxonomy, &plan.parameters);
    let mut findings = crate::analyze::analyze(&counts, taxonomy, &plan.parameters);
    if let Some(by) = plan.by {
        findings.groups = crate::analyze::groups(&findings, &groups, by, taxonomy, &plan.parameters);
        if by.is_period() {
            crate::analyze::changes(&mut findings, &groups, taxonomy, &plan.parameters);
        }
    }
    let rows = &mut findings.meta.rows;
    rows.read = report.ledger.read;
    rows.analyzed = report.ledger.analyzed;
    rows.rejected = report.ledger.rejected_rows();
    rows.set_aside = report.ledger.set_aside_rows();
    let changed = report.ledger.warned.get(&Reason::FileChanged).copied().unwrap_or_default();
    crate::analyze::about_files(
        &mut findings,
        report.failures().count(),
        usize::try_from(changed).unwrap_or(usize::MAX),
    );
    findings.meta.lexicon_sha256 = interpreter.lexicon().sha256.clone();
    Ok(Analysis { findings, report })
}

fn failed_reason(report: &Report, file: u32) -> Reason {
    report.failures().find(|f| f.file == file).map_or(Reason::Internal, |f| f.reason)
}

/// What the queries behind the posts name.
fn frame(interpreter: &Interpreter, tally: &Tally, sampled_by: Option<&str>) -> Frame {
    let mut scratch = Scratch::default();
    let mut names = |words: &str| -> Vec<Entity> {
        let doc = Document::new(words, 0);
        let mut entities: Vec<Entity> = interpreter
            .read(&doc, &mut scratch)
            .mentions
            .iter()
            .map(|m| m.brand.map_or(Entity::Category(m.category), Entity::Brand))
            .collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    };
    Frame {
        keywords: tally.keywords().into_iter().map(|(keyword, _)| (keyword.to_owned(), names(keyword))).collect(),
        sampled_by: sampled_by.map(&mut names),
    }
}
