//! The findings in the language of the report: names, figures, quotes and the references to them.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::analyze::Findings;
use crate::analyze::findings::{EntityFinding, Level, QuoteFinding, RivalFinding, Subject};
use crate::lexicon::taxonomy::Taxonomy;
use crate::render::book::Book;
use crate::render::language::Language;
use crate::render::phrase::Phrase;
use crate::render::summary::excerpt;

/// Columns of a quote that stands beside a claim.
const SHORT: usize = 96;

/// Findings opened in one language.
pub(super) struct Edition<'a> {
    pub book: Book<'a>,
    pub language: Language,
    /// What each quote is evidence for.
    uses: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Edition<'a> {
    pub fn new(findings: &'a Findings, taxonomy: &'a Taxonomy, language: Language) -> Self {
        let mut edition = Self { book: Book::new(findings, taxonomy), language, uses: BTreeMap::new() };
        edition.uses = super::uses::of(&edition);
        edition
    }

    pub fn findings(&self) -> &'a Findings {
        self.book.findings
    }

    /// One of two wordings.
    pub fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.language.say(zh, en)
    }

    /// The name of a category or brand.
    pub fn name(&self, id: &str) -> String {
        self.language.name(self.book.named(id))
    }

    /// The name of the subject of a list.
    pub fn subject(&self, subject: &Subject) -> String {
        let entity = self.book.subject_entity(&subject.of, subject.level);
        entity.map_or_else(|| self.name(&subject.of), |e| self.entity(e))
    }

    /// The name of the subject of a rival: at the crossing level a brand.
    pub fn subject_of(&self, rival: &RivalFinding) -> String {
        let entity = self.book.subject_entity(&rival.of, rival.level);
        entity.map_or_else(|| self.name(&rival.of), |e| self.entity(e))
    }

    /// A category or brand in a sentence.
    pub fn phrase(&self, id: &str) -> Phrase {
        self.spoken(self.name(id), || self.book.phrase(id))
    }

    /// The subject of a list in a sentence.
    pub fn subject_phrase(&self, subject: &Subject) -> Phrase {
        self.spoken(self.subject(subject), || self.book.subject_phrase(&subject.of, subject.level))
    }

    /// The subject of a rival in a sentence.
    pub fn phrase_of(&self, rival: &RivalFinding) -> Phrase {
        self.spoken(self.subject_of(rival), || self.book.subject_phrase(&rival.of, rival.level))
    }

    /// A rival in a sentence.
    pub fn rival_phrase(&self, rival: &RivalFinding) -> Phrase {
        self.spoken(self.rival(rival), || self.book.rival_phrase(&rival.rival, rival.level))
    }

    fn spoken(&self, name: String, in_english: impl Fn() -> Phrase) -> Phrase {
        match self.language {
            Language::Zh => Phrase::chinese(name),
            Language::En => in_english(),
        }
    }

    /// When an occasion is, in a sentence: `on a night out`, `夜场`.
    pub fn when(&self, id: &str) -> String {
        match self.language {
            Language::Zh => self.occasion(id),
            Language::En => self.book.when(id),
        }
    }

    /// The name of an entity.
    pub fn entity(&self, entity: &EntityFinding) -> String {
        self.language.name(self.book.rival_named(&entity.id, entity.level))
    }

    /// The name of a rival.
    pub fn rival(&self, rival: &RivalFinding) -> String {
        self.rival_at(&rival.rival, rival.level)
    }

    /// The name of the rival of a level.
    pub fn rival_at(&self, id: &str, level: Level) -> String {
        self.language.name(self.book.rival_named(id, level))
    }

    pub fn occasion(&self, id: &str) -> String {
        self.language.name(self.book.occasion(id))
    }

    pub fn attribute(&self, id: &str) -> String {
        self.language.name(self.book.attribute(id))
    }

    pub fn motive(&self, id: &str) -> String {
        self.language.name(self.book.motive(id))
    }

    pub fn percent(&self, share: f64) -> String {
        self.language.percent(share)
    }

    pub fn percent_range(&self, range: [f64; 2]) -> String {
        self.language.percent_range(range)
    }

    pub fn authors(&self, number: u64) -> String {
        self.language.authors(number)
    }

    /// What a quote is evidence for.
    pub fn uses(&self, quote: &str) -> &[String] {
        self.uses.get(quote).map_or(&[], Vec::as_slice)
    }

    /// The numbers of quotes, each a link to its words.
    pub fn refs(&self, ids: &[String]) -> Markup {
        html! {
            @if !ids.is_empty() {
                span class="refs" {
                    @for id in ids.iter().filter(|id| self.book.quote(id).is_some()) {
                        a href={ "#" (id) } aria-label={ (self.say("原话", "quote")) " " (number(id)) } { (number(id)) }
                    }
                }
            }
        }
    }

    /// The first of some quotes, whole or cut around the words that count, with its source.
    pub fn voice(&self, ids: &[String]) -> Markup {
        let quote = ids.iter().find_map(|id| self.book.quote(id));
        html! {
            @if let Some(quote) = quote {
                blockquote class="voice" {
                    p lang=(quote.lang) { bdi { (plain(&excerpt(&flat(&quote.text), &quote.spans, SHORT))) } }
                    footer { (self.source(quote)) " " (self.refs(std::slice::from_ref(&quote.id))) }
                }
            }
        }
    }

    /// `weibo · May 2024`
    pub fn source(&self, quote: &QuoteFinding) -> Markup {
        let when = quote.time.as_deref().and_then(|time| self.language.month(time));
        html! {
            @if let Some(platform) = &quote.platform { bdi { (plain(platform)) } }
            @if quote.platform.is_some() && when.is_some() { " · " }
            @if let Some(when) = &when { (when) }
        }
    }
}

/// A quote's number, without the letter of its id.
pub(super) fn number(id: &str) -> &str {
    id.trim_start_matches('q')
}

/// One line, byte for byte, so that spans stay where they are.
fn flat(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

/// Text that an HTML parser gives back as it is: a parser drops or changes the control characters, so they are shown as lost. Bidirectional
/// controls stay; the `bdi` around the text contains them.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}
