//! Where surfaces with Han or other signs may stand at all: English posts have next to none, and need no search.

use serde::{Deserialize, Serialize};

use super::packed;

use std::ops::Range;

/// Bytes of which every surface has one, and how far a surface may reach beyond them.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Anchors {
    #[serde(with = "packed::array")]
    is_anchor: Box<[bool; 256]>,
    /// The longest stretch of other bytes in a surface.
    margin: usize,
}

impl Default for Anchors {
    fn default() -> Self {
        Self { is_anchor: Box::new(std::array::from_fn(|byte| byte >= 0x80)), margin: 0 }
    }
}

impl Anchors {
    /// Anchors of surfaces: all that is not ASCII, and the signs of surfaces that are (`$$$$`).
    pub(super) fn of<'s>(surfaces: impl Iterator<Item = &'s str> + Clone) -> Self {
        let mut anchors = Self::default();
        for surface in surfaces.clone().filter(|s| s.is_ascii()) {
            let sign = surface.bytes().find(|b| !b.is_ascii_alphanumeric() && *b != b' ').or(surface.bytes().next());
            if let Some(sign) = sign {
                anchors.is_anchor[usize::from(sign)] = true;
            }
        }
        for surface in surfaces {
            let stretches = surface.as_bytes().split(|&byte| anchors.is(byte));
            anchors.margin = stretches.map(<[u8]>::len).fold(anchors.margin, usize::max);
        }
        anchors
    }

    fn is(&self, byte: u8) -> bool {
        self.is_anchor[usize::from(byte)]
    }

    /// The stretches of a text in which a surface can stand, from left to right: around all anchors, with the margin for what stands
    /// beside them (`T恤`).
    pub(super) fn regions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            let first = at + bytes[at..].iter().position(|&b| self.is(b))?;
            // What is no anchor is ASCII, so both ends are on character boundaries.
            let start = first.saturating_sub(self.margin).max(at);
            let mut last = first;
            for (i, &byte) in bytes.iter().enumerate().skip(first) {
                if self.is(byte) {
                    last = i;
                } else if i - last > 2 * self.margin {
                    break;
                }
            }
            at = (last + 1 + self.margin).min(bytes.len());
            Some(start..at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn english_has_no_place_for_han() {
        let anchors = Anchors::of(["T恤", "啤酒", "$$$$"].into_iter());
        let text = "a plain english post, 10 dollars";
        assert_eq!(anchors.regions(text).count(), 0);
        let regions: Vec<&str> =
            anchors.regions("my old T恤 was $$$$, too much").map(|r| &"my old T恤 was $$$$, too much"[r]).collect();
        assert_eq!(regions, ["T恤 ", " $$$$,"]);
    }

    proptest! {
        #[test]
        fn every_surface_stands_in_one_region(text in "[a-cT恤啤酒$ ]{0,60}") {
            let surfaces = ["T恤", "啤酒", "$a$", "b恤ca啤", "ab啤"];
            let anchors = Anchors::of(surfaces.into_iter());
            let regions: Vec<_> = anchors.regions(&text).collect();
            prop_assert!(regions.windows(2).all(|w| w[0].end <= w[1].start));
            for surface in surfaces {
                for (at, found) in text.match_indices(surface) {
                    prop_assert!(regions.iter().any(|r| r.start <= at && at + found.len() <= r.end), "{surface} at {at}: {regions:?}");
                }
            }
        }
    }
}
