//! One entry as written → one entry as the matcher takes it.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use toml::Spanned;

use super::entry::{
    Boundary, Class, Feeling, Feels, Gap, Near, Negated, Piece, Resolve, Sequence, Slot, Status, Term, Words,
};
use super::fault::Fault;
use super::raw::{RawEntry, RawNear};
use super::source::Source;
use super::term::{self, TermFault};

/// Most words between the parts of a sequence where it does not say.
const DEFAULT_GAP: Gap = Gap { most: 2, in_clause: false };

/// The shared word classes, by name and by number.
#[derive(Debug, Default)]
pub(super) struct Classes {
    pub ids: BTreeMap<String, u16>,
    pub all: Vec<Class>,
}

/// Reads the parts of entries of one file and collects its faults.
pub(super) struct Parts<'a> {
    pub source: &'a Source,
    pub classes: &'a Classes,
    pub faults: Vec<Fault>,
}

/// The name of a class where one is written: `@late_night`.
fn class_name(written: &str) -> Option<&str> {
    written.trim().strip_prefix('@').filter(|name| !name.is_empty())
}

impl<'a> Parts<'a> {
    /// Notes a fault at a byte of the file.
    pub(super) fn fault(&mut self, byte: usize, (code, message, help): (&'static str, String, &str)) {
        let (line, column) = self.source.place(byte);
        self.faults.push(Fault { code, path: self.source.shown.clone(), line, column, message, help: help.to_owned() });
    }

    /// The surfaces of a block, one per line; a line `@class` stands for all surfaces of the class.
    pub(super) fn block(&mut self, block: Option<&Spanned<String>>, boundary: Option<Boundary>) -> Vec<Term> {
        let Some(block) = block else { return Vec::new() };
        let mut out: Vec<Term> = Vec::new();
        let mut known: FxHashSet<Term> = FxHashSet::default();
        let mut at = block.span().start;
        // Inside ''' there are no escapes, so lines stand in the file as they stand in the string.
        if self.source.text[at..].starts_with("'''") {
            at += 3;
            at += usize::from(self.source.text[at..].starts_with('\n'));
        }
        for line in block.get_ref().split('\n') {
            if let Some(written) = term::strip_comment(line) {
                if let Some(name) = class_name(written) {
                    out.extend(self.surfaces(name, at).iter().filter(|&term| known.insert(term.clone())).cloned());
                } else {
                    match term::parse(written, boundary, false) {
                        Ok(term) if known.insert(term.clone()) => out.push(term),
                        Ok(_) => self.fault(
                            at,
                            ("L804", format!("{written} stands twice in this entry"), "remove one of the lines"),
                        ),
                        Err(fault) => self.fault(at, fault),
                    }
                }
            }
            at += line.len() + 1;
        }
        out
    }

    /// A list of surfaces and `@classes`.
    pub(super) fn words(&mut self, list: &[Spanned<String>]) -> Words {
        let mut words = Words::default();
        for written in list {
            self.word(written.get_ref(), written.span().start, &mut words);
        }
        words
    }

    fn word(&mut self, written: &str, at: usize, words: &mut Words) {
        if let Some(name) = class_name(written) {
            words.classes.extend(self.class(name, at));
        } else {
            match term::parse(written, None, true) {
                Ok(term) => words.terms.push(term),
                Err(fault) => self.fault(at, fault),
            }
        }
    }

    /// A class by its name; noted as a fault where there is none.
    fn class(&mut self, name: &str, at: usize) -> Option<u16> {
        let id = self.classes.ids.get(name).copied();
        if id.is_none() {
            let help = "classes are defined in language/classes.toml";
            self.fault(at, ("L804", format!("there is no class @{name}"), help));
        }
        id
    }

    /// The surfaces of a class.
    fn surfaces(&mut self, name: &str, at: usize) -> &'a [Term] {
        let all: &'a [Class] = &self.classes.all;
        self.class(name, at).map_or(&[], |id| &all[usize::from(id)].terms)
    }

    pub(super) fn near(&mut self, raw: &RawNear) -> Near {
        let mut slots = vec![self.words(&raw.a), self.words(&raw.b)];
        if !raw.c.is_empty() {
            slots.push(self.words(&raw.c));
        }
        Near { slots, within: raw.within, ordered: raw.ordered }
    }

    /// The patterns of an entry, those that compare by degree last.
    pub(super) fn sequences(&mut self, entry: &RawEntry) -> Vec<Sequence> {
        let patterns = entry.sequence.iter().map(|s| (s, false)).chain(entry.alike.iter().map(|s| (s, true)));
        patterns.filter_map(|(written, alike)| self.sequence(written, alike)).collect()
    }

