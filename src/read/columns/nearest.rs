//! Errors of a header that cannot be used: its columns, and the known names nearest to them.

use super::Field;
use super::fold::fold;
use super::names::names;
use crate::error::{Error, ErrorKind};

/// Longest column name that is shown: what is longer is not a name but text of a post.
const SHOWN: usize = 40;
/// Most column names that are shown.
const COLUMNS: usize = 30;

/// No column holds the text.
pub(super) fn no_text(header: &[String]) -> Error {
    let error = Error::new(ErrorKind::Input, format!("no column holds the text; its columns are {}", list(header)));
    let known = names(Field::Text);
    let near = header
        .iter()
        .flat_map(|name| {
            let folded: Vec<char> = fold(name).chars().collect();
            let most = |known: &str| known.chars().count().min(name.chars().count()) / 3;
            known.strong.iter().chain(known.weak).filter_map(move |known| {
                let steps = distance(&folded, known, most(known))?;
                Some((steps, name, known))
            })
        })
        .min_by_key(|&(steps, ..)| steps);
    if header.iter().any(|name| name.chars().count() > SHOWN || name.trim().parse::<f64>().is_ok()) {
        return error.help(
            "the first line seems to be a row, not a header: say which column is which with --no-header --columns text=3,author=1",
        );
    }
    match near {
        Some((_, name, known)) => error.help(format!("is it `{name}` (like `{known}`)? then --columns 'text={name}'")),
        None => error.help(format!(
            "tell it with --columns text=COLUMN; names that are known: {}",
            ["text", "content", "body", "review", "comment", "内容", "正文", "评论内容"].join(", ")
        )),
    }
}

/// A column named by the user is not there.
pub(super) fn no_column(name: &str, header: &[String]) -> Error {
    let error = Error::new(ErrorKind::Input, format!("there is no column `{name}`; its columns are {}", list(header)));
    match closest(name, header.iter().map(String::as_str)) {
        Some(near) => error.help(format!("is it `{near}`?")),
        None => error.help("--columns takes the names as they stand in the header"),
    }
}

/// The candidate nearest to a name, when it is near at all.
pub(crate) fn closest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = fold(name).chars().collect();
    candidates
        .filter(|candidate| !candidate.is_empty())
        .filter_map(|candidate| {
            let most = 1 + wanted.len().min(candidate.chars().count()) / 3;
            Some((distance(&wanted, &fold(candidate), most)?, candidate))
        })
        .min_by_key(|&(steps, _)| steps)
        .map(|(_, candidate)| candidate)
}

fn list(header: &[String]) -> String {
    let mut shown: Vec<String> = header
        .iter()
        .take(COLUMNS)
        .map(|name| match name.char_indices().nth(SHOWN) {
            // Not shown: a header that is no header holds what people wrote.
            Some(_) => format!("one of {} characters", name.chars().count()),
            None => format!("`{}`", name.chars().filter(|c| !c.is_control()).collect::<String>()),
        })
        .collect();
    if header.len() > COLUMNS {
        shown.push(format!("and {} more", header.len() - COLUMNS));
    }
    shown.join(", ")
}

/// Levenshtein distance in characters, where it is at most `most`; long names are not compared.
fn distance(a: &[char], b: &str, most: usize) -> Option<usize> {
    let others = b.chars().count();
    // A header of text has many long names, and every known name is held against each.
    if a.len().max(others) > 64 || a.len().abs_diff(others) > most {
        return None;
    }
    let mut row = [0; 65];
    for (at, steps) in row.iter_mut().enumerate() {
        *steps = at;
    }
    for (i, &left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.chars().enumerate() {
            let next = (diagonal + usize::from(left != right)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    Some(row[others]).filter(|&steps| steps <= most)
}
