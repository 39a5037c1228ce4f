//! Sentences that can be quoted as they stand: a figure, what it means, what it rests on, and a voice behind it.

use maud::{Markup, html};

use crate::analyze::findings::{EntityFinding, OccasionFinding, RivalFinding, Stand, Subject};
use crate::analyze::parameters::FDR;
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::parts::{self, Evidence, Parts, unexpected};
use crate::render::phrase::Phrase;
use crate::render::report::edition::Edition;

/// Claims on the first page.
const MOST: usize = 6;
/// Authors from which on a motive or a departure is worth a claim.
const WORTH: u64 = 3;

/// A claim.
pub(in crate::render::report) struct Claim {
    /// The figure, large.
    figure: String,
    /// What it means: a sentence.
    text: String,
    /// What it rests on.
    basis: String,
    quotes: Vec<String>,
    /// How it is colored.
    class: &'static str,
}

/// The claims of a list, most telling first.
pub(in crate::render::report) fn of(edition: &Edition<'_>, subject: &Subject, parts: &Parts<'_>) -> Vec<Claim> {
    let entity = edition.book.subject_entity(&subject.of, subject.level);
    let name = edition.subject_phrase(subject);
    let mut all = Vec::new();
    let mut rivals: Vec<&RivalFinding> = parts.rivals().filter(|r| r.threat.is_some()).collect();
    rivals.sort_by_key(|r| (!unexpected(r), r.rank));
    let clear = rivals.iter().copied().filter(|r| Evidence::of(r) == Evidence::Clear);
    all.extend(clear.take(2).filter_map(|rival| taken(edition, &name, rival)));
    if let Some(entity) = entity {
        all.extend(motive(edition, &name, entity, "avoid"));
        all.extend(essence(edition, &name, &subject.of));
        all.extend(held(edition, &name, entity, Stand::Defend));
        all.extend(step(edition, &name, &subject.of));
        all.extend(room(edition, &name, &subject.of));
        all.extend(lost(edition, &name, subject));
        all.extend(motive(edition, &name, entity, "buy"));
        all.extend(held(edition, &name, entity, Stand::Build));
    }
    all.extend(parts.partners.first().map(|rival| together(edition, &name, rival)));
    all.truncate(MOST);
    all
}

/// The claims as a list.
pub(in crate::render::report) fn list(edition: &Edition<'_>, claims: &[Claim]) -> Markup {
    html! {
        @if !claims.is_empty() {
            ul class="claims" {
                @for claim in claims {
                    li class={ "claim " (claim.class) } {
                        p class="figure" { (claim.figure) }
                        p class="text" { (claim.text) }
                        p class="basis" { (claim.basis) " " (edition.refs(&claim.quotes)) }
                        (edition.voice(&claim.quotes))
                    }
                }
            }
        }
    }
}

fn taken(edition: &Edition<'_>, name: &Phrase, rival: &RivalFinding) -> Option<Claim> {
    let share = edition.percent(rival.threat?);
    let other = edition.rival_phrase(rival);
    let mut basis = Vec::new();
    if let Some(range) = rival.ci90 {
        let range = edition.percent_range(range);
        basis.push(match edition.language {
            Language::Zh => format!("90%区间 {range}"),
            Language::En => format!("90 % range {range}"),
        });
    }
    let there = rival.switching.to_rival;
    if there > 0 {
        basis.push(match edition.language {
            Language::Zh => {
                format!("{}亲口说换了，{}人换回", edition.authors(there), count(rival.switching.from_rival))
            }
            Language::En => {
                format!("{} say they switched, {} back", edition.authors(there), count(rival.switching.from_rival))
            }
        });
    }
    Some(Claim {
        figure: share.clone(),
        text: match edition.language {
            Language::Zh => format!("离开{name}的消费者，估计有{share}流向{other}。"),
            Language::En => format!("of those who leave {name} are estimated to go to {other}."),
        },
        basis: basis.join(" · "),
        quotes: rival.quotes.clone(),
        class: "taken",
    })
}

