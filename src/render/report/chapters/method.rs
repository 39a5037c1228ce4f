//! How to read the report, what it cannot say, how it was made, and how far its words are to be trusted.

use maud::{Markup, html};

use crate::analyze::findings::{PrecisionFinding, RivalFinding};
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::sortable;
use crate::render::report::edition::{Edition, plain};

/// Ids told behind a warning, and labels in the table of readings.
const IDS: usize = 12;
const LABELS: usize = 40;

/// The chapter.
pub(in crate::render::report) fn write(edition: &Edition<'_>) -> Chapter {
    let body = html! {
        div class="columns two" {
            section { h3 { (edition.say("怎么读", "How to read it")) } (reading(edition)) }
            section { h3 { (edition.say("局限", "Limits")) } (limits(edition)) }
        }
        div class="columns two" {
            section { h3 { (edition.say("样本", "The posts")) } (posts(edition)) }
            section { h3 { (edition.say("方法与参数", "Method and parameters")) } (parameters(edition)) }
        }
        (warnings(edition))
        (trust(edition))
    };
    chapter(
        "method",
        edition.say("怎么读、局限、方法", "How to read it, limits, method"),
        edition.say("方法", "Method"),
        "",
        body,
    )
}

fn reading(edition: &Edition<'_>) -> Markup {
    let lines: [(&str, &str); 6] = match edition.language {
        Language::Zh => [
            (
                "份额",
                "模型估计的替代份额：在它的场合里离开它的消费者，有多少流向这个对手。依据是谁和哪个场合一起被提到、两样东西在场合里的角色（饮料替代饮料，不替代一顿饭），以及人们亲口说改选了什么。同一张名单的份额加起来是100%。",
            ),
            ("区间", "按作者计算，不按帖子。区间宽，就不要押注在上面。"),
            ("去/回", "亲口说自己改选了对方的作者数。这是数出来的，没有模型。"),
            (
                "证据",
                "“清楚”：明显超过体量，且至少10位作者；“只靠一词”：同样清楚，但去掉某一个词，剩下的不到一半；“仅凭角色”：还没有人比较过两者；其余为“薄”。",
            ),
            ("计数", "每位作者只算一次，不管发多少帖。抄送、广告、转发和官方账号都不算。"),
            ("编号", "数字旁的小编号就是背后的原话，点开即看；格子不足两位作者时只计数、不引用。"),
        ],
        Language::En => [
            (
                "Share",
                "a modelled diversion share: of the consumers who leave the product in its occasions, the part that this rival gets. It rests on who is named together with which occasion, on the part a thing plays in it (a drink replaces a drink, a meal does not), and on what people say they took instead. The shares of one list sum to 100 %.",
            ),
            ("Range", "is over authors, not posts. A wide one means: do not bet on it."),
            (
                "Switched / back",
                "counts authors who say that they took the one instead of the other. It is what people said, nothing modelled.",
            ),
            (
                "Evidence",
                "“clear”: more than its size by ten authors at least; “one word”: the same, but without one wording less than half of it would be left; “roles only”: nobody has compared the two yet; “thin”: everything else.",
            ),
            (
                "Counting",
                "each author counts once, however much he posts. Copies, advertisements, forwards and official accounts do not count.",
            ),
            (
                "Numbers in boxes",
                "are the quotes behind a figure, one click away. A cell with a single author is counted, not quoted.",
            ),
        ],
    };
    html! { dl class="terms" { @for (term, text) in lines { div { dt { (term) } dd { (text) } } } } }
}

/// Method §7: printed in every report.
fn limits(edition: &Edition<'_>) -> Markup {
    let lines = match edition.language {
        Language::Zh => [
            "谈论不等于购买。",
            "发帖的人不等于购买的人。",
            "没人说，不等于没有需求。",
            "替代份额的读法假定：在同一场合、同一角色之内，人们按份额比例转向别的东西，除非他们自己的话另有说法。",
        ],
        Language::En => [
            "Talk is not purchase.",
            "Who posts is not who buys.",
            "Silence is not absence of demand.",
            "The diversion reading assumes that inside an occasion and role people fall back in proportion to shares, unless their own words say otherwise.",
        ],
    };
    html! { ul { @for line in lines { li { (line) } } } }
}

