//! What each figure of a report means, in plain words: `rival explain excess`.

/// Names as in the JSON, with their meaning.
const FIGURES: [(&str, &str); 20] = [
    (
        "threat",
        "Θ, the share: of the consumers who leave the product in its occasions, the part that this rival gets. A model: occasions and roles, \
         corrected by what people say they took instead. All rivals of one product sum to 1.",
    ),
    (
        "ci90",
        "The 90 % interval of the share, over authors: if the truth lay outside, this sample would be a rare one.",
    ),
    ("structure", "D: the share by occasions and roles alone, without what people say of the two."),
    ("fair_share", "F: the share that the rival's size alone would give it."),
    ("excess", "Share over fair share: 2 means twice the rival that its size makes it."),
    (
        "q",
        "How often one would be wrong to call this and all better-shown rivals of the list more than their size (false discovery rate, \
         Benjamini-Hochberg); below 0.10 counts as shown.",
    ),
    ("volume", "The share in consumers of this sample, not percent."),
    (
        "relation",
        "competitor: taken in its place; complement: taken with it; both: evidence for each; unknown: too little to tell. By the roles of the \
         codebook (basis role) and what people say (basis language).",
    ),
    ("rho", "ρ: how far the two replace each other, from 0 (taken together) to 1 (one in place of the other)."),
    (
        "rivalry",
        "How near the rival is: another brand, another form, another category of the same role, another role, another place to buy.",
    ),
    (
        "surprise_bits",
        "How much more of a rival it is than its place on the shelf suggests: 1 bit is twice as much, 3 bits eight times.",
    ),
    (
        "non_obvious",
        "The lower end of the share times the surprise: large for rivals that are both big and off the list.",
    ),
    (
        "asymmetry",
        "log2 of the share there over the share back: above 0 the product loses more to the rival than the rival to it.",
    ),
    ("contribution", "The part of an occasion in the rival's share by structure: where it takes the consumers."),
    (
        "switching",
        "Authors who say that they took the one instead of the other, there and back. Counted, not modelled.",
    ),
    ("comparing", "Authors who say that one beats the other, or who weigh the two. Counted, not modelled."),
    ("pairing", "Authors who take the two together. Never added to the share."),
    ("carried_by", "Authors who relate the two, or link both with one occasion."),
    ("rank_stability", "Of 64 half samples of the authors, the part in which the rival is among the first five."),
    (
        "max_term_influence",
        "The one wording, pattern or brand of the lexicons on which most of the share rests, and what the share would change by without what \
         was read by it alone. Where it carries more than half, the result stands and falls with that one: read its posts \
         (rival lexicon stats FILE --for LABEL, rival sample --for LABEL FILE).",
    ),
];

/// What a figure means.
pub(super) fn meaning(name: &str) -> Option<&'static str> {
    FIGURES.iter().find(|(figure, _)| *figure == name).map(|&(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_stands_in_the_document() {
        for (name, _) in FIGURES {
            assert!(crate::render::FINDINGS_SCHEMA.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
