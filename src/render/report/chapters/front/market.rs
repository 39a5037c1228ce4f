//! The market where nobody asked for one entity: its first page, everybody's first rival, and a card for each.

use maud::{Markup, html};

use crate::analyze::findings::{EntityFinding, Level, RivalFinding, Standing, Subject};
use crate::render::book::capital;
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::parts::{self, Evidence, Parts};
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::front::brief;
use crate::render::report::chapters::front::caveats;
use crate::render::report::chapters::front::spoken;
use crate::render::report::chapters::front::verdict;
use crate::render::report::chapters::position::motives;
use crate::render::report::chapters::ranges;
use crate::render::report::chapters::rivalry::rivals;
use crate::render::report::chart::track::Axis;
use crate::render::report::edition::Edition;
use crate::render::verdict::main_occasion;

/// Pairs on the first page, and rows of its table.
const PAIRS: usize = 3;
const GLANCE: usize = 6;
/// Rivals below which the first page also tells what can be told without them.
const FEW: usize = 3;

/// An entity with its first rival.
#[derive(Clone, Copy)]
struct Row<'f> {
    entity: &'f EntityFinding,
    first: Option<&'f RivalFinding>,
}

/// The first page.
pub(in crate::render::report) fn brief(edition: &Edition<'_>, anchor: &str) -> Chapter {
    let pairs = unexpected(edition);
    let rows = rows(edition, Level::Category);
    // What is clearly shown comes first on the first page.
    let clear = |row: &&Row<'_>| row.first.is_some_and(|r| Evidence::of(r) == Evidence::Clear);
    let some = || rows.iter().filter(|row| row.first.is_some());
    let glance: Vec<Row<'_>> =
        some().filter(clear).chain(some().filter(|row| !clear(row))).take(GLANCE).copied().collect();
    let spoken: Vec<&EntityFinding> = without(&rows).take(GLANCE).collect();
    let body = html! {
        section class="brief" id=(anchor) aria-labelledby={ (anchor) "-title" } {
            (brief::kicker(edition, edition.say("整个市场", "The market")))
            h1 id={ (anchor) "-title" } { (headline(edition, pairs.first().copied(), &rows)) }
            p class="lede" { (lede(edition, &rows)) }
            @if !glance.is_empty() { (table(edition, &glance, None)) }
            @if glance.len() < FEW { (spoken::table(edition, &spoken)) }
            @if !pairs.is_empty() {
                h2 class="small" { (edition.say("出人意料的对手", "Rivals nobody expects")) }
                ul class="claims" { @for pair in pairs.iter().take(PAIRS) { (claim(edition, pair)) } }
            }
            (caveats::frame(edition))
            (brief::source(edition, None))
        }
    };
    Chapter { anchor: anchor.to_owned(), word: edition.say("答案", "Answer").to_owned(), body }
}

fn headline(edition: &Edition<'_>, pair: Option<&RivalFinding>, rows: &[Row<'_>]) -> String {
    let clear = rows.iter().filter_map(|r| r.first).find(|r| Evidence::of(r) == Evidence::Clear);
    let Some(rival) = pair.or(clear) else { return no_headline(edition, rows) };
    let (of, other) = (edition.phrase_of(rival), edition.rival_phrase(rival));
    let place = main_occasion(rival).map(|(id, _)| edition.when(id));
    let takes = other.verb("takes", "take");
    capital(&match (edition.language, place) {
        (Language::Zh, Some(on)) => format!("在{on}，抢走{of}的消费者的是{other}"),
        (Language::Zh, None) => format!("抢走{of}的消费者的是{other}"),
        (Language::En, Some(when)) => format!("{other} {takes} consumers from {of}, mainly {when}"),
        (Language::En, None) => format!("{other} {takes} consumers from {of}"),
    })
}

/// Nothing stands out, or nothing can be ranked.
fn no_headline(edition: &Edition<'_>, rows: &[Row<'_>]) -> String {
    let findings = edition.findings();
    if rows.iter().all(|row| row.first.is_none()) && !rows.is_empty() {
        return edition
            .say(
                "这批帖子说不出谁抢走谁，说得出的是何时、为何",
                "These posts do not tell who takes from whom; they tell when and why",
            )
            .to_owned();
    }
    if !rows.is_empty() {
        return edition
            .say(
                "没有哪一对对手明显超出体量：先看各自的第一对手",
                "No rivalry stands out beyond size: here is everybody’s first rival",
            )
            .to_owned();
    }
    let most = findings.entities.iter().max_by_key(|e| (e.authors, std::cmp::Reverse(&e.id)));
    match (most, edition.language) {
        (Some(entity), Language::Zh) => format!(
            "还不能排名：谈得最多的{}只有{}，需要{}位",
            edition.entity(entity),
            edition.authors(entity.authors),
            count(findings.meta.parameters.gate_authors)
        ),
        (Some(entity), Language::En) => format!(
            "Nothing can be ranked yet: the most spoken of, {}, has {} of the {} authors needed",
            edition.entity(entity),
            count(entity.authors),
            count(findings.meta.parameters.gate_authors)
        ),
        (None, Language::Zh) => "没有消费者的帖子提到词表里的品类或品牌".to_owned(),
        (None, Language::En) => "No consumer post names a category or brand of the lexicons".to_owned(),
    }
}

