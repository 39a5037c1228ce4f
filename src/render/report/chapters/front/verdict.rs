//! The verdict in words: a headline and the sentences below it, no surer than the figures.

use crate::analyze::findings::{EntityFinding, Needed, OccasionFinding, RivalFinding, Standing, Subject};
use crate::render::book::capital;
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::parts::{Evidence, Parts, said};
use crate::render::phrase::Phrase;
use crate::render::report::edition::Edition;
use crate::render::verdict::{Holdings, Lead, Verdict, main_occasion};

/// A headline and what stands below it.
pub(in crate::render::report) struct Told {
    pub headline: String,
    pub sentences: Vec<String>,
}

/// What a list says.
pub(in crate::render::report) fn tell(edition: &Edition<'_>, subject: &Subject, parts: &Parts<'_>) -> Told {
    let entity = edition.book.subject_entity(&subject.of, subject.level);
    let name = edition.subject_phrase(subject);
    let verdict = Verdict::of(subject, entity, parts, edition.findings().frame.shares_given);
    let mut told = match &verdict {
        Verdict::TooFew(needed) => too_few(edition, &name, subject, *needed),
        Verdict::CatchAll => catch_all(edition, &edition.subject(subject)),
        Verdict::NoneRanked => Told {
            headline: match edition.language {
                Language::Zh => format!("{name}还没有可以排名的对手"),
                Language::En => format!("No rival of {name} can be ranked yet"),
            },
            sentences: vec![match edition.language {
                Language::Zh => "能替代它的东西，谈到的作者都太少。".to_owned(),
                Language::En => {
                    format!("Nothing that could replace {} has enough authors.", name.verb("it", "them"))
                }
            }],
        },
        Verdict::NearOnly(near) => near_only(edition, &name, near),
        Verdict::Leads(lead) => {
            let mut told = leads(edition, &name, lead);
            told.sentences.extend(lead.least_expected.map(|rival| unexpected(edition, rival)));
            told
        }
        Verdict::SaidOnly(most) => said_only(edition, &name, *most),
    };
    if subject.standing == Standing::Ranked {
        told.sentences.extend(entity.and_then(|entity| holds(edition, &name, entity)));
    }
    told.headline = capital(&told.headline);
    told
}

fn too_few(edition: &Edition<'_>, name: &Phrase, subject: &Subject, needed: Option<Needed>) -> Told {
    let so_far = edition.authors(subject.authors);
    let (headline, first) = match edition.language {
        Language::Zh => {
            (format!("谈到{name}的人太少，还不能给对手排名"), format!("目前只有{so_far}谈到{name}；下面是他们说的话。"))
        }
        Language::En => (
            format!("Too few speak of {name} to rank {} rivals", name.verb("its", "their")),
            format!("So far {so_far} speak of {name}; below is what they say."),
        ),
    };
    let missing = needed.map(|needed| match (edition.language, needed.authors) {
        (Language::Zh, 0) => "大部分内容来自太少的人：需要更多不同作者的帖子。".to_owned(),
        (Language::En, 0) => {
            "Most of it comes from too few of them: posts by more different people are needed.".to_owned()
        }
        (Language::Zh, more) => format!("还需要{}。", edition.authors(more)),
        (Language::En, more) => format!("{} more are needed.", edition.authors(more)),
    });
    Told { headline, sentences: std::iter::once(first).chain(missing).collect() }
}

fn catch_all(edition: &Edition<'_>, name: &str) -> Told {
    let (headline, then) = match edition.language {
        Language::Zh => (format!("“{name}”是统称，不参与排名"), "请改看它下面的某一种。"),
        Language::En => {
            (format!("“{name}” is a word for many things: shown, never ranked"), "Ask for one of its kinds.")
        }
    };
    Told { headline, sentences: vec![then.to_owned()] }
}

/// Nothing plays its part: no rival by anybody's words, only the nearest.
fn near_only(edition: &Edition<'_>, name: &Phrase, near: &RivalFinding) -> Told {
    let rival = edition.rival_phrase(near);
    let share = near.threat.map(|share| edition.percent(share)).unwrap_or_default();
    let (headline, first) = match edition.language {
        Language::Zh => (
            format!("能替代{name}的东西，谈到的人还太少"),
            format!("仅按场合看，离它最近的是{rival}（{share}）；几乎没有人说用它来替代。"),
        ),
        Language::En => (
            format!("Too few speak of anything that could replace {name}"),
            format!(
                "By occasions alone, {rival} {} nearest ({share}); hardly anybody says that they took {} instead.",
                rival.verb("is", "are"),
                rival.verb("it", "them")
            ),
        ),
    };
    Told { headline, sentences: vec![first] }
}