fn posts(edition: &Edition<'_>) -> Markup {
    let (meta, coverage) = (&edition.findings().meta, &edition.findings().coverage);
    let (rows, posts) = (meta.rows, &meta.posts);
    let counted = |map: &std::collections::BTreeMap<String, u64>| {
        map.iter().map(|(name, n)| format!("{} {}", plain(name), count(*n))).collect::<Vec<_>>().join(" · ")
    };
    let share = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| edition.percent(v));
    let lines = [
        (
            edition.say("行", "Rows"),
            match edition.language {
                Language::Zh => format!(
                    "读取 {} = 分析 {} + 拒绝 {} + 搁置 {}",
                    count(rows.read),
                    count(rows.analyzed),
                    count(rows.rejected),
                    count(rows.set_aside)
                ),
                Language::En => format!(
                    "{} read = {} analyzed + {} rejected + {} set aside",
                    count(rows.read),
                    count(rows.analyzed),
                    count(rows.rejected),
                    count(rows.set_aside)
                ),
            },
        ),
        (
            edition.say("帖子", "Posts"),
            match edition.language {
                Language::Zh => format!(
                    "消费者 {}，官方与广告 {}（不计入），重复 {}（不计入）",
                    count(posts.consumer),
                    count(posts.official),
                    count(posts.duplicate)
                ),
                Language::En => format!(
                    "{} by consumers, {} official or advertising (apart), {} duplicates (dropped)",
                    count(posts.consumer),
                    count(posts.official),
                    count(posts.duplicate)
                ),
            },
        ),
        (edition.say("作者", "Authors"), count(meta.authors)),
        (
            edition.say("时间", "Period"),
            meta.period.as_ref().and_then(|p| edition.language.period(p)).unwrap_or_else(|| "–".to_owned()),
        ),
        (edition.say("平台", "Platforms"), counted(&meta.platforms)),
        (edition.say("语言", "Languages"), counted(&meta.languages)),
        (
            edition.say("覆盖", "Coverage"),
            match edition.language {
                Language::Zh => format!(
                    "说到词表里的东西 {}，说到场合 {}，两者都有 {}",
                    share(coverage.entity),
                    share(coverage.occasion),
                    share(coverage.both)
                ),
                Language::En => format!(
                    "{} name a thing, {} an occasion, {} both",
                    share(coverage.entity),
                    share(coverage.occasion),
                    share(coverage.both)
                ),
            },
        ),
    ];
    html! {
        dl class="terms" {
            @for (term, text) in lines { div { dt { (term) } dd { bdi { (text) } } } }
            @let keywords = &edition.findings().frame.keywords;
            @if !keywords.is_empty() {
                div {
                    dt { (edition.say("检索词", "Fetched by")) }
                    dd { @for (i, k) in keywords.iter().enumerate() { @if i > 0 { " · " } bdi { (plain(&k.keyword)) } " " (count(k.posts)) } }
                }
            }
        }
    }
}

fn parameters(edition: &Edition<'_>) -> Markup {
    let meta = &edition.findings().meta;
    let p = &meta.parameters;
    let names = |ids: &[String]| {
        let all: Vec<String> = ids.iter().map(|id| edition.name(id)).collect();
        if all.is_empty() { "–".to_owned() } else { edition.language.list(&all) }
    };
    let eta = p.eta.iter().map(|(level, eta)| format!("{} {eta}", level.as_str())).collect::<Vec<_>>().join(", ");
    let lines = [
        (edition.say("关注", "Focus"), names(&p.focus)),
        (edition.say("已知对手", "Known rivals"), names(&p.known)),
        (edition.say("份额", "Share"), "Θ(A→B) = (S(A→B) + η·D(A→B)) / (S(A→·) + η)".to_owned()),
        ("η", if eta.is_empty() { "–".to_owned() } else { eta }),
        (edition.say("收缩", "Shrinkage"), format!("k = {} (category), {} (brand)", p.k_category, p.k_brand)),
        (
            edition.say("门槛", "Gate"),
            match edition.language {
                Language::Zh => {
                    format!("{}，证据散布在至少 {} 组作者里", edition.authors(p.gate_authors), p.gate_buckets)
                }
                Language::En => format!(
                    "{}, evidence in {} groups of authors at least",
                    edition.authors(p.gate_authors),
                    p.gate_buckets
                ),
            },
        ),
        (
            edition.say("区间", "Intervals"),
            edition
                .say(
                    "按作者分64组逐组剔除（jackknife）；q 为 Benjamini–Hochberg",
                    "delete-one-group jackknife over 64 groups of authors; q by Benjamini–Hochberg",
                )
                .to_owned(),
        ),
        (
            edition.say("版本", "Version"),
            format!("rival {} · lexicon {}", meta.version, meta.lexicon_sha256.get(..12).unwrap_or_default()),
        ),
    ];
    html! { dl class="terms" { @for (term, text) in lines { div { dt { (term) } dd { bdi { (plain(&text)) } } } } } }
}

