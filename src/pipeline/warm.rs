//! Loading the segmenter's dictionary beside the lexicons, where the input will need it.

use std::fs::File;
use std::io::Read;
use std::thread;

use crate::read::{Input, Inputs};
use crate::segment::load_dictionary;

/// Bytes at the head of a file that are looked at.
const HEAD: usize = 16 * 1024;

/// Starts to load the dictionary on a thread of its own if the first file begins with Chinese text.
///
/// Only a plain file can be looked into twice; for all other inputs the dictionary is loaded when the first post needs it, and English posts
/// never pay for it.
pub fn warm_up(inputs: &Inputs, threads: usize) {
    if threads < 2 {
        return;
    }
    let Some(Input::File(path)) = inputs.as_slice().first() else { return };
    // A pipe with a name would give its bytes only once.
    if !path.is_file() {
        return;
    }
    let mut head = vec![0; HEAD];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or(0);
    if speaks_chinese(&head[..read]) {
        // Whoever needs the dictionary first waits for this thread; nobody else does.
        thread::spawn(load_dictionary);
    }
}

/// Whether there are bytes with which Han characters begin in UTF-8, in text.
fn speaks_chinese(head: &[u8]) -> bool {
    let packed = head.starts_with(&[0x1F, 0x8B]) || head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]);
    !packed && head.iter().filter(|b| (0xE4..=0xE9).contains(*b)).count() >= 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_chinese_text_warms_up() {
        assert!(speaks_chinese("昨晚在酒吧点了两瓶喜力，后来大家都改喝威士忌".as_bytes()));
        assert!(!speaks_chinese(b"a pint of beer at the local after work"));
        assert!(!speaks_chinese(&[[0x1F, 0x8B].as_slice(), &[0xE5; 64]].concat()));
    }
}