/// Who takes most, where, and how sure that is.
fn leads(edition: &Edition<'_>, name: &Phrase, &Lead { top, of_all, evidence, alone, open, .. }: &Lead<'_>) -> Told {
    let rival = edition.rival_phrase(top);
    let place = main_occasion(top).map(|(id, part)| (edition.when(id), edition.percent(part)));
    let headline = match (edition.language, evidence, open) {
        (Language::Zh, Evidence::Clear, None) => {
            let on = place.as_ref().map(|(o, _)| format!("，主战场是{o}")).unwrap_or_default();
            format!("抢走{name}的消费者最多的是{rival}{on}")
        }
        (Language::En, Evidence::Clear, None) => {
            let on = place.as_ref().map(|(when, _)| format!(", mainly {when}")).unwrap_or_default();
            let takes = rival.verb("takes", "take");
            format!("{rival} {takes} more consumers from {name} than any other rival{on}")
        }
        (Language::Zh, Evidence::Clear, Some(second)) => {
            format!("{rival}和{}抢走{name}的消费者最多，两者谁更多还难说", edition.rival_phrase(second))
        }
        (Language::En, Evidence::Clear, Some(second)) => {
            let second = edition.rival_phrase(second);
            format!("{rival} and {second} take most consumers from {name}; which of the two leads is open")
        }
        (Language::Zh, Evidence::Thin | Evidence::OneWord, _) => {
            format!("抢走{name}的消费者最多的似乎是{rival}，证据还薄")
        }
        (Language::En, Evidence::Thin | Evidence::OneWord, _) => {
            format!("{rival} {} to take most from {name}; the evidence is thin", rival.verb("seems", "seem"))
        }
        (Language::Zh, Evidence::RolesOnly, _) => {
            format!("仅按场合与角色推算，{name}的消费者最可能转向{rival}；还没有人这么说")
        }
        (Language::En, Evidence::RolesOnly, _) => {
            format!("By occasions and roles alone, {rival} would take most from {name}; nobody has said so")
        }
    };
    let mut sentences = vec![share_sentence(edition, name, top, place.as_ref())];
    if !of_all {
        let apart = edition.say(
            "只比较与它作用相同的东西；别的东西仅按场合所占更大。",
            "That is among what plays the same part; things of another part have more by occasions alone.",
        );
        sentences.push(apart.to_owned());
    }
    if alone && evidence == Evidence::RolesOnly {
        let market_of_one = edition.say(
            "与它作用相同的东西里，只有这一个谈到的人够多，份额因此偏大。",
            "Nothing else that plays its part has enough authors to stand beside it, so its share is large.",
        );
        sentences.push(market_of_one.to_owned());
    }
    sentences.extend(switched(edition, name, top));
    if matches!(evidence, Evidence::Thin | Evidence::OneWord) {
        sentences.push(thin(edition, top));
    }
    Told { headline, sentences }
}

fn share_sentence(
    edition: &Edition<'_>,
    name: &Phrase,
    top: &RivalFinding,
    place: Option<&(String, String)>,
) -> String {
    let rival = edition.rival_phrase(top);
    let share = top.threat.map(|share| edition.percent(share)).unwrap_or_default();
    match edition.language {
        Language::Zh => {
            let range = top.ci90.map(|r| format!("（90%区间 {}）", edition.percent_range(r))).unwrap_or_default();
            let on = place.map(|(o, part)| format!("，其中{part}发生在{o}")).unwrap_or_default();
            format!("离开{name}的消费者里，估计{share}流向{rival}{range}{on}。")
        }
        Language::En => {
            let range = top.ci90.map(|r| format!(" (90 % range {})", edition.percent_range(r))).unwrap_or_default();
            let on = place.map(|(when, part)| format!(", {part} of that {when}")).unwrap_or_default();
            format!("Of the consumers who leave {name}, an estimated {share} go to {rival}{range}{on}.")
        }
    }
}

