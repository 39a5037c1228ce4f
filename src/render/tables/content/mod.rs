//! What stands in each table.

mod about;
mod citations;
mod entities;
mod groups;
mod position;
mod quotes;
mod rejects;
mod rivals;
mod run;
mod space;
mod subjects;
mod themes;

use super::definition::{Definition, Fill, Rows, Table};
use crate::analyze::findings::Level;

/// All tables, in the order of the workbook.
pub(super) fn all<'s>() -> Vec<Box<dyn Fill<'s> + 's>> {
    vec![
        Box::new(run::meta()),
        Box::new(run::warnings()),
        Box::new(run::post_counts()),
        Box::new(subjects::subjects()),
        Box::new(rivals::rivals()),
        Box::new(rivals::rival_occasions()),
        Box::new(rivals::outside_option()),
        Box::new(subjects::catch_alls()),
        Box::new(subjects::thin_occasions()),
        Box::new(subjects::said()),
        Box::new(groups::group_rivals()),
        Box::new(entities::entities()),
        Box::new(entities::entity_occasions()),
        Box::new(entities::entity_motives()),
        Box::new(space::jobs()),
        Box::new(space::white_space()),
        Box::new(space::actions()),
        Box::new(space::changes()),
        Box::new(space::map_points()),
        Box::new(position::essences()),
        Box::new(themes::talked_about()),
        Box::new(position::excitement_points()),
        Box::new(themes::cliches()),
        Box::new(themes::distinctive()),
        Box::new(themes::judged()),
        Box::new(position::customers()),
        Box::new(position::customer_motives()),
        Box::new(position::contact_points()),
        Box::new(position::contact_point_rivals()),
        Box::new(quotes::quotes()),
        Box::new(citations::citations()),
        Box::new(rejects::Rejects),
        Box::new(run::columns()),
    ]
}

/// What the subject of a level is: an entity of this kind.
fn subject_kind(level: Level) -> &'static str {
    if level == Level::Category { "category" } else { "brand" }
}

/// What the rival of a level is.
fn rival_kind(level: Level) -> &'static str {
    if level == Level::Brand { "brand" } else { "category" }
}

/// The word under which a value stands in JSON; the words of an enum are written down once, in the findings.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
