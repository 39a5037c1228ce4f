//! What is missing and why: the reason beside every value that the document leaves out.

use super::findings::{EntityFinding, Findings, FrameFinding, FrameSource, Label, RivalFinding, Standing, Warning};
use super::parameters::{GATE_AUTHORS, GATE_BUCKETS, Parameters};
use super::study::Study;

/// Shares resting on one wording that are named.
const CARRIED_SHOWN: usize = 4;

/// All warnings, in a fixed order.
pub(super) fn remarks(
    study: &Study<'_>,
    frame: &FrameFinding,
    parameters: &Parameters,
    entities: &[EntityFinding],
    rivals: &[RivalFinding],
    withheld_quotes: u64,
) -> Vec<Warning> {
    let mut out = Vec::new();
    about_frame(frame, &mut out);
    about_entities(study, parameters, entities, &mut out);
    about_rivals(rivals, frame, &mut out);
    if withheld_quotes > 0 {
        out.push(warning(
            "quotes_withheld",
            Vec::new(),
            format!("有 {withheld_quotes} 处只有一位作者，不显示原文"),
            format!("{withheld_quotes} cells rest on a single author: counted, not quoted"),
        ));
    }
    out
}

/// Puts before all else what the reading of the files leaves to be told: how many do not count, and how many changed meanwhile.
pub fn about_files(findings: &mut Findings, failed: usize, changed: usize) {
    let of_failed = warning(
        "files_failed",
        Vec::new(),
        format!("{failed} 个文件没能读完，其中的帖子都不计入"),
        format!("{failed} of the files could not be read: none of their posts count"),
    );
    let of_changed = warning(
        "files_changed",
        Vec::new(),
        format!("{changed} 个文件在读取时有改动，请重新运行"),
        format!("{changed} of the files changed while they were read: run again"),
    );
    let told = [(failed, of_failed), (changed, of_changed)].into_iter().filter(|(files, _)| *files > 0);
    findings.warnings.splice(0..0, told.map(|(_, warning)| warning));
}

/// A warning in both languages.
fn warning(code: &'static str, of: Vec<String>, zh: String, en: String) -> Warning {
    Warning { code, of, text: Label { zh, en } }
}

/// How the posts were fetched.
fn about_frame(frame: &FrameFinding, out: &mut Vec<Warning>) {
    let list =
        |of: fn(&Label) -> &str, comma: &str| frame.suggested_queries.iter().map(of).collect::<Vec<_>>().join(comma);
    let (zh, en) = (list(|label| &label.zh, "、"), list(|label| &label.en, ", "));
    if let Some(share) = frame.fetched_share {
        let percent = (share * 100.0).round();
        out.push(warning(
            "frame_keyword",
            frame.fetched_by.clone(),
            format!("{percent}% 的帖子是用这些名称检索来的；份额只用其余帖子计算"),
            format!("{percent} % of the posts were fetched by these names: shares use the others only"),
        ));
    }
    if frame.source == FrameSource::Suspected {
        out.push(warning(
            "frame_suspected",
            frame.fetched_by.clone(),
            "超过 60% 的帖子提到同一对象，看起来是按它检索的；若不是，请用 --sampled-by 说明".to_owned(),
            "one entity stands in over 60 % of the posts: the export looks as if it had been fetched by its name; if not, say so with --sampled-by".to_owned(),
        ));
    }
    if !frame.shares_given {
        out.push(warning(
            "shares_withheld",
            frame.fetched_by.clone(),
            format!("样本取决于检索词，不给出份额；请按场合检索后再分析：{zh}"),
            format!("shares would measure the query and are withheld; posts fetched by occasion would answer the question: {en}"),
        ));
    }
}

