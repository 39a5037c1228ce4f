//! One run over the inputs: the reading thread hands batches to workers and takes their results back in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::filter::Filter;
use super::lost::{Rejects, Telling};
use super::worker::{Outcome, Worker};
use crate::error::{Error, ErrorKind, Result};
use crate::interpret::Interpreter;
use crate::read::ledger::Ledger;
use crate::read::reject::Reason;
use crate::read::{Batch, Event, FileFacts, FileFailure, Inputs, Reader, Reading};

/// What a run is about.
pub struct Run {
    /// The files.
    pub inputs: Inputs,
    /// What the user tells of them.
    pub reading: Reading,
    /// Which posts.
    pub filter: Filter,
    /// Worker threads; 1 does all on the calling thread.
    pub threads: usize,
    /// The compiled lexicons.
    pub interpreter: Arc<Interpreter>,
    /// Told now and then how far the run is.
    pub progress: Option<Box<dyn Fn(Progress) + Send + Sync>>,
    /// Where rows that were not used are told one by one.
    pub rejects: Option<Rejects>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows handed to workers so far.
    pub rows: u64,
    /// Decoded bytes handed to workers so far.
    pub bytes: u64,
}

/// A file that was read, or could not be.
#[derive(Debug, Clone)]
pub enum FileReport {
    /// Read to its end.
    Read(FileFacts),
    /// Not used.
    Failed(FileFailure),
}

impl FileReport {
    /// How messages call the file.
    pub fn label(&self) -> &str {
        match self {
            FileReport::Read(facts) => &facts.label,
            FileReport::Failed(failure) => &failure.label,
        }
    }
}

/// Where all rows went.
#[derive(Debug, Default)]
pub struct Report {
    /// All rows.
    pub ledger: Ledger,
    /// Files in input order.
    pub files: Vec<FileReport>,
}

impl Report {
    /// The files that could not be used.
    pub fn failures(&self) -> impl Iterator<Item = &FileFailure> {
        self.files.iter().filter_map(|f| match f {
            FileReport::Failed(failure) => Some(failure),
            FileReport::Read(_) => None,
        })
    }

    /// Whether the result is not all that it should be: a file failed or changed, or a bug met a row.
    pub fn is_degraded(&self) -> bool {
        let has_changed = self.ledger.warned.contains_key(&Reason::FileChanged);
        has_changed || self.failures().next().is_some() || self.ledger.rejected.contains_key(&Reason::Internal)
    }

    /// Share of rejected rows, in percent.
    pub fn reject_percent(&self) -> f64 {
        if self.ledger.read == 0 { 0.0 } else { self.ledger.rejected_rows() as f64 * 100.0 / self.ledger.read as f64 }
    }
}

/// What a worker makes of one batch.
struct Done<T> {
    seq: u64,
    file: u32,
    /// `None` if the worker stopped in the middle.
    made: Option<(Outcome, T)>,
}

/// Threads for work that can be done side by side.
///
/// # Errors
/// A system that has none left.
pub fn pool(threads: usize) -> Result<rayon::ThreadPool> {
    let started = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    started.map_err(|e| Error::new(ErrorKind::Internal, format!("threads cannot be started: {e}")))
}

/// Batches that may be on their way at once, per thread: enough that nobody waits, few enough to keep memory flat.
const IN_FLIGHT: usize = 3;