fn motive(edition: &Edition<'_>, name: &Phrase, entity: &EntityFinding, role: &str) -> Option<Claim> {
    let most = parts::telling_motive(entity, role, WORTH)?;
    let reason = edition.motive(&most.id);
    let authors = edition.authors(most.authors);
    let text = match (edition.language, role) {
        (Language::Zh, "avoid") => format!("不选{name}，问题出在“{reason}”。"),
        (Language::Zh, _) => format!("选{name}，看中的是“{reason}”。"),
        (Language::En, "avoid") => format!("find fault with {name}: “{reason}”."),
        (Language::En, _) => format!("give “{reason}” as a reason for {name}."),
    };
    let basis = match (most.lift.sure(), edition.language) {
        (Some(lift), Language::Zh) => format!("是其他东西的{}倍", times(lift).trim_start_matches('×')),
        (Some(lift), Language::En) => format!("{} as often as for anything else", times(lift)),
        (None, Language::Zh) => format!("占谈到{name}的人的{}", edition.percent(most.share)),
        (None, Language::En) => format!("{} of those who speak of {name}", edition.percent(most.share)),
    };
    let class = if role == "avoid" { "taken" } else { "held" };
    Some(Claim { figure: authors, text, basis, quotes: most.quotes.clone(), class })
}

fn held(edition: &Edition<'_>, name: &Phrase, entity: &EntityFinding, stand: Stand) -> Option<Claim> {
    let own = entity.occasions.iter().filter(|o| o.stand == Some(stand) && o.lift.value.is_some());
    let advantage = |o: &&OccasionFinding| o.mental_advantage.unwrap_or(0.0).abs();
    let best = own.max_by(|a, b| advantage(a).total_cmp(&advantage(b)).then_with(|| b.id.cmp(&a.id)))?;
    let occasion = edition.occasion(&best.id);
    let text = match (edition.language, stand) {
        (Language::Zh, Stand::Build) => format!("市场平均的联想强度：“{occasion}”是{name}的弱项。"),
        (Language::Zh, _) => format!("市场平均的联想强度：“{occasion}”是{name}的地盘。"),
        (Language::En, Stand::Build) => format!("the market’s link with “{occasion}”: the weak side of {name}."),
        (Language::En, _) => format!("the market’s link with “{occasion}”: the home ground of {name}."),
    };
    let range = best
        .lift
        .ci95
        .map(crate::render::report::chapters::position::occasions::times_range)
        .map(|range| format!("×{range}"));
    let authors = edition.authors(best.authors);
    let basis = match (range, edition.language) {
        (Some(range), Language::Zh) => format!("95%区间 {range} · {authors}"),
        (Some(range), Language::En) => format!("95 % range {range} · {authors}"),
        (None, _) => authors,
    };
    let class = if stand == Stand::Build { "taken" } else { "held" };
    Some(Claim { figure: times(best.lift.value?), text, basis, quotes: best.quotes.clone(), class })
}

/// Below this share of those who say anything, an essence is what a few say, not what a thing is: nothing for the first page.
const FEW: f64 = 0.05;

/// What it is really about.
fn essence(edition: &Edition<'_>, name: &Phrase, of: &str) -> Option<Claim> {
    let found = edition.findings().essence.iter().find(|e| e.of == of)?;
    let first = found.essences.first().filter(|_| found.authors as f64 >= FEW * found.themed_authors as f64)?;
    let label = edition.say(&first.label.zh, &first.label.en);
    Some(Claim {
        figure: capital(label),
        text: match edition.language {
            Language::Zh => format!("说到最后，{name}就是“{label}”。"),
            Language::En => format!("is what {name} {} about in the end.", name.verb("is", "are")),
        },
        basis: match edition.language {
            Language::Zh => {
                format!("{} · 是别处的{}倍", edition.authors(first.authors), times(first.lift).trim_start_matches('×'))
            }
            Language::En => format!("{} · {} as much as elsewhere", edition.authors(first.authors), times(first.lift)),
        },
        quotes: first.quotes.clone(),
        class: "held",
    })
}

