//! The names that exporting tools give to their columns.
//!
//! Names are folded before they are compared: lower case, without spaces, `_`, `-` and `.`
//! (`Full Text`, `full_text` and `fullText` are one name). A tool's new name is one more word in one list.

use super::Field;

/// What a list of names means when several columns of one file stand in it.
pub(super) struct Names {
    /// Best first. All of those that a file has are used: the next where the one before is empty.
    pub strong: &'static [&'static str],
    /// Names that mean something else in many files: the best one is used, where no strong one is there.
    pub weak: &'static [&'static str],
}

/// The names of a field.
pub(super) fn names(field: Field) -> Names {
    let (strong, weak): (&'static [&'static str], &'static [&'static str]) = match field {
        Field::Text => (
            &[
                "微博正文",
                "正文",
                "评论内容",
                "笔记内容",
                "作品描述",
                "视频描述",
                "描述",
                "内容",
                "文本",
                "博文",
                "帖子内容",
                "回答内容",
                "评价内容",
                "点评内容",
                "text",
                "fulltext",
                "rawcontent",
                "renderedcontent",
                "tweet",
                "contenttext",
                "content",
                "body",
                "selftext",
                "message",
                "postcontent",
                "reviewtext",
                "reviewbody",
                "reviewcontent",
                "commenttext",
                "desc",
                "hitsentence",
                "openingtext",
                "contentsnippet",
                "snippet",
                "mentionsnippet",
            ],
            &[
                "txt",
                "review",
                "reviews",
                "comment",
                "comments",
                "caption",
                "评论",
                "评价",
                "点评",
                "留言",
                "全文",
                "摘要",
                "description",
                "summary",
                "post",
            ],
        ),
        Field::Title => (
            &[
                "title",
                "标题",
                "笔记标题",
                "作品标题",
                "帖子标题",
                "文章标题",
                "评论标题",
                "headline",
                "articletitle",
                "reviewtitle",
            ],
            &["subject", "主题", "titlesnippet"],
        ),
        Field::Author => (
            &[
                "userid",
                "用户id",
                "creatorhash",
                "authorid",
                "作者id",
                "达人uid",
                "xauthorid",
                "extraauthorattributesid",
                "用户昵称",
                "发布者",
                "评论者昵称",
                "昵称",
                "作者昵称",
                "达人昵称",
                "博主名",
                "用户名",
                "usernickname",
                "nickname",
                "userscreenname",
                "screenname",
                "twitterscreenname",
                "username",
                "author",
                "authorname",
                "作者",
                "extraauthorattributesname",
                "presencehandle",
                "influencer",
                "profileurl",
                "评论者主页",
            ],
            &["user", "uid", "handle", "用户", "博主", "达人", "网名", "reviewer", "reviewername"],
        ),
        Field::Time => (
            &[
                "完整日期",
                "发布时间",
                "评论发布时间",
                "上传时间",
                "发表时间",
                "评论时间",
                "评价时间",
                "创建时间",
                "发布日期",
                "createdat",
                "parsedcreatedat",
                "createdutc",
                "createdatetime",
                "createtime",
                "createdtime",
                "createdate",
                "publishedat",
                "publishtime",
                "published",
                "publishdate",
                "pubtime",
                "postedat",
                "posttimestamp",
                "postdate",
                "posttime",
                "unixtimestamp",
                "tweetcreated",
                "commenttime",
                "reviewtime",
                "reviewdate",
                "datetime",
                "date",
                "日期",
                "alternatedateformat",
                "time",
                "时间",
            ],
            &["timestamp", "from1", "created", "day", "added"],
        ),
        Field::Clock => (&[], &["time", "时间", "clock"]),
        Field::Zone => (&[], &["timezone"]),
        Field::Id => (
            &[
                "id",
                "微博id",
                "weiboid",
                "tweetid",
                "articleid",
                "postid",
                "mid",
                "reviewid",
                "messageid",
                "resourceid",
                "idstr",
                "guid",
            ],
            &["bid", "uuid"],
        ),
        Field::Note => (&["noteid", "笔记id", "awemeid", "videoid", "contentid", "作品id", "视频id"], &[]),
        Field::Comment => (&["commentid", "评论id"], &[]),
        Field::Platform => (&["platform", "平台", "来源平台", "发布平台", "平台名称", "app"], &[]),
        Field::Source => (
            &[],
            &[
                "domain",
                "source",
                "channel",
                "来源",
                "网站",
                "站点",
                "site",
                "媒体",
                "媒体名称",
                "hosturl",
                "domainurl",
                "from",
                "pagetype",
                "sourcetype",
            ],
        ),
        Field::Region => (
            &[
                "iplocation",
                "ip归属地",
                "ip属地",
                "归属地",
                "ip",
                "region",
                "地区",
                "省份",
                "评论者所在地",
                "用户所在地",
                "所在地",
                "发布位置",
                "位置",
                "location",
                "tweetlocation",
                "userlocation",
                "state",
                "subregion",
                "province",
                "city",
                "城市",
                "country",
                "place",
            ],
            &[],
        ),
        Field::Thread => (
            &[
                "threadid",
                "conversationid",
                "inreplytostatusid",
                "inreplytotweetid",
                "retweetid",
                "retweetorquoteid",
                "源微博id",
                "linkid",
                "topicid",
                "discussionid",
                "rootid",
                "parentid",
            ],
            &[],
        ),
        Field::Keyword => (
            &[
                "sourcekeyword",
                "queryname",
                "inputname",
                "keywords",
                "keyword",
                "searchkeyword",
                "关键词",
                "搜索词",
                "搜索关键词",
            ],
            &["query"],
        ),
        Field::Url => (
            &[
                "noteurl",
                "笔记url",
                "笔记地址",
                "作品链接",
                "视频链接",
                "awemeurl",
                "weibourl",
                "tweeturl",
                "posturl",
                "postlink",
                "contenturl",
                "permalink",
                "url",
                "videourl",
                "链接",
                "网址",
                "link",
                "微博链接",
                "帖子链接",
            ],
            &["href", "collectedfromurl"],
        ),
    };
    Names { strong, weak }
}

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
    Sign { comments: true, ..on("weibo", &["评论者主页", "评论内容"]) },
    on("weibo", &["微博正文"]),
    on("weibo", &["bid", "正文"]),
    on("weibo", &["weiboid"]),
    on("weibo", &["createdatetime", "noteid"]),
    on("douyin", &["awemeid"]),
    on("bilibili", &["videodanmaku"]),
    on("kuaishou", &["viewdcount"]),
    on("zhihu", &["voteupcount", "contentid"]),
    on("tieba", &["tiebaname"]),
    on("xhs", &["noteid", "collectedcount"]),
    on("xhs", &["noteid", "pictures"]),
    on("xhs", &["笔记id"]),
    on("xhs", &["笔记内容"]),
    on("ctrip", &["景区id"]),
    on("ptt", &["articletitle", "messagecount"]),
    // Of a submission, `url` and `domain` are what it links to.
    Sign { not: &[(Field::Url, "url")], ..on("reddit", &["subredditid", "selftext"]) },
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
];

/// A name as it is compared.
pub(super) fn fold(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_folded_and_without_repetition() {
        for &field in Field::ALL {
            let names = names(field);
            let mut all: Vec<&str> = names.strong.iter().chain(names.weak).copied().collect();
            for name in &all {
                assert_eq!(fold(name), **name, "{field:?}");
            }
            let count = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), count, "{field:?}");
        }
    }
}
