//! The benches, one module per layer, one binary so that they link once. `benches/README.md` says what each measures.

mod accumulate;
mod analyze;
mod baseline;
mod interpret;
mod market;
mod matcher;
mod normalize;
mod pipeline;
mod read;
mod render;
mod segment;
mod support;

use criterion::Criterion;

use support::Bed;

/// Measures one layer.
type Bench = fn(&mut Criterion, &Bed);

/// The layers, in the order in which posts go through them.
const LAYERS: [(&str, Bench); 11] = [
    ("read", read::bench),
    ("normalize", normalize::bench),
    ("segment", segment::bench),
    ("matcher", matcher::bench),
    ("interpret", interpret::bench),
    ("accumulate", accumulate::bench),
    ("analyze", analyze::bench),
    ("market", market::bench),
    ("render", render::bench),
    ("pipeline", pipeline::bench),
    ("baseline", baseline::bench),
];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.iter().any(|arg| arg == "--cut") {
        baseline::cut_alone(&args);
        return;
    }
    // `cargo bench -- matcher` prepares and runs that layer alone; any other filter is criterion's.
    let asked = args.iter().find(|arg| LAYERS.iter().any(|(layer, _)| arg.starts_with(layer)));
    let bed = Bed::new();
    let mut criterion = support::criterion();
    for (layer, bench) in LAYERS {
        if asked.is_none_or(|filter| filter.starts_with(layer)) {
            bench(&mut criterion, &bed);
        }
    }
    criterion.final_summary();
}