/// Those who say so themselves, there and back.
fn switched(edition: &Edition<'_>, name: &Phrase, top: &RivalFinding) -> Option<String> {
    let (there, back) = (top.switching.to_rival, top.switching.from_rival);
    if there == 0 {
        return None;
    }
    let rival = edition.rival_phrase(top);
    Some(match (edition.language, back) {
        (Language::Zh, 0) => format!("{}亲口说换成了{rival}，没有人说换回来。", edition.authors(there)),
        (Language::Zh, _) => {
            format!("{}亲口说换成了{rival}，{}换回{name}。", edition.authors(there), edition.authors(back))
        }
        (Language::En, 0) => {
            let say = if there == 1 { "says" } else { "say" };
            format!("{} {say} they chose {rival} instead; nobody says the reverse.", edition.authors(there))
        }
        (Language::En, _) => {
            let say = if there == 1 { "says" } else { "say" };
            format!("{} {say} they chose {rival} instead, {} chose {name}.", edition.authors(there), count(back))
        }
    })
}

fn thin(edition: &Edition<'_>, top: &RivalFinding) -> String {
    let carried = edition.authors(top.carried_by);
    match (edition.language, said(top) == 0, top.q.is_some()) {
        (Language::Zh, true, _) => format!("还没有人这样说过；{carried}把两者放在同一个场合。"),
        (Language::En, true, _) => format!("Nobody has said so; {carried} link both with one occasion."),
        (Language::Zh, false, true) => "这并不明显多于它本身的体量。".to_owned(),
        (Language::En, false, true) => "That is not clearly more than its size alone would give.".to_owned(),
        (Language::Zh, false, false) => format!("证据还薄：只有{carried}。"),
        (Language::En, false, false) => format!("The evidence is thin: {carried}."),
    }
}

fn unexpected(edition: &Edition<'_>, rival: &RivalFinding) -> String {
    let name = edition.rival_phrase(rival);
    let share = rival.threat.map(|share| edition.percent(share)).unwrap_or_default();
    let place = main_occasion(rival).map(|(id, _)| edition.when(id));
    match edition.language {
        Language::Zh => {
            let on = place.map(|o| format!("，在{o}")).unwrap_or_default();
            format!("最出人意料的对手：{name}（{share}{on}）。")
        }
        Language::En => {
            let on = place.map(|when| format!(", {when}")).unwrap_or_default();
            format!("Least expected: {name} ({share}{on}).")
        }
    }
}

fn said_only(edition: &Edition<'_>, name: &Phrase, most: Option<&RivalFinding>) -> Told {
    let why = edition
        .say(
            "样本是按关键词检索的，份额只会反映检索词，所以这里只数人们亲口说的话。",
            "The posts were fetched by keyword, so shares would measure the query: only what people say counts here.",
        )
        .to_owned();
    match most {
        Some(rival) => {
            let (other, there, back) =
                (edition.rival_phrase(rival), rival.switching.to_rival, rival.switching.from_rival);
            let headline = match edition.language {
                Language::Zh => format!("说自己换掉{name}的人，改选{other}的最多"),
                Language::En => format!("Most of those who switched from {name} chose {other}"),
            };
            let counted = match edition.language {
                Language::Zh => format!("{}改选{other}，{}换回。", edition.authors(there), edition.authors(back)),
                Language::En => format!("{} chose {other} instead, {} came back.", edition.authors(there), count(back)),
            };
            Told { headline, sentences: vec![counted, why] }
        }
        None => Told {
            headline: match edition.language {
                Language::Zh => format!("暂无答案：没有人说自己离开{name}改选别的"),
                Language::En => format!("No answer yet: nobody says that they left {name} for something else"),
            },
            sentences: vec![why],
        },
    }
}

/// The occasions that the subject holds, and those where it is weak.
fn holds(edition: &Edition<'_>, name: &Phrase, entity: &EntityFinding) -> Option<String> {
    let holdings = Holdings::of(entity);
    let when =
        |all: &[&OccasionFinding]| edition.language.list(&all.iter().map(|o| edition.when(&o.id)).collect::<Vec<_>>());
    let (own, weak) = (when(&holdings.own), when(&holdings.weak));
    match (edition.language, own.is_empty(), weak.is_empty()) {
        (Language::En, _, _) => name.holds(&own, &weak, holdings.judged),
        (Language::Zh, false, false) => Some(format!("{name}守住的是{own}，弱在{weak}。")),
        (Language::Zh, false, true) => Some(format!("{name}守住的是{own}。")),
        (Language::Zh, true, false) => Some(format!("{name}弱在{weak}，没有明显属于自己的场合。")),
        (Language::Zh, true, true) => holdings.judged.then(|| format!("没有哪个场合明显属于{name}。")),
    }
}