/// The step of the way at which it clearly falls short most.
fn step(edition: &Edition<'_>, name: &Phrase, of: &str) -> Option<Claim> {
    let stages = &edition.findings().contact_points.iter().find(|c| c.of == of)?.stages;
    let short = stages.iter().filter_map(|s| s.gap.filter(|g| g.q < FDR && g.gap < 0.0).map(|g| (s, g.gap)));
    let (stage, _) = short.min_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.id.cmp(&b.0.id)))?;
    let label = edition.say(&stage.label.zh, &stage.label.en);
    Some(Claim {
        figure: edition.percent(stage.quality),
        text: match edition.language {
            Language::Zh => format!("的人夸{name}的“{label}”：这一步是短板。"),
            Language::En => format!("praise {name} at “{label}”: the weak step."),
        },
        basis: match edition.language {
            Language::Zh => {
                format!("同类 {} · {}", edition.percent(stage.field_quality), edition.authors(stage.authors))
            }
            Language::En => {
                format!("its field {} · {}", edition.percent(stage.field_quality), edition.authors(stage.authors))
            }
        },
        quotes: stage.quotes.clone(),
        class: "taken",
    })
}

/// The largest room.
fn room(edition: &Edition<'_>, name: &Phrase, of: &str) -> Option<Claim> {
    let space = edition.findings().space.white_space.iter().find(|w| w.of == of)?.spaces.first()?;
    let job = format!("{} × {}", edition.occasion(&space.occasion), edition.motive(&space.motive));
    let owner = space.owner.as_ref().map(|owner| edition.phrase(owner));
    let authors = edition.authors(space.authors);
    Some(Claim {
        figure: authors,
        text: match edition.language {
            Language::Zh => format!("谈到“{job}”，{name}却不在那里：一块空地。"),
            Language::En => {
                format!("speak of “{job}”, where {name} {} absent: white space.", name.verb("is", "are"))
            }
        },
        basis: match (owner, edition.language) {
            (Some(owner), Language::Zh) => format!("现在占着的是{owner}"),
            (Some(owner), Language::En) => format!("held by {owner} today"),
            (None, Language::Zh) => "还没有主人".to_owned(),
            (None, Language::En) => "held by nobody".to_owned(),
        },
        quotes: space.quotes.clone(),
        class: "held",
    })
}

fn lost(edition: &Edition<'_>, name: &Phrase, subject: &Subject) -> Option<Claim> {
    let lost = edition.book.outside(&subject.of).filter(|lost| lost.authors >= WORTH)?;
    Some(Claim {
        figure: edition.authors(lost.authors),
        text: match edition.language {
            Language::Zh => format!("没有换成别的，而是干脆不要{name}了。"),
            Language::En => format!("left {name} for nothing at all."),
        },
        basis: match edition.language {
            Language::Zh => format!("占谈到它的人的{}，不计入份额", edition.percent(lost.share)),
            Language::En => format!("{} of those who speak of it; not in the shares", edition.percent(lost.share)),
        },
        quotes: lost.quotes.clone(),
        class: "taken",
    })
}

fn together(edition: &Edition<'_>, name: &Phrase, rival: &RivalFinding) -> Claim {
    let other = edition.rival_phrase(rival);
    Claim {
        figure: edition.authors(rival.pairing),
        text: match edition.language {
            Language::Zh => format!("把{other}和{name}搭着要：是搭档，不是对手。"),
            Language::En => format!("take {other} together with {name}: partners, not rivals."),
        },
        basis: String::new(),
        quotes: rival.quotes.clone(),
        class: "held",
    }
}
