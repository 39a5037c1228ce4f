//! Which kinds of entries stand in which folder, so that every id is found where people look for it.

/// The folders with the kinds that belong there.
const KINDS: [(&str, &[&str]); 8] = [
    ("categories/", &["category", "brand", "attribute"]),
    ("occasions/", &["occasion"]),
    ("motives/", &["motive"]),
    ("essences/", &["essence"]),
    ("language/", &["class", "cue", "relation"]),
    ("people/", &["customer", "voice"]),
    ("journey/", &["stage"]),
    ("noise/", &["voice", "cue"]),
];

/// What is wrong with a kind in a file, and where it belongs; files outside these folders may hold anything.
pub(super) fn misplaced(kind: &str, path: &str) -> Option<(String, String)> {
    let (folder, kinds) = KINDS.iter().find(|(folder, _)| path.starts_with(folder))?;
    if kinds.contains(&kind) {
        return None;
    }
    let homes: Vec<&str> = KINDS.iter().filter(|(_, kinds)| kinds.contains(&kind)).map(|(folder, _)| *folder).collect();
    let message = format!("a [[{kind}]] does not belong into {folder}, which holds [[{}]]", kinds.join("]] and [["));
    Some((message, format!("put it into a file of {}", homes.join(" or "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_folder() {
        assert_eq!(misplaced("brand", "categories/beer.toml"), None);
        assert_eq!(misplaced("occasion", "rival.toml"), None);
        let (message, help) = misplaced("occasion", "categories/beer.toml").expect("misplaced");
        assert!(message.contains("[[occasion]]") && help.ends_with("occasions/"), "{message} {help}");
    }
}
