//! Columns that tell more than their own field: which platform the file is from, what its other columns mean there.

use super::Field;

/// What the columns of a file tell of the whole file.
pub(super) struct Sign {
    /// All of these stand in the header …
    pub with: &'static [&'static str],
    /// … and none of these.
    pub without: &'static [&'static str],
    /// Where the posts stood.
    pub platform: Option<&'static str>,
    /// Whether every row answers something.
    pub comments: bool,
    /// Names that mean something else in this file, and are not used as the field that the lists give.
    pub not: &'static [(Field, &'static str)],
    /// Names that only this file uses so.
    pub is: &'static [(Field, &'static str)],
}

/// A sign that tells the platform only.
const fn on(platform: &'static str, with: &'static [&'static str]) -> Sign {
    Sign { with, without: &[], platform: Some(platform), comments: false, not: &[], is: &[] }
}

/// Known signs; the first that fits is taken.
pub(super) const SIGNS: &[Sign] = &[
    // The title is the place's.
    Sign {
        not: &[(Field::Title, "title")],
        is: &[(Field::Author, "name")],
        ..on("google maps", &["reviewerid", "placeid", "stars"])
    },
    on("google maps", &["googleid", "reviewtext"]),
    on("google play", &["reviewcreatedversion"]),
    on("google play", &["reviewtext", "packagename"]),
    on("amazon", &["asin", "reviewtext"]),
    on("amazon", &["asin", "parentasin"]),
    on("yelp", &["businessid", "useful", "funny"]),
    // The id is the product's.
    Sign { not: &[(Field::Id, "id")], platform: None, ..on("", &["reviewstext", "reviewsid"]) },
    on("steam", &["recommendationid"]),
    on("telegram", &["fromid", "textentities"]),
    on("discord", &["timestampedited"]),
    on("tiktok", &["diggcount"]),
    Sign { comments: true, is: &[(Field::Likes, "votes")], ..on("youtube", &["cid", "votes"]) },
    Sign {
        comments: true,
        not: &[(Field::Note, "videoid")],
        is: &[(Field::Thread, "videoid")],
        ..on("youtube", &["textoriginal"])
    },
    Sign { not: &[(Field::Id, "mid")], is: &[(Field::Author, "mid")], ..on("bilibili", &["rpid"]) },
    Sign { comments: true, ..on("weibo", &["评论者主页", "评论内容"]) },
    on("weibo", &["微博正文"]),
    on("weibo", &["bid", "正文"]),
    Sign { is: &[(Field::Tags, "topics")], ..on("weibo", &["weiboid"]) },
    on("weibo", &["createdatetime", "noteid"]),
    on("douyin", &["awemeid"]),
    on("bilibili", &["videodanmaku"]),
    on("kuaishou", &["viewdcount"]),
    on("zhihu", &["voteupcount", "contentid"]),
    on("tieba", &["tiebaname"]),
    on("xhs", &["noteid", "collectedcount"]),
    on("xhs", &["noteid", "pictures"]),
    // Elsewhere 标签 is as often what somebody thinks of the row.
    Sign { is: &[(Field::Tags, "标签")], ..on("xhs", &["笔记id"]) },
    Sign { is: &[(Field::Tags, "标签")], ..on("xhs", &["笔记内容"]) },
    on("ctrip", &["景区id"]),
    on("ptt", &["articletitle", "messagecount"]),
    // Of a submission, `url` and `domain` are what it links to.
    Sign { not: &[(Field::Url, "url")], is: &[(Field::Likes, "score")], ..on("reddit", &["subredditid", "selftext"]) },
    Sign { comments: true, ..on("reddit", &["subreddit", "authorlinkkarma"]) },
    on("reddit", &["subreddit"]),
    on("twitter", &["tweet", "conversationid"]),
    on("twitter", &["rawcontent", "conversationid"]),
    on("twitter", &["tweeturl"]),
    // Elsewhere `name` is as often a product's; here it is who wrote the tweet.
    Sign { without: &["hitsentence", "openingtext"], is: &[(Field::Author, "name")], ..on("twitter", &["tweetid"]) },
    // The template calls the author's name 标题.
    Sign {
        with: &["标题", "txt", "from1"],
        without: &[],
        platform: Some("weibo"),
        comments: false,
        not: &[(Field::Title, "标题")],
        is: &[(Field::Author, "标题")],
    },
    // The moment of collecting, not of writing.
    Sign {
        with: &["postcontent", "postdate"],
        without: &[],
        platform: Some("linkedin"),
        comments: false,
        not: &[(Field::Time, "timestamp")],
        is: &[],
    },
    // Its tags are the analyst's.
    Sign { platform: None, not: &[(Field::Tags, "tags")], ..on("", &["queryid", "queryname"]) },
];
