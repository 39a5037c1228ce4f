//! Which classes of words come first: only so many have a bit of their own, and it should be those that rules name most often.

use std::cmp::Reverse;

use crate::lexicon::{Entry, Lexicon, Piece, SIDE_CLASSES, Words};

/// Per class of a lexicon the number of its place: the more near rules, sequences and senses name it, the smaller. Those that only the reading of
/// relations asks for come behind them, then those that stand in no rule themselves.
pub(super) fn class_places(lexicon: &Lexicon) -> Vec<u32> {
    let mut named = vec![0u32; lexicon.classes.len()];
    for class in lexicon.entries.iter().flat_map(words_of).flat_map(|words| &words.classes) {
        named[usize::from(*class)] += 1;
    }
    let mut order: Vec<usize> = (0..named.len()).collect();
    let is_asked = |class: usize| SIDE_CLASSES.contains(&lexicon.classes[class].id.as_str());
    order.sort_by_key(|&class| Reverse((named[class], is_asked(class))));
    let mut places = vec![0; order.len()];
    for (place, class) in order.into_iter().enumerate() {
        places[class] = place as u32;
    }
    places
}

/// The lists of words in the rules of an entry.
fn words_of(entry: &Entry) -> impl Iterator<Item = &Words> {
    let pieces = entry.sequences.iter().flat_map(|sequence| &sequence.pieces);
    let of_sequences = pieces.filter_map(|(_, piece)| match piece {
        Piece::Words(words) | Piece::Absent(words) => Some(words),
        Piece::Slot(_) | Piece::Optional(_) => None,
    });
    let of_nears = entry.near.iter().flat_map(|near| &near.slots);
    of_nears.chain(of_sequences).chain(entry.resolve.iter().map(|resolve| &resolve.cues))
}