impl Run {
    /// Reads everything. `work` turns a batch into something on any thread; `emit` gets these in input order on the calling thread.
    ///
    /// # Errors
    /// What `emit` and the writer of rejects return, a worker that stopped and a ledger that does not balance (bugs).
    pub(super) fn each<T: Send>(
        self,
        work: impl Fn(&mut Worker, &Interpreter, &Filter, &Batch) -> (Outcome, T) + Sync,
        mut emit: impl FnMut(u32, T) -> Result<()>,
    ) -> Result<Report> {
        let Run { inputs, reading, filter, threads, interpreter, progress, rejects } = self;
        let telling = rejects.as_ref().map(|rejects| Telling::new(&inputs, rejects.raw));
        let reader = Reader::new(inputs, reading);
        let mut gather = Gather { rejects, ..Gather::default() };
        let mut state = Progress::default();
        let mut tell = |batch: &Batch| {
            state.rows += batch.rows();
            state.bytes += batch.len() as u64;
            if let Some(progress) = &progress {
                progress(state);
            }
        };
        if threads <= 1 {
            let mut worker = Worker::new(telling);
            let mut reader = reader;
            while let Some(event) = reader.next() {
                if let Some(batch) = gather.file_event(event) {
                    tell(&batch);
                    let (outcome, made) = work(&mut worker, &interpreter, &filter, &batch);
                    gather.count(batch.file(), outcome)?;
                    emit(batch.file(), made)?;
                    reader.recycle(batch.into_buffer());
                }
            }
        } else {
            let pool = pool(threads)?;
            let workers: Mutex<Vec<Worker>> = Mutex::default();
            let (sender, receiver) = channel();
            let (work, interpreter, filter, workers, telling) = (&work, &interpreter, &filter, &workers, &telling);
            pool.in_place_scope(|scope| -> Result<()> {
                let mut order = Order { next: 0, waiting: BTreeMap::new(), receiver };
                let mut sent = 0;
                for event in reader {
                    let Some(batch) = gather.file_event(event) else { continue };
                    tell(&batch);
                    let (seq, sender): (u64, Sender<Done<T>>) = (sent, sender.clone());
                    sent += 1;
                    scope.spawn(move |_| {
                        let idle = workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
                        let mut worker = idle.unwrap_or_else(|| Worker::new(telling.clone()));
                        // A panic here must reach the one who waits for this batch, or the run would wait for ever.
                        let made =
                            catch_unwind(AssertUnwindSafe(|| work(&mut worker, interpreter, filter, &batch))).ok();
                        if made.is_some() {
                            workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                        }
                        // The receiver outlives the scope unless the run has failed already.
                        let _ = sender.send(Done { seq, file: batch.file(), made });
                    });
                    order.take(sent, threads * IN_FLIGHT, &mut gather, &mut emit)?;
                }
                order.take(sent, 0, &mut gather, &mut emit)
            })?;
        }
        gather.finish()
    }
}

/// Brings results back into input order.
struct Order<T> {
    next: u64,
    waiting: BTreeMap<u64, Done<T>>,
    receiver: Receiver<Done<T>>,
}

impl<T> Order<T> {
    /// Takes results until at most `most` batches are on their way.
    fn take(
        &mut self,
        sent: u64,
        most: usize,
        gather: &mut Gather,
        emit: &mut impl FnMut(u32, T) -> Result<()>,
    ) -> Result<()> {
        while (sent - self.next) as usize > most {
            let Ok(done) = self.receiver.recv() else {
                return Err(Error::new(ErrorKind::Internal, "a worker thread stopped"));
            };
            self.waiting.insert(done.seq, done);
            while let Some(done) = self.waiting.remove(&self.next) {
                self.next += 1;
                let Some((outcome, made)) = done.made else {
                    return Err(Error::new(ErrorKind::Internal, "a worker stopped in the middle of its rows")
                        .help("this is a bug in rival: please report it"));
                };
                gather.count(done.file, outcome)?;
                emit(done.file, made)?;
            }
        }
        Ok(())
    }
}

/// Rows and files of the run so far.
#[derive(Default)]
struct Gather {
    ledgers: BTreeMap<u32, Ledger>,
    rejects: Option<Rejects>,
    files: Vec<FileReport>,
}

impl Gather {
    /// Files the end of a file; a batch is handed back.
    fn file_event(&mut self, event: Event) -> Option<Batch> {
        match event {
            Event::Batch(batch) => return Some(batch),
            Event::Closed(facts) => self.files.push(FileReport::Read(facts)),
            Event::Failed(failure) => self.files.push(FileReport::Failed(failure)),
        }
        None
    }

    fn count(&mut self, file: u32, outcome: Outcome) -> Result<()> {
        self.ledgers.entry(file).or_default().merge(&outcome.ledger);
        match &mut self.rejects {
            Some(rejects) if !outcome.lost.is_empty() => (rejects.write)(&outcome.lost),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Report> {
        let mut report = Report { ledger: Ledger::default(), files: self.files };
        for ledger in self.ledgers.values() {
            report.ledger.merge(ledger);
        }
        for file in &report.files {
            if let FileReport::Read(facts) = file {
                for &remark in &facts.remarks {
                    *report.ledger.warned.entry(remark).or_default() += 1;
                }
            }
        }
        if !report.ledger.balances() {
            return Err(Error::new(ErrorKind::Internal, "rows read are not rows analyzed + rejected + set aside")
                .help("this is a bug in rival: please report it"));
        }
        Ok(report)
    }
}