/// Entities of which something is left out.
fn about_entities(study: &Study<'_>, parameters: &Parameters, entities: &[EntityFinding], out: &mut Vec<Warning>) {
    let ids = |keep: &dyn Fn(&EntityFinding) -> bool| -> Vec<String> {
        entities.iter().filter(|entity| keep(entity)).map(|entity| entity.id.clone()).collect()
    };
    let focus: Vec<String> =
        parameters.focus.iter().map(|&entity| super::naming::entity_id(entity, study.layout.taxonomy)).collect();
    let unseen: Vec<String> =
        focus.iter().filter(|id| !entities.iter().any(|entity| &entity.id == *id)).cloned().collect();
    let thin = ids(&|entity| entity.standing == Standing::InsufficientEvidence);
    let small = ids(&|entity| entity.standing != Standing::InsufficientEvidence && entity.network_size.is_none());
    let unlinked = ids(&|entity| entity.standing == Standing::Ranked && entity.linked_authors == 0);
    for (code, of, zh, en) in [
        ("not_mentioned", unseen, "没有消费者提到".to_owned(), "no consumer speaks of these".to_owned()),
        (
            "insufficient_evidence",
            thin,
            format!("作者少于 {GATE_AUTHORS} 位或分布不足 {GATE_BUCKETS} 组：不排名，合并为“其余”"),
            format!(
                "fewer than {GATE_AUTHORS} authors, or in fewer than {GATE_BUCKETS} buckets: not ranked, shown together as the rest"
            ),
        ),
        (
            "no_occasion",
            unlinked,
            "没有作者把它与场合联系起来：其份额来自同类".to_owned(),
            "nobody links these with an occasion: their shares are those of their kind".to_owned(),
        ),
        (
            "network_size_absent",
            small,
            "联系不足 50 条，不给出网络规模".to_owned(),
            "network size is told from 50 links on".to_owned(),
        ),
    ] {
        if !of.is_empty() {
            out.push(warning(code, of, zh, en));
        }
    }
}

/// Rivals of which something is left out.
fn about_rivals(rivals: &[RivalFinding], frame: &FrameFinding, out: &mut Vec<Warning>) {
    let mut push = |code, zh: &str, en: &str, keep: &dyn Fn(&RivalFinding) -> bool| {
        let mut of: Vec<String> = Vec::new();
        for rival in rivals.iter().filter(|rival| keep(rival)) {
            if !of.contains(&rival.of) {
                of.push(rival.of.clone());
            }
        }
        if !of.is_empty() {
            out.push(warning(code, of, zh.to_owned(), en.to_owned()));
        }
    };
    let carried = |rival: &RivalFinding| rival.max_term_influence.as_ref().is_some_and(|i| i.carries);
    let named = named_carriers(rivals.iter().filter(|rival| carried(rival)));
    push(
        "one_rule",
        &format!("份额过半只靠一个词、句式或品牌，请看它是否总被读对：{named}"),
        &format!("more than half of a share rests on one wording, pattern or brand: is it always read right? {named}"),
        &carried,
    );
    push(
        "interval_absent",
        "各组之间没有变化，无法给出区间",
        "no interval: nothing varies between the buckets of authors",
        &|rival| rival.threat.is_some() && rival.ci90.is_none(),
    );
    push(
        "asymmetry_absent",
        "对手在这一层没有自己的对手份额，不给出不对称度",
        "no asymmetry: the rival has no share of its own at this level",
        &|rival| frame.shares_given && rival.threat.is_some() && rival.asymmetry.is_none(),
    );
    push(
        "role_only",
        "有些对手只凭角色判断，尚无言论佐证",
        "some relations rest on the roles alone: no language yet",
        &|rival| rival.basis == super::findings::Basis::Role,
    );
}

/// Shares that rest on one wording, and on which: `beer → whisky: 夜店`.
fn named_carriers<'r>(rivals: impl Iterator<Item = &'r RivalFinding>) -> String {
    let name = |rival: &RivalFinding| {
        let by = rival.max_term_influence.as_ref().map(|i| i.words.as_deref().unwrap_or(&i.rule))?;
        Some(format!("{} → {}: {by}", rival.of, rival.rival))
    };
    let all: Vec<String> = rivals.filter_map(name).collect();
    let mut out = all.iter().take(CARRIED_SHOWN).cloned().collect::<Vec<_>>().join("; ");
    if all.len() > CARRIED_SHOWN {
        out.push_str(&format!("; +{}", all.len() - CARRIED_SHOWN));
    }
    out
}
