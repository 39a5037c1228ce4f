//! Regular English endings. No stemmer: every form that can match is written out, so that a hit can be explained.

/// The regular forms of one word besides itself: plural; with `verb` also third person, past and progressive.
///
/// Over-generation is harmless as long as a form is no word of its own; such terms are marked `{exact}` in the lexicon.
pub fn forms(word: &str, verb: bool) -> Vec<String> {
    let letters = word.len();
    if letters < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let bytes = word.as_bytes();
    let vowel = |i: usize| matches!(bytes[i], b'a' | b'e' | b'i' | b'o' | b'u');
    let (last, before) = (bytes[letters - 1], letters - 2);
    let stem = &word[..letters - 1];
    let mut out = Vec::with_capacity(3);
    let hissing = matches!(last, b's' | b'x' | b'z') || word.ends_with("ch") || word.ends_with("sh");
    if hissing {
        out.push([word, "es"].concat());
    } else if last == b'y' && !vowel(before) {
        out.push([stem, "ies"].concat());
    } else {
        out.push([word, "s"].concat());
        if last == b'o' {
            out.push([word, "es"].concat());
        }
    }
    if !verb {
        return out;
    }
    // One vowel between consonants at the end of a short word doubles the last letter: chat → chatting.
    let doubles = letters <= 4
        && !vowel(letters - 1)
        && !matches!(last, b'w' | b'x' | b'y')
        && vowel(before)
        && !vowel(letters - 3);
    if last == b'e' {
        out.push([word, "d"].concat());
        out.push(if word.ends_with("ee") { [word, "ing"].concat() } else { [stem, "ing"].concat() });
    } else if doubles {
        let doubled = &word[letters - 1..];
        out.push([word, doubled, "ed"].concat());
        out.push([word, doubled, "ing"].concat());
    } else {
        out.push(if last == b'y' && !vowel(before) { [stem, "ied"].concat() } else { [word, "ed"].concat() });
        out.push([word, "ing"].concat());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_endings() {
        for (word, verb, expected) in [
            ("beer", false, "beers"),
            ("glass", false, "glasses"),
            ("party", true, "parties partied partying"),
            ("hike", true, "hikes hiked hiking"),
            ("chat", true, "chats chatted chatting"),
            ("play", true, "plays played playing"),
            ("watch", true, "watches watched watching"),
            ("relax", true, "relaxes relaxed relaxing"),
            ("mango", false, "mangos mangoes"),
            ("bar", false, "bars"),
            ("tv", true, ""),
            ("7up", true, ""),
        ] {
            assert_eq!(forms(word, verb).join(" "), expected, "{word}");
        }
    }
}
