//! Who speaks of an entity, and what each group wants of it.

use std::collections::BTreeMap;

use super::{QUOTES, Subject, sampled};
use crate::accumulate::{Cell, Spread};
use crate::analyze::findings::{CustomerFinding, CustomersFinding, FacetFinding, GroupMotiveFinding, Lift, Verdict};
use crate::analyze::naming::label;
use crate::analyze::numbers::{Estimate, q_either, six, told};
use crate::analyze::parameters::GATE_AUTHORS;
use crate::analyze::quoting::Quoting;
use crate::lexicon::id::{CustomerId, MotiveId, Role};

/// Authors from which on a group is shown.
const AUTHORS: u64 = 5;
/// Motives shown per group and role, and quotes of each.
const MOTIVES: usize = 3;
const MOTIVE_QUOTES: usize = 2;

/// Who speaks of the entity.
pub(super) fn finding(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> CustomersFinding {
    let (entity, taxonomy) = (subject.entity, subject.taxonomy());
    let position = &subject.study.layout.counts.position;
    let mut known: Vec<FacetFinding> = Vec::new();
    let mut denominators: BTreeMap<&str, (&Spread, &Spread)> = BTreeMap::new();
    for (&(_, id), own) in
        position.facets.range((Some(entity), CustomerId(0))..).take_while(|((of, _), _)| *of == Some(entity))
    {
        let facet = taxonomy.facet_of_customer(id);
        known.push(FacetFinding { facet: facet.to_owned(), authors: own.total() });
        if let Some(all) = position.facets.get(&(None, id)) {
            denominators.insert(facet, (own, all));
        }
    }
    known.sort_by(|a, b| a.facet.cmp(&b.facet));
    let own = position.of_customers.range((entity, CustomerId(0))..).take_while(|((of, _), _)| *of == entity);
    let groups: Vec<(CustomerId, &Spread)> =
        own.map(|(&(_, id), spread)| (id, spread)).filter(|(_, spread)| spread.total() >= AUTHORS).collect();
    let mut groups = lifts(subject, &groups, &denominators, quoting);
    groups.sort_by(|a, b| a.facet.cmp(&b.facet).then(b.authors.cmp(&a.authors)).then_with(|| a.id.cmp(&b.id)));
    let told = groups.iter().any(|group| group.lift.value.is_some());
    let verdict = if subject.is_thin() || !told {
        Verdict::InsufficientEvidence
    } else if groups.iter().any(|group| group.lift.is_sure()) {
        Verdict::Found
    } else {
        Verdict::NothingOfItsOwn
    };
    CustomersFinding { of: subject.id(), level: subject.level(), verdict, known, groups }
}

/// The groups with their lift over the consumers of everything else; only where enough tell who they are.
fn lifts(
    subject: &Subject<'_, '_>,
    groups: &[(CustomerId, &Spread)],
    denominators: &BTreeMap<&str, (&Spread, &Spread)>,
    quoting: &mut Quoting<'_>,
) -> Vec<CustomerFinding> {
    let (entity, taxonomy) = (subject.entity, subject.taxonomy());
    let counts = subject.study.layout.counts;
    let of_facet = |id: CustomerId| denominators.get(taxonomy.facet_of_customer(id)).copied();
    let estimate = |&(id, own): &(CustomerId, &Spread)| {
        let (known, all_known) =
            of_facet(id).filter(|(known, _)| known.total() >= GATE_AUTHORS && !subject.is_thin())?;
        let all = counts.position.customers.get(&id);
        let authors = own.total() as f64;
        let rest = all.map_or(0.0, |all| all.total() as f64) - authors;
        let (_, estimate) = subject.replicates.estimate(|n| {
            let weigh = |spread| subject.replicates.weigh(Some(spread), n);
            let (own, known) = (weigh(own), weigh(known));
            let (rest, rest_known) = (subject.replicates.weigh(all, n) - own, weigh(all_known) - known);
            ((own + 0.5) / (known + 1.0)).ln() - ((rest.max(0.0) + 0.5) / (rest_known.max(0.0) + 1.0)).ln()
        });
        sampled(estimate, &[authors, rest.max(0.0)])
    };
    let estimates: Vec<Option<Estimate>> = groups.iter().map(estimate).collect();
    let q = q_either(&estimates);
    groups
        .iter()
        .enumerate()
        .map(|(at, &(id, own))| {
            let authors = own.total();
            let name = &taxonomy.customer(id).name;
            CustomerFinding {
                id: name.id.clone(),
                label: label(name),
                facet: taxonomy.facet_of_customer(id).to_owned(),
                authors,
                share: of_facet(id).and_then(|(known, _)| told(authors as f64 / known.total() as f64)),
                lift: Lift::estimated(estimates[at], q[at]),
                motives: if authors >= GATE_AUTHORS { motives(subject, id, own, quoting) } else { Vec::new() },
                quotes: quoting.cite(Cell::Customer(entity, id), authors, QUOTES),
            }
        })
        .collect()
}

/// What a group wants, against the entity's other consumers.
fn motives(
    subject: &Subject<'_, '_>,
    group: CustomerId,
    own: &Spread,
    quoting: &mut Quoting<'_>,
) -> Vec<GroupMotiveFinding> {
    let (entity, counts) = (subject.entity, subject.study.layout.counts);
    let first = (entity, group, MotiveId(0), Role::Buy);
    let cells =
        counts.position.customer_motives.range(first..).take_while(|((e, g, ..), _)| (*e, *g) == (entity, group));
    let mut all: Vec<(Role, MotiveId, &Spread)> = cells.map(|(&(_, _, id, role), spread)| (role, id, spread)).collect();
    all.sort_by_key(|&(role, id, spread)| (role, std::cmp::Reverse(spread.total()), id));
    let mut shown: Vec<(Role, MotiveId, &Spread)> = Vec::new();
    for of_role in all.chunk_by(|a, b| a.0 == b.0) {
        shown.extend(of_role.iter().filter(|(.., spread)| spread.total() >= 2).take(MOTIVES));
    }
    let ratio = |&(role, id, with): &(Role, MotiveId, &Spread)| {
        if with.total() < AUTHORS {
            return None;
        }
        let authors = with.total() as f64;
        let everybody = counts.motives.get(&(entity, id, role));
        let rest = everybody.map_or(0.0, |all| all.total() as f64) - authors;
        let (_, estimate) = subject.replicates.estimate(|n| {
            let weigh = |spread: Option<&Spread>| subject.replicates.weigh(spread, n);
            let (with, group) = (weigh(Some(with)), weigh(Some(own)));
            let all = weigh(counts.entities.get(&entity).map(|c| &c.authors));
            let (rest_with, rest) = ((weigh(everybody) - with).max(0.0), (all - group).max(0.0));
            ((with + 0.5) / (group + 1.0)).ln() - ((rest_with + 0.5) / (rest + 1.0)).ln()
        });
        sampled(estimate, &[authors, rest.max(0.0)])
    };
    let estimates: Vec<Option<Estimate>> = shown.iter().map(ratio).collect();
    let q = q_either(&estimates);
    shown
        .iter()
        .enumerate()
        .map(|(at, &(role, id, with))| GroupMotiveFinding {
            id: subject.taxonomy().motive(id).name.id.clone(),
            role: role.as_str(),
            authors: with.total(),
            share: six(with.total() as f64 / own.total().max(1) as f64),
            lift: Lift::estimated(estimates[at], q[at]).without_interval(),
            quotes: quoting.cite(Cell::GroupMotive(entity, group, id, role), with.total(), MOTIVE_QUOTES),
        })
        .collect()
}
