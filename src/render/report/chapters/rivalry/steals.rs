//! Where each rival steals: from the occasion on the left to the rival on the right.

use maud::html;

use crate::analyze::findings::{RivalFinding, Subject};
use crate::render::book::capital;
use crate::render::language::Language;
use crate::render::parts::Parts;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::flow::{Band, Node, draw};
use crate::render::report::edition::Edition;

/// Rivals and occasions drawn.
const RIVALS: usize = 6;
const OCCASIONS: usize = 7;

/// The flow of one list.
struct Flow<'f> {
    rivals: Vec<&'f RivalFinding>,
    /// Ids on the left, greatest first.
    occasions: Vec<&'f str>,
}

/// The chapter of an entity in focus; nothing where no share is given.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subject = *edition.book.subjects(id).first()?;
    let flow = Flow::of(edition, subject)?;
    let name = edition.subject_phrase(subject);
    let (left, right) = (flow.left(edition), flow.right(edition));
    let label = match edition.language {
        Language::Zh => format!("{name}在各个场合被哪些对手抢走消费者；同样的数字在图下的表里"),
        Language::En => format!(
            "Which rivals take consumers of {name} on which occasions; the same figures stand in the table below"
        ),
    };
    let chart = draw(&left, &right, &flow.bands(edition), &label)?;
    let body = html! {
        div class="scroll" tabindex="0" role="region" aria-label=(label) { (chart) }
        (flow.table(edition))
    };
    let gist = edition.say(
        "左边是场合，右边是对手；带子越宽，在那个场合流向那个对手的人越多。指着一条带子或一个名字看数字。",
        "Occasions on the left, rivals on the right: the wider a band, the more go to that rival on that occasion. Point at a band or a name for its figure.",
    );
    let title = match edition.language {
        Language::Zh => format!("{name}的消费者在哪里被抢走"),
        Language::En => format!("Where {name} {} consumers", name.verb("loses", "lose")),
    };
    Some(chapter(anchor, &title, edition.say("在哪里被抢", "Where"), gist, body))
}

impl<'f> Flow<'f> {
    fn of(edition: &Edition<'f>, subject: &Subject) -> Option<Self> {
        let parts = Parts::of(&edition.book.rivals(subject));
        let mut rivals: Vec<&RivalFinding> = parts.rivals().filter(|r| r.threat.is_some_and(|t| t > 0.0)).collect();
        rivals.sort_by_key(|r| r.rank);
        rivals.truncate(RIVALS);
        let mut sizes: Vec<(&str, f64)> = Vec::new();
        for rival in &rivals {
            for part in &rival.occasions {
                let size = part.contribution * rival.threat.unwrap_or(0.0);
                match sizes.iter_mut().find(|(id, _)| *id == part.id) {
                    Some((_, sum)) => *sum += size,
                    None => sizes.push((&part.id, size)),
                }
            }
        }
        sizes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let occasions: Vec<&str> = sizes.iter().take(OCCASIONS).map(|(id, _)| *id).collect();
        (!occasions.is_empty()).then_some(Self { rivals, occasions })
    }

    /// The part of a rival's share that it takes on an occasion; the last row is everything else.
    fn size(&self, rival: &RivalFinding, occasion: usize) -> f64 {
        let part = |id: &str| rival.occasions.iter().find(|o| o.id == id).map_or(0.0, |o| o.contribution);
        let threat = rival.threat.unwrap_or(0.0);
        match self.occasions.get(occasion) {
            Some(id) => threat * part(id),
            None => threat * (1.0 - self.occasions.iter().map(|id| part(id)).sum::<f64>()).max(0.0),
        }
    }

    fn row(&self, occasion: usize) -> f64 {
        self.rivals.iter().map(|r| self.size(r, occasion)).sum()
    }

    fn occasion(&self, edition: &Edition<'_>, at: usize) -> String {
        self.occasions
            .get(at)
            .map_or_else(|| edition.say("其他场合", "other occasions").to_owned(), |id| edition.occasion(id))
    }

    fn left(&self, edition: &Edition<'_>) -> Vec<Node> {
        let node = |i: usize| Node {
            label: capital(&self.occasion(edition, i)),
            figure: edition.percent(self.row(i)),
            class: String::new(),
        };
        (0..=self.occasions.len()).map(node).collect()
    }

    fn right(&self, edition: &Edition<'_>) -> Vec<Node> {
        let node = |(i, rival): (usize, &&RivalFinding)| Node {
            label: capital(&edition.rival(rival)),
            figure: rival.threat.map(|t| edition.percent(t)).unwrap_or_default(),
            class: format!("band{}", i + 1),
        };
        self.rivals.iter().enumerate().map(node).collect()
    }

    fn bands(&self, edition: &Edition<'_>) -> Vec<Band> {
        let mut bands = Vec::new();
        for from in 0..=self.occasions.len() {
            for (to, rival) in self.rivals.iter().enumerate() {
                let size = self.size(rival, from);
                if size <= 0.0 {
                    continue;
                }
                let title =
                    format!("{} → {}: {}", self.occasion(edition, from), edition.rival(rival), edition.percent(size));
                bands.push(Band { from, to, size, title });
            }
        }
        bands
    }

    fn table(&self, edition: &Edition<'_>) -> maud::Markup {
        let title =
            edition.say("表：每个场合流向每个对手的份额", "Table: the share that goes to each rival on each occasion");
        let names: Vec<String> = self.rivals.iter().map(|rival| edition.rival(rival)).collect();
        let mut columns = vec![sortable::words(edition.say("场合", "occasion"))];
        columns.extend(names.iter().map(|name| sortable::numbers(name)));
        let rows = html! {
            @for i in 0..=self.occasions.len() {
                tr {
                    th scope="row" { (self.occasion(edition, i)) }
                    @for rival in &self.rivals {
                        @let size = self.size(rival, i);
                        td class="number" data-v=(format!("{size:.6}")) { (edition.percent(size)) }
                    }
                }
            }
        };
        let note = edition.say(
            "份额乘以场合在其结构部分里的占比；没有单列的场合合在“其他场合”里。",
            "The rival's share times the occasion's part of its structure; occasions not listed are in “other occasions”.",
        );
        sortable::folded(title, &columns, &rows, Some(note))
    }
}