fn warnings(edition: &Edition<'_>) -> Markup {
    let warnings = &edition.findings().warnings;
    html! {
        @if !warnings.is_empty() {
            h3 { (edition.say("要小心的地方", "Be careful")) }
            ul class="plain" {
                @for warning in warnings {
                    li {
                        (plain(edition.say(&warning.text.zh, &warning.text.en)))
                        @if !warning.of.is_empty() {
                            span class="where" {
                                " " (edition.say("（", "("))
                                (warning.of.iter().take(IDS).map(|id| plain(&edition.name(id))).collect::<Vec<_>>().join(edition.say("、", ", ")))
                                @if warning.of.len() > IDS {
                                    // The Chinese count is of all, the English of the others.
                                    @match edition.language {
                                        Language::Zh => { "等 " (count(warning.of.len() as u64)) " 个" },
                                        Language::En => { " and " (count((warning.of.len() - IDS) as u64)) " more" },
                                    }
                                }
                                (edition.say("）", ")"))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What people found who read hits of the labels by hand.
fn trust(edition: &Edition<'_>) -> Markup {
    let labels = labels(edition);
    let read: Vec<&(String, PrecisionFinding)> =
        labels.iter().filter(|(_, p)| *p != PrecisionFinding::Unproven).collect();
    let unproven: Vec<&str> =
        labels.iter().filter(|(_, p)| *p == PrecisionFinding::Unproven).map(|(name, _)| name.as_str()).collect();
    let columns = [
        sortable::words(edition.say("标签", "label")),
        sortable::numbers(edition.say("读过", "read")),
        sortable::numbers(edition.say("正确", "right")),
        sortable::words(edition.say("语料", "posts")),
        sortable::numbers(edition.say("日期", "day")),
    ];
    html! {
        h3 { (edition.say("人工核对", "Read by hand")) }
        p {
            (edition.say(
                "标签由词表读出。下表是人工读过的命中里有多少是对的；没读过的写在后面。",
                "Labels are read by word lists. The table tells how many hits were right where people read them; what nobody has read yet stands below.",
            ))
        }
        @if !read.is_empty() {
            @let rows = html! {
                @for (name, precision) in read {
                    @if let PrecisionFinding::ReadByHand { read, share, date, corpus, .. } = precision {
                        tr {
                            th scope="row" { (name) }
                            td class="number" data-v=(read) { (read) }
                            td class="number" data-v=(share) { (edition.percent(*share)) }
                            td lang="en" { bdi { (plain(corpus)) } }
                            td class="number" { (plain(date)) }
                        }
                    }
                }
            };
            (sortable::table(edition.say("人工核对", "Read by hand"), &columns, &rows))
        }
        @if !unproven.is_empty() {
            p class="note" { (edition.say("还没人核对：", "Nobody has read yet: ")) (unproven.join(edition.say("、", ", "))) }
        }
    }
}

/// The labels that the report rests on: subjects, their occasions and motives, their rivals; each once.
fn labels(edition: &Edition<'_>) -> Vec<(String, PrecisionFinding)> {
    let findings = edition.findings();
    let mut out: Vec<(String, PrecisionFinding)> = Vec::new();
    let mut note = |name: String, precision: &PrecisionFinding| {
        if out.len() < LABELS && !out.iter().any(|(known, _)| *known == name) {
            out.push((name, precision.clone()));
        }
    };
    let subjects = || findings.subjects.iter().filter_map(|s| edition.book.subject_entity(&s.of, s.level));
    for entity in subjects() {
        note(edition.entity(entity), &entity.precision);
    }
    for rival in &findings.rivals {
        let of = |r: &RivalFinding| edition.book.entity(&r.rival);
        if let Some(entity) = of(rival) {
            note(edition.rival(rival), &entity.precision);
        }
    }
    for entity in subjects() {
        entity.occasions.iter().take(6).for_each(|o| note(edition.occasion(&o.id), &o.precision));
        let role = |role: &str| crate::render::report::uses::role(edition, role);
        entity
            .motives
            .iter()
            .take(6)
            .for_each(|m| note(format!("{} · {}", edition.motive(&m.id), role(m.role)), &m.precision));
    }
    out
}
