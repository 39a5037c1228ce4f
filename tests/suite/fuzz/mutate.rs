//! Inputs from seeds, by a generator that gives the same on any machine.

/// SplitMix64: small, fast, good enough to break things with.
#[derive(Debug, Clone)]
pub(super) struct Draw(u64);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below another.
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// FNV-1a, for names of kept inputs.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Longest inputs, of most and of one in eight: what is longer is the work of other tests, and most faults need little room.
const LONGEST: [usize; 2] = [512, 4_096];

/// Makes inputs.
pub(super) struct Mutator {
    draw: Draw,
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
}

/// Bytes that mean something somewhere.
const BYTES: &[u8] = b"\0\n\r\t\"',;|:{}[]\\/#@<>=+-0129aZ \x1f\x7f\x80\xa1\xbf\xc2\xe3\xed\xef\xf0\xfe\xff\x1b";

impl Mutator {
    pub(super) fn new(seed: u64, seeds: Vec<Vec<u8>>, words: &'static [&'static str]) -> Self {
        Self { draw: Draw::new(seed), seeds, words }
    }

    /// The next input.
    pub(super) fn next(&mut self) -> Vec<u8> {
        let draw = &mut self.draw;
        let mut input = draw.of(&self.seeds).clone();
        let longest = LONGEST[usize::from(draw.below(8) == 0)];
        // Most inputs are a little wrong, some are very wrong.
        let changes = 1 << draw.below(6);
        for _ in 0..changes {
            let at = draw.below(input.len() + 1);
            let upto = (at + draw.below(24)).min(input.len());
            match draw.below(12) {
                0 if at < input.len() => input[at] ^= 1 << draw.below(8),
                1 if at < input.len() => input[at] = *draw.of(BYTES),
                2 => input.insert(at, *draw.of(BYTES)),
                3 => drop(input.drain(at..upto)),
                4 => {
                    let piece = input[at..upto].to_vec();
                    input.splice(at..at, piece);
                }
                5..=7 => drop(input.splice(at..at, draw.of(self.words).bytes())),
                8 => {
                    let (word, times) = (*draw.of(self.words), 1 << draw.below(8));
                    input.splice(at..at, word.repeat(times).into_bytes());
                }
                9 => {
                    let other = draw.of(&self.seeds);
                    let from = draw.below(other.len() + 1);
                    let to = (from + draw.below(64)).min(other.len());
                    input.splice(at..upto, other[from..to].iter().copied());
                }
                10 => input.truncate(at),
                _ if upto > at => input[at..upto].reverse(),
                _ => input.push(draw.next() as u8),
            }
            input.truncate(longest);
        }
        input
    }
}

#[test]
fn the_same_seed_gives_the_same_inputs() {
    let make = || Mutator::new(7, vec![b"id,text\n1,a\n".to_vec()], &["\"", "茶"]);
    let (mut a, mut b) = (make(), make());
    let inputs: Vec<Vec<u8>> = (0..2_000).map(|_| a.next()).collect();
    assert!(inputs.iter().all(|input| *input == b.next()));
    assert_eq!(hash(&inputs.concat()), hash(&inputs.concat()));
    let distinct: std::collections::BTreeSet<&Vec<u8>> = inputs.iter().collect();
    assert!(distinct.len() > 1_000, "{} of 2,000", distinct.len());
}
