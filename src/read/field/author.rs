//! Handles become keys here, so that no handle travels on.

use sha2::{Digest, Sha256};

use crate::read::post::AuthorKey;

/// The published prefix of every hash: results must be repeatable and mergeable between runs and machines.
const KEY: &[u8] = b"rival author 1\0";

/// What exports write where they know no author. Many people share these words, so they are nobody.
const NOBODY: &[&str] = &[
    "[deleted]",
    "deleted",
    "[removed]",
    "anonymous",
    "unknown",
    "匿名",
    "匿名用户",
    "已注销",
    "账号已注销",
    "用户已注销",
];

/// What exports write into an empty cell, whatever the column.
const EMPTY: &[&str] =
    &["", "-", "--", "-1", "无", "null", "none", "nan", "n/a", "na", "nil", "undefined", "\\N", "#n/a"];

/// Whether a cell holds one of the words for "nothing".
pub(crate) fn is_empty(cell: &str) -> bool {
    cell.len() <= 9 && EMPTY.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// The key of an author: 64 bits of SHA-256 over a published prefix, the platform and the handle.
///
/// `None` where the handle says that nobody is known: an unknown author must never become one author.
pub(crate) fn author_key(platform: Option<&str>, handle: &str) -> Option<AuthorKey> {
    let handle = handle.trim().trim_start_matches('@');
    if is_empty(handle) || NOBODY.iter().any(|word| handle.eq_ignore_ascii_case(word)) {
        return None;
    }
    let mut hash = Sha256::new();
    hash.update(KEY);
    hash.update(platform.unwrap_or_default().as_bytes());
    hash.update(b"\0");
    hash.update(handle.as_bytes());
    let digest = hash.finalize();
    let mut first = [0u8; 8];
    first.copy_from_slice(&digest[..8]);
    Some(AuthorKey(u64::from_be_bytes(first)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reliability 70.
    #[test]
    fn nobody_has_no_key() {
        for handle in ["", "  ", "无", "NULL", "-1", "nan", "[deleted]", "匿名用户", "@"] {
            assert_eq!(author_key(Some("weibo"), handle), None, "{handle:?}");
        }
    }

    #[test]
    fn the_key_is_published_and_stays() {
        assert_eq!(author_key(Some("weibo"), "小王"), author_key(Some("weibo"), " @小王 "));
        assert_ne!(author_key(Some("weibo"), "小王"), author_key(Some("xhs"), "小王"));
        assert_ne!(author_key(None, "a"), author_key(Some("a"), ""));
    }

    proptest! {
        /// Reliability 70.
        #[test]
        fn platform_and_handle_do_not_run_together(a in "[a-z]{1,4}", b in "[a-z]{1,4}") {
            let joined = author_key(Some(&format!("{a}{b}")), "x");
            prop_assert_ne!(author_key(Some(&a), &format!("{b}x")), joined);
        }
    }
}