    /// A pattern such as `不 喝|吃 {loser} ..4 改 {winner}`.
    fn sequence(&mut self, written: &Spanned<String>, alike: bool) -> Option<Sequence> {
        let at = written.span().start;
        let mut gap = None;
        let mut pieces = Vec::new();
        for part in written.get_ref().split_whitespace() {
            if let Some(words) = part.strip_prefix('.') {
                let (words, in_clause) = words.strip_prefix('.').map_or((words, true), |words| (words, false));
                match words.parse::<u32>() {
                    Ok(most) if most <= 30 => gap = Some(Gap { most, in_clause }),
                    _ => {
                        let help = "write ..N with N from 0 to 30, or .N where no comma may stand in it";
                        self.fault(at, ("L807", format!("{part} is no gap"), help));
                    }
                }
                continue;
            }
            let piece = self.piece(part, at)?;
            pieces.push((gap.unwrap_or(DEFAULT_GAP), piece));
            // What must be absent is so in the gap of the part behind it.
            if !matches!(pieces.last(), Some((_, Piece::Absent(_)))) {
                gap = None;
            }
        }
        if !pieces.iter().any(|(_, p)| matches!(p, Piece::Words(_))) {
            self.fault(
                at,
                ("L807", "a sequence needs a word, not only slots".to_owned(), "add the word that joins the two"),
            );
            return None;
        }
        Some(Sequence { pieces, alike })
    }

    /// One part of a pattern: a slot, words, or words that must not stand there.
    fn piece(&mut self, part: &str, at: usize) -> Option<Piece> {
        Some(match part {
            "{winner}" | "{a}" => Piece::Slot(Slot::A),
            "{loser}" | "{b}" => Piece::Slot(Slot::B),
            "{winner?}" | "{a?}" => Piece::Optional(Slot::A),
            "{loser?}" | "{b?}" => Piece::Optional(Slot::B),
            _ if part.starts_with('{') => {
                let help = "slots are {winner}, {loser}, {a}, {b}, with a ? before } where one may be left out";
                self.fault(at, ("L807", format!("{part} is no slot"), help));
                return None;
            }
            _ => {
                let absent = part.strip_prefix('!');
                let mut words = Words::default();
                for alternative in absent.unwrap_or(part).split('|').filter(|a| !a.is_empty()) {
                    self.word(alternative, at, &mut words);
                }
                if absent.is_some() { Piece::Absent(words) } else { Piece::Words(words) }
            }
        })
    }

    pub(super) fn resolve(&mut self, entry: &RawEntry, boundary: Option<Boundary>) -> Vec<Resolve> {
        let mut out = Vec::new();
        for raw in &entry.resolve {
            let mut terms = Vec::new();
            for written in &raw.terms {
                match term::parse(written.get_ref(), boundary, false) {
                    Ok(term) => terms.push(term),
                    Err(fault) => self.fault(written.span().start, fault),
                }
            }
            let cues = self.words(&raw.cues);
            if raw.cues.is_empty() && !raw.default {
                let fault = "a resolve without cues and without `default = true` can never decide".to_owned();
                self.fault(entry.id.span().start, ("L807", fault, "list the words that speak for this meaning"));
            }
            out.push(Resolve { terms, cues, default: raw.default });
        }
        out
    }

    /// One of a closed list of words.
    fn choice<T: Copy>(
        &mut self,
        key: &str,
        written: Option<&Spanned<String>>,
        choices: &[(&str, T)],
        default: T,
    ) -> T {
        let Some(written) = written else { return default };
        match choices.iter().find(|(name, _)| name == written.get_ref()) {
            Some(&(_, value)) => value,
            None => {
                let known: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
                let fault: TermFault = ("L805", format!("{key} = \"{}\" is not known", written.get_ref()), "");
                self.fault(written.span().start, (fault.0, fault.1, &format!("known: {}", known.join(", "))));
                default
            }
        }
    }

    pub(super) fn status(&mut self, entry: &RawEntry) -> Status {
        let choices = [("draft", Status::Draft), ("stable", Status::Stable), ("deprecated", Status::Deprecated)];
        self.choice("status", entry.status.as_ref(), &choices, Status::Stable)
    }

    pub(super) fn negated(&mut self, entry: &RawEntry) -> Negated {
        let choices = [("flip", Negated::Flip), ("drop", Negated::Drop), ("keep", Negated::Keep)];
        self.choice("negated", entry.negated.as_ref(), &choices, Negated::Flip)
    }

    /// The feeling that a cue measures, with its weight.
    pub(super) fn feeling(&mut self, entry: &RawEntry) -> Option<Feeling> {
        let written = entry.feels.as_ref();
        let choices =
            [("arousal", Some(Feels::Arousal)), ("imagery", Some(Feels::Imagery)), ("stronger", Some(Feels::Stronger))];
        let feels = self.choice("feels", written, &choices, None)?;
        let Some(weight) = entry.weight.filter(|&weight| weight <= 3000) else {
            let fault = "a cue that feels needs a weight".to_owned();
            let help = "write weight = N in thousandths, from 0 to 3000";
            self.fault(entry.id.span().start, ("L805", fault, help));
            return None;
        };
        Some(Feeling { feels, weight })
    }

    pub(super) fn boundary(&mut self, entry: &RawEntry) -> Option<Boundary> {
        let choices =
            [("inside", Some(Boundary::Inside)), ("strict", Some(Boundary::Strict)), ("raw", Some(Boundary::Raw))];
        self.choice("boundary", entry.boundary.as_ref(), &choices, None)
    }
}