/// The entities without a rival.
fn without<'r, 'f: 'r>(rows: &'r [Row<'f>]) -> impl Iterator<Item = &'f EntityFinding> + 'r {
    rows.iter().filter(|row| row.first.is_none()).map(|row| row.entity)
}

/// Why no rival is told of anything.
fn no_rivals<'t>(edition: &Edition<'t>) -> &'t str {
    if edition.findings().frame.shares_given {
        edition.say(
            "能替代它们的东西，谈到的作者都太少，也几乎没有人说自己改选了什么。下表是能说的：什么时候要它，夸什么，怨什么。",
            "Nothing that could replace another has enough authors, and hardly anybody says what they chose instead. What can be told: when each is taken, and what it is praised and blamed for.",
        )
    } else {
        edition.say(
            "份额只会反映检索词，也几乎没有人说自己改选了什么。下表是能说的：什么时候要它，夸什么，怨什么。",
            "Shares would measure the query, and hardly anybody says what they chose instead. What can be told: when each is taken, and what it is praised and blamed for.",
        )
    }
}

fn lede(edition: &Edition<'_>, rows: &[Row<'_>]) -> String {
    let findings = edition.findings();
    if !rows.is_empty() && rows.iter().all(|row| row.first.is_none()) {
        return no_rivals(edition).to_owned();
    }
    let ranked =
        |level| findings.entities.iter().filter(|e| e.level == level && e.standing == Standing::Ranked).count();
    let thin = findings.entities.iter().filter(|e| e.standing == Standing::InsufficientEvidence).count();
    let clear = rows.iter().filter_map(|r| r.first).filter(|r| Evidence::of(r) == Evidence::Clear).count();
    match edition.language {
        Language::Zh => format!(
            "{}个品类、{}个品牌有足够的作者可以排名，其中{}品类的第一对手证据清楚；另有{}个谈的人太少。",
            ranked(Level::Category),
            ranked(Level::Brand),
            if clear == 0 { "没有一个".to_owned() } else { format!("{clear}个") },
            count(thin as u64)
        ),
        Language::En => format!(
            "{} categories and {} brands have enough authors to be ranked; the first rival of {} is clearly shown. {} more are spoken of by too few.",
            ranked(Level::Category),
            ranked(Level::Brand),
            match clear {
                0 => "none of them".to_owned(),
                1 => "one category".to_owned(),
                many => format!("{many} categories"),
            },
            count(thin as u64)
        ),
    }
}

/// A pair that the shelf would not suggest.
fn claim(edition: &Edition<'_>, rival: &RivalFinding) -> Markup {
    let share = rival.threat.map(|share| edition.percent(share)).unwrap_or_default();
    let (of, other) = (edition.phrase_of(rival), edition.rival_phrase(rival));
    let range = rival.ci90.map(|range| edition.percent_range(range));
    html! {
        li class="claim taken" {
            p class="figure" { (share) }
            p class="text" {
                @match edition.language {
                    Language::Zh => { "离开" (of) "的消费者，估计有" (share) "流向" (other) "。" },
                    Language::En => { "of those who leave " (of) " are estimated to go to " (other) "." },
                }
            }
            p class="basis" {
                @if let Some(range) = range { (edition.say("90%区间 ", "90 % range ")) (range) " · " }
                (rivals::mainly(edition, rival)) " " (edition.refs(&rival.quotes))
            }
            (edition.voice(&rival.quotes))
        }
    }
}

/// The pairs that the shelf would least suggest.
fn unexpected<'a>(edition: &Edition<'a>) -> Vec<&'a RivalFinding> {
    let mut pairs: Vec<&RivalFinding> = edition.findings().rivals.iter().filter(|r| parts::unexpected(r)).collect();
    let bits = |r: &RivalFinding| r.non_obvious.unwrap_or(0.0);
    // Categories first: a brand that loses to another category often only stands for its own.
    pairs.sort_by(|a, b| {
        let order = (a.level != Level::Category).cmp(&(b.level != Level::Category));
        order.then(bits(b).total_cmp(&bits(a))).then_with(|| (&a.of, &a.rival).cmp(&(&b.of, &b.rival)))
    });
    pairs
}

/// The ranked entities of a level that have a list, most authors first.
fn rows<'a>(edition: &Edition<'a>, level: Level) -> Vec<Row<'a>> {
    let findings = edition.findings();
    let ranked = findings.entities.iter().filter(|e| e.level == level && e.standing == Standing::Ranked);
    ranked
        .filter_map(|entity| {
            let subject = findings.subjects.iter().find(|s| s.of == entity.id && s.level == level)?;
            let parts = Parts::of(&edition.book.rivals(subject));
            Some(Row { entity, first: parts.leading(subject) })
        })
        .collect()
}

