//! What the benches share: the bed they lie in, the settings of criterion, and paired rounds.

mod corpus;
mod paired;

use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, SamplingMode, Throughput};
use rival::interpret::Interpreter;
use rival::lexicon::Lexicon;

pub use corpus::{Corpus, read_all};
pub use paired::{Variant, paired};

/// What every bench needs.
pub struct Bed {
    /// Chinese and English posts.
    pub corpora: [Corpus; 2],
    /// The built-in lexicons, compiled.
    pub interpreter: Arc<Interpreter>,
}

impl Bed {
    /// Makes the text, loads the lexicons, so that no measurement does.
    pub fn new() -> Self {
        let lexicon = Lexicon::built_in().expect("the built-in lexicons load");
        let interpreter = Interpreter::new(Arc::new(lexicon)).expect("they compile");
        Self { corpora: corpus::corpora(), interpreter: Arc::new(interpreter) }
    }
}

/// Short measurements: all benches together stay under four minutes.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_500))
        .nresamples(5_000)
        .configure_from_args()
}

/// A group whose samples all take equally many rounds: one pass over the text takes up to 0.2 s, too long for growing ones.
pub fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sampling_mode(SamplingMode::Flat);
    group
}

/// Throughput over the text of a corpus.
pub fn throughput(corpus: &Corpus) -> Throughput {
    Throughput::Bytes(corpus.bytes)
}
