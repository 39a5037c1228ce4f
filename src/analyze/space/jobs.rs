//! What a subject is taken for: its jobs against the market's, and who would be taken there instead.

use super::super::findings::{JobFinding, JobRival, JobsFinding, Level, Lift, Needed};
use super::super::numbers::{Estimate, q_either, six};
use super::super::parameters::{GATE_AUTHORS, GATE_BUCKETS};
use super::super::quoting::Quoting;
use super::super::study::{Study, SubjectStudy};
use super::Tables;
use crate::accumulate::{Cell, JobCounts};

/// Jobs shown.
const SHOWN: usize = 12;
/// Authors from which on a job is shown.
const AUTHORS: u64 = 5;
/// Rivals shown of a job.
const RIVALS: usize = 3;

/// The jobs of one subject that are shown.
pub(super) struct JobsLook<'a> {
    at: usize,
    cells: Vec<(usize, &'a JobCounts)>,
}

impl<'a> JobsLook<'a> {
    /// Those with most authors.
    pub fn of(study: &Study<'a>, at: usize) -> Self {
        let all = study.layout.jobs.rows[at].iter().copied();
        let mut cells: Vec<(usize, &JobCounts)> = all.filter(|(_, job)| job.authors >= AUTHORS).collect();
        cells.sort_by_key(|&(cell, job)| (std::cmp::Reverse(job.authors), cell));
        cells.truncate(SHOWN);
        Self { at, cells }
    }

    /// ln of the lift of each, under some weights.
    pub fn read(&self, tables: &Tables<'_>) -> Vec<f64> {
        let (jobs, occasions) = (&tables.sample.jobs, tables.profiles.row(self.at));
        let lift = |cell: usize| jobs.share(self.at, occasions, cell) / tables.market_jobs[cell];
        self.cells.iter().map(|&(cell, _)| lift(cell).ln()).collect()
    }

    /// The jobs as the document shows them.
    pub fn finding(
        &self,
        study: &Study<'_>,
        subject: &SubjectStudy<'_>,
        level: Level,
        whole: &[f64],
        replicates: &[&[f64]],
        quoting: &mut Quoting<'_>,
    ) -> JobsFinding {
        let estimates: Vec<Option<Estimate>> = (0..whole.len())
            .map(|n| Estimate::of(whole[n], &replicates.iter().map(|r| r[n]).collect::<Vec<_>>()))
            .collect();
        let q = q_either(&estimates);
        let allowed = study.layout.jobs.allow(self.at);
        let authors = study.sample.jobs.total[self.at];
        let (layout, taxonomy) = (study.layout, study.layout.taxonomy);
        let cells = self.cells.iter().enumerate().map(|(n, &(cell, counts))| {
            let (occasion, motive) = layout.jobs.job(cell);
            let voiced = layout.counts.demand.get(&(occasion, motive)).map_or(0, |d| d.authors.total());
            JobFinding {
                occasion: taxonomy.occasion(occasion).name.id.clone(),
                motive: taxonomy.motive(motive).name.id.clone(),
                authors: counts.authors,
                unmet: counts.unmet,
                share: six(study.sample.jobs.share(self.at, study.profiles.row(self.at), cell)),
                lift: Lift::of(whole[n], estimates[n], q[n]),
                rivals: rivals(study, subject, cell),
                quotes: quoting.cite(Cell::Job(occasion, motive), voiced, 1),
            }
        });
        JobsFinding {
            of: study.id(self.at).to_owned(),
            level,
            in_structure: allowed,
            authors: six(authors),
            needed: (!allowed).then(|| Needed {
                authors: (GATE_AUTHORS as f64 - authors).ceil().max(0.0) as u64,
                buckets: GATE_BUCKETS.saturating_sub(layout.jobs.buckets(self.at)),
            }),
            cells: cells.collect(),
        }
    }
}

/// The greatest shares of those who leave the subject in a job.
fn rivals(study: &Study<'_>, subject: &SubjectStudy<'_>, cell: usize) -> Vec<JobRival> {
    let shares = subject.reading.in_job(&subject.field, &study.sample, &study.profiles, cell);
    let mut order: Vec<usize> =
        subject.order[..subject.competing].iter().copied().filter(|&n| shares[n].is_finite()).collect();
    order.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]).then(a.cmp(&b)));
    let rival = |&n: &usize| JobRival { rival: study.id(subject.field.rivals[n]).to_owned(), share: six(shares[n]) };
    order.iter().take(RIVALS).map(rival).collect()
}
