//! JSON: reliability cases 40–52.

use super::read;

#[test]
fn lines_become_posts() {
    let outcome = read(concat!(
        "{\"id\":1,\"text\":\"喝茶\",\"platform\":\"Weibo\",\"user\":{\"name\":\"王\",\"id\":7},\"created_at\":1709251200}\n",
        "\n",
        "{\"id\":\"b\",\"title\":\"夜宵\",\"text\":\"小龙虾\",\"created_at\":\"3天前\"}",
    ));
    assert_eq!(outcome.short(), ["1", "b"]);
    let posts = outcome.posts();
    assert_eq!(posts[0].platform.as_deref(), Some("weibo"));
    assert_eq!(posts[0].time.as_ref().map(|time| time.text.as_str()), Some("2024-03-01T00:00:00Z"));
    assert!(posts[0].author.is_some() && posts[1].author.is_none());
    assert_eq!((posts[1].text.as_str(), posts[1].title_len), ("夜宵\n小龙虾", 6));
    assert_eq!(outcome.ledger.warned.len(), 1);
}