/// Everybody's first rival, per level.
pub(in crate::render::report) fn write(edition: &Edition<'_>, anchor: &str) -> Option<Chapter> {
    let levels = [(Level::Category, edition.say("品类", "Categories")), (Level::Brand, edition.say("品牌", "Brands"))];
    let tables: Vec<(&str, Vec<Row<'_>>)> = levels
        .into_iter()
        .map(|(level, title)| (title, rows(edition, level)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    if tables.is_empty() {
        return None;
    }
    let body = html! {
        @for (i, (title, rows)) in tables.iter().enumerate() {
            @let (some, spoken): (Vec<Row<'_>>, Vec<Row<'_>>) = rows.iter().partition(|row| row.first.is_some());
            @if !some.is_empty() {
                h3 { (title) }
                (table(edition, &some, Some(&format!("{anchor}-{i}"))))
            }
            @if !spoken.is_empty() {
                h3 { (title) (edition.say("：还没有对手可排，但说得出场合与理由", ": no rival can be ranked yet, occasions and reasons can")) }
                (spoken::table(edition, &without(&spoken).collect::<Vec<_>>()))
            }
        }
    };
    let gist = edition.say(
        "每个品类和品牌的第一对手：圆点是份额，横线是90%区间，竖线是体量应得的份额。点表头可以排序。",
        "The first rival of each: the dot is its share, the line the 90 % range, the upright tick what its size alone would give. Click a heading to sort.",
    );
    Some(chapter(
        anchor,
        edition.say("各自的第一对手", "Everybody’s first rival"),
        edition.say("第一对手", "First rivals"),
        gist,
        body,
    ))
}

fn table(edition: &Edition<'_>, rows: &[Row<'_>], id: Option<&str>) -> Markup {
    let reach = rows.iter().filter_map(|r| r.first).flat_map(|r| [r.threat, r.ci90.map(|c| c[1])]).flatten();
    let axis = Axis::shares(reach.fold(0.0, f64::max), |tick| edition.percent(tick));
    let titles = [
        edition.say("谁被抢 → 第一对手", "Who loses → first rival"),
        edition.say("份额图", "Share, drawn"),
        edition.say("份额", "Share"),
    ];
    html! {
        @if let Some(id) = id {
            form class="filters" data-for=(id) {
                label {
                    (edition.say("查找", "Search"))
                    input type="search" name="text" placeholder=(edition.say("名称…", "name …")) autocomplete="off";
                }
                label {
                    (edition.say("证据", "Evidence"))
                    select name="evidence" {
                        option value="" { (edition.say("全部", "all")) }
                        @for e in [Evidence::Clear, Evidence::Thin, Evidence::RolesOnly] {
                            option value=(rivals::evidence_class(e)) { (rivals::evidence_word(edition, e)) }
                        }
                    }
                }
                output { }
            }
        }
        table class={ "ranges" @if id.is_some() { " sortable" } } {
            (ranges::head(titles, &axis))
            tbody id=[id] { @for (entity, first) in rows.iter().filter_map(|row| Some((row.entity, row.first?))) { (row_of(edition, entity, first).draw(&axis)) } }
        }
    }
}

fn row_of(edition: &Edition<'_>, entity: &EntityFinding, first: &RivalFinding) -> ranges::Row {
    let name = format!("{} → {}", capital(&edition.entity(entity)), edition.rival(first));
    let authors = edition.authors(entity.authors);
    let mainly = rivals::mainly(edition, first);
    let below = if mainly.is_empty() { authors } else { format!("{authors} · {mainly}") };
    rivals::figures_of(edition, name, below, first)
}

/// A card for each subject, closed until it is asked for.
pub(in crate::render::report) fn cards(edition: &Edition<'_>, anchor: &str) -> Option<Chapter> {
    let subjects = &edition.findings().subjects;
    if subjects.is_empty() {
        return None;
    }
    let body = html! {
        form class="filters" data-for={ (anchor) "-all" } {
            label {
                (edition.say("查找", "Search"))
                input type="search" name="text" placeholder=(edition.say("名称、对手…", "name, rival …")) autocomplete="off";
            }
            output { }
        }
        div class="cards" id={ (anchor) "-all" } { @for subject in subjects { (card(edition, subject)) } }
    };
    let gist = edition.say("展开一张卡片：对手、理由和原话。", "Open a card for its rivals, reasons and voices.");
    Some(chapter(anchor, edition.say("逐个看", "One by one"), edition.say("逐个看", "One by one"), gist, body))
}

fn card(edition: &Edition<'_>, subject: &Subject) -> Markup {
    let parts = Parts::of(&edition.book.rivals(subject));
    let told = verdict::tell(edition, subject, &parts);
    let entity = edition.book.subject_entity(&subject.of, subject.level);
    html! {
        details class="card" {
            summary {
                b { (capital(&edition.subject(subject))) } " "
                span class="where" { (told.headline) }
            }
            p { @for sentence in &told.sentences { (sentence) (edition.say("", " ")) } }
            (rivals::list(edition, subject, false))
            @if let Some(entity) = entity { @if !entity.motives.is_empty() { (motives::columns(edition, entity)) } }
        }
    }
}
