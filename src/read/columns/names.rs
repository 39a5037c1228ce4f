//! The names that exporting tools give to their columns.
//!
//! Names are folded before they are compared (`Full Text`, `full_text` and `fullText` are one name, see `fold`). A
//! tool's new name is one more word in one list.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Field;

/// What a list of names means when several columns of one file stand in it.
pub(super) struct Names {
    /// Best first. All of those that a file has are used: the next where the one before is empty.
    pub strong: &'static [&'static str],
    /// Names that mean something else in many files: the best one is used, where no strong one is there.
    pub weak: &'static [&'static str],
}

/// Where a name stands in the lists; the order is that of the fields, strong before weak, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub field: Field,
    pub weak: bool,
    rank: u16,
}

/// All lists by name: made once, because a run may open ten thousand files.
#[derive(Default)]
struct Index {
    listed: FxHashMap<&'static str, Vec<Listed>>,
    /// All strong names, each once, and for each field where its own stand.
    late: Vec<&'static str>,
    late_of: Vec<Vec<u16>>,
    places: FxHashMap<&'static str, u16>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for &field in Field::ALL {
        let Names { strong, weak } = names(field);
        for (list, weak) in [(strong, false), (weak, true)] {
            for (name, rank) in list.iter().zip(0..) {
                index.listed.entry(name).or_default().push(Listed { field, weak, rank });
            }
        }
        let mut own = Vec::new();
        for &name in strong {
            let next = u16::try_from(index.late.len()).unwrap_or(u16::MAX);
            let place = *index.places.entry(name).or_insert(next);
            if place == next {
                index.late.push(name);
            }
            own.push(place);
        }
        index.late_of.push(own);
    }
    index
});

/// Where a folded name stands; a name may be one of several fields.
pub(super) fn listed(name: &str) -> &'static [Listed] {
    INDEX.listed.get(name).map_or(&[], Vec::as_slice)
}

/// All strong names: the keys that may turn up late in a file of objects.
pub(super) fn late_names() -> &'static [&'static str] {
    &INDEX.late
}

/// Where those of a field stand among these, best first.
pub(super) fn late_of(field: Field) -> &'static [u16] {
    &INDEX.late_of[field as usize]
}

/// Where a folded name stands among these.
pub(super) fn late_place(name: &str) -> Option<u16> {
    INDEX.places.get(name).copied()
}

/// The names of a field.
#[rustfmt::skip] // one name a line would hide the order in a long column
pub(super) fn names(field: Field) -> Names {
    let (strong, weak): (&'static [&'static str], &'static [&'static str]) = match field {
        Field::Text => (
            &[
                "extendedtweetfulltext", "notetweettext", "longtextlongtextcontent", "微博正文", "微博内容",
                "博文内容", "正文内容", "文章内容", "文章正文", "原文内容", "原文", "正文", "评论内容", "评论正文",
                "评论文本", "评论详情", "评论原文", "用户评论", "用户评价", "初评内容", "首评内容", "首次评价",
                "弹幕内容", "笔记内容", "作品描述", "视频描述", "描述", "内容", "文本", "博文", "帖子内容",
                "动态内容", "推文内容", "发言内容", "消息内容", "回答内容", "评价内容", "点评内容",
                "textraw", "rawtext", "text", "fulltext", "rawcontent", "renderedcontent", "tweet", "tweettext",
                "tweetcontent", "tweetfulltext", "contenttext", "content", "body", "selftext", "message",
                "messagecontent", "messagetext", "messagebody", "contentmessage", "postmessage", "postcontent",
                "posttext", "postbody", "posttextcontent", "reviewtext", "reviewfull", "positivereview", "pros",
                "ratecontent", "feedbackcontent", "优点", "reviewbody", "reviewcontent", "commenttext",
                "commentbody", "commentcontent", "commentmessage", "desc", "hitsentence", "openingtext",
                "contentsnippet", "snippet", "mentionsnippet", "contents", "captiontext", "textoriginal",
                "textdisplay", "soundbitetext", "mentiontext", "mentioncontent", "bodytext", "texttranslated",
                "excerpt", "reviewpreview", "notecontent", "answercontent", "reviewstext",
            ],
            &[
                "txt", "review", "reviews", "comment", "comments", "caption", "评论", "评价", "点评", "留言",
                "全文", "摘要", "description", "summary", "post", "短评", "长评", "影评", "弹幕", "推文", "微博",
                "动态", "评语", "回答", "内文", "回复", "回应", "msg", "answer", "note", "thoughts", "opinion",
                "feedback", "sentence", "utterance",
            ],
        ),
        Field::Title => (
            &[
                "title", "标题", "笔记标题", "作品标题", "帖子标题", "文章标题", "评论标题", "headline",
                "articletitle", "reviewtitle", "posttitle", "reviewheadline", "titlereview", "notetitle",
                "videotitle", "问题标题", "笔记名称", "视频标题", "reviewstitle", "displaytitle",
            ],
            &["subject", "主题", "titlesnippet", "summary", "问题"],
        ),
        Field::Second => (
            &["negativereview", "cons", "缺点", "追评内容", "追加评论", "追评", "appendcommentcontent"],
            &[],
        ),
        Field::Author => (
            &[
                "userid", "useridstr", "senderid", "senderuserid", "fromid", "reviewerid", "customerid", "ownerid",
                "memberid", "profileid", "authordid", "authoruniqueid", "authorchannelidvalue", "authorchannelid",
                "authormetaid", "accountid", "authorsteamid", "用户id", "用户编号", "小红书号", "抖音号", "博主id",
                "creatorhash", "authorid", "作者id", "达人uid", "xauthorid", "extraauthorattributesid", "用户昵称",
                "微博昵称", "博主昵称", "账号名称", "用户名称", "作者名称", "发布者", "评论者昵称", "昵称",
                "作者昵称", "达人昵称", "博主名", "用户名", "usernickname", "nickname", "userscreenname",
                "screenname", "twitterscreenname", "username", "displayname", "uniqueid", "uname", "membermid",
                "memberuname", "usernick", "displayusernick", "author", "authorusername", "authorhandle",
                "authornickname", "authordisplayname", "authorfullname", "authortitle", "authormetaname",
                "authornick", "ownerusername", "senderscreenname", "sendername", "fromname", "reviewername",
                "reviewerusername", "profilename", "reviewprofilename", "accountusername", "accountacct",
                "accountname", "coreuserresultscorescreenname", "coreuserresultsscreenname", "userusername",
                "userurl", "authorurl", "authorlink", "authorname", "作者", "extraauthorattributesname",
                "presencehandle", "influencer", "profileurl", "评论者主页", "reviewsusername", "authoruid",
                "reviewusername", "reviewedby", "reviewauthor", "reviewauthorname", "commentauthor",
                "commentauthorname", "commentername", "postauthor", "tweetauthor", "authorscreenname", "postedby",
                "createdby", "writtenby", "评价人", "评论作者", "留言者", "发表人", "发布人", "微博名", "作者账号",
                "发文者", "发布账号",
            ],
            &[
                "user", "uid", "handle", "用户", "博主", "达人", "网名", "reviewer", "评论者", "评论人",
                "评论用户", "发帖人", "楼主", "账号", "会员名", "买家", "买家昵称", "account", "profile", "poster",
                "customer", "customername", "guest", "consumername", "nick",
            ],
        ),
        Field::Time => (
            &[
                "完整日期", "发布时间", "发博时间", "微博发布时间", "发帖时间", "回复时间", "评论发布时间",
                "上传时间", "发表时间", "评论时间", "评价时间", "点评时间", "评论日期", "评价日期", "发表日期",
                "创建日期", "创建时间", "发布日期", "createdat", "createdattimestamp", "reviewsubmitdateandtime",
                "reviewsubmitmillissinceepoch", "timeparsed", "createtimeiso", "parsedcreatedat", "createdutc",
                "createdatetime", "createtime", "createdtime", "createdate", "publishedat", "publishtime",
                "published", "publisheddate", "publishedatdate", "publisheddatetime", "datepublished",
                "dateposted", "datecreated", "publicationdate", "publishdate", "pubtime", "postedat",
                "posttimestamp", "postdate", "postcreated", "postcreateddate", "posttime", "unixtimestamp",
                "tweetcreated", "commenttime", "reviewtime", "reviewdate", "reviewdatetimeutc", "reviewtimestamp",
                "unixreviewtime", "creationtime", "creationdate", "ratedate", "feedbackdate", "commentdate",
                "commentedat", "timestampcreated", "submissiondate", "submittedat", "posteddate", "tweetdate",
                "messagedate", "sentat", "ctime", "pubdate", "dateadded", "datetime", "date", "日期",
                "alternatedateformat", "time", "时间", "reviewsdate", "takenat", "reviewcreatedutc",
                "reviewcreated", "reviewcreateddate", "reviewedat", "reviewedon", "datereviewed", "reviewposted",
                "commentcreatedat", "tweetcreatedat", "commenttimestamp", "评论创建时间", "留言时间", "建立时间",
                "回答时间", "提问时间", "贴文时间", "发文时间", "发布于",
            ],
            &[
                "timestamp", "from1", "created", "day", "added", "时间戳", "at", "updated", "updatedat",
                "dateofexperience", "experiencedate",
            ],
        ),
        Field::Clock => (&[], &["time", "时间", "clock", "hour", "postcreatedtime", "timeofday"]),
        Field::Zone => (&[], &["timezone"]),
        Field::Fetched => (
            &[
                "采集时间", "抓取时间", "爬取时间", "crawltime", "crawledat", "fetchedat", "scrapedat",
                "collectedat", "crawldate", "scrapedate", "scrapetime", "downloadedat", "采集日期", "抓取日期",
                "timestampcollected",
            ],
            &["capturedat", "retrievedat"],
        ),
        Field::Id => (
            &[
                "id", "微博id", "weiboid", "tweetid", "tweetidstr", "statusid", "universalmessageid", "shortcode",
                "recommendationid", "帖子id", "动态id", "弹幕id", "restid", "articleid", "postid", "mid",
                "reviewid", "messageid", "resourceid", "idstr", "guid",
            ],
            &["bid", "uuid", "pk", "uri"],
        ),
        Field::Note => (&["noteid", "笔记id", "awemeid", "videoid", "contentid", "作品id", "视频id"], &[]),
        Field::Comment => (&["commentid", "评论id", "cid", "rpid", "commentpk"], &[]),
        Field::Platform => (
            &[
                "platform", "平台", "来源平台", "发布平台", "平台名称", "app", "socialnetwork", "network",
                "sourceplatform", "importmetasourceplatform", "媒体平台", "渠道",
            ],
            &[],
        ),
        Field::Source => (
            &[],
            &[
                "domain", "source", "channel", "来源", "网站", "站点", "site", "媒体", "媒体名称", "hosturl",
                "domainurl", "from", "pagetype", "sourcetype", "sitename", "sourcename", "mediatype", "媒体类型",
                "信源", "domainname",
            ],
        ),
        Field::Region => (
            &[
                "iplocation", "ip归属地", "ip属地", "归属地", "ip", "region", "地区", "省份", "评论者所在地",
                "用户所在地", "所在地", "发布位置", "位置", "location", "tweetlocation", "userlocation", "state",
                "subregion", "province", "city", "城市", "country", "place", "reviewsusercity", "usercity",
                "reviewerlocation", "countrycode", "地域", "ip地址", "发布地",
            ],
            &[],
        ),
        Field::Thread => (
            &[
                "threadid", "conversationid", "inreplytostatusid", "inreplytotweetid", "retweetid",
                "retweetorquoteid", "源微博id", "linkid", "topicid", "discussionid", "rootid", "parentid",
            ],
            &[],
        ),
        Field::Keyword => (
            &[
                "sourcekeyword", "queryname", "inputname", "keywords", "keyword", "searchkeyword", "关键词",
                "搜索词", "搜索关键词", "searchterm", "searchquery", "关键字", "搜索关键字", "检索词",
            ],
            &["query"],
        ),
        Field::Url => (
            &[
                "noteurl", "笔记url", "笔记地址", "作品链接", "视频链接", "awemeurl", "weibourl", "tweeturl",
                "posturl", "postlink", "contenturl", "permalink", "webvideourl", "videoweburl", "reviewurl",
                "reviewlink", "commenturl", "articleurl", "reviewssourceurls", "twitterurl", "webpageurl",
                "sourceurl", "笔记链接", "原文链接", "原文地址", "文章链接", "url", "videourl", "链接", "连结", "网址",
                "link", "微博链接", "帖子链接",
            ],
            &["href", "collectedfromurl"],
        ),
        Field::Tags => (
            &[
                "hashtags", "hashtag", "taglist", "笔记标签", "作品标签", "视频标签", "话题标签", "话题",
                "entitieshashtags",
            ],
            &["tags"],
        ),
        Field::Likes => (
            &[
                "点赞数", "点赞量", "点赞数量", "获赞数", "评论获赞数", "赞数", "点赞", "有用数", "likedcount",
                "likecount", "likescount", "likes", "commentlikecount", "favoritecount", "favouritecount",
                "voteupcount", "diggcount", "attitudescount", "thumbsupcount", "helpfulvote", "helpfulvotes",
                "upvotes", "ups", "applause", "interactinfolikedcount", "statisticsdiggcount",
                "publicmetricslikecount", "likenum", "numlikes", "totallikes", "likenumber", "upvotecount",
                "usefulvotecount", "helpfulcount", "reviewlikes", "commentlikes", "赞同数", "点赞人数", "喜欢数",
                "评论点赞数", "评论点赞",
            ],
            &["赞", "like", "favorites", "useful"],
        ),
        Field::Replies => (
            &[
                "评论数", "评论量", "评论数量", "回复数", "回复量", "commentcount", "commentscount", "numcomments",
                "replycount", "repliescount", "subcommentcount", "videocomment", "totalreplaynum",
                "messagecountall", "interactinfocommentcount", "statisticscommentcount", "publicmetricsreplycount",
                "numreplies", "totalcomments", "评论回复数", "二级评论数",
            ],
            &[],
        ),
        Field::Shares => (
            &[
                "转发数", "转发量", "转发数量", "分享数", "分享量", "分享数量", "sharecount", "sharedcount",
                "sharescount", "shares", "retweetcount", "retweetscount", "repostcount", "repostscount",
                "videosharecount", "interactinfosharecount", "statisticssharecount", "publicmetricsretweetcount",
            ],
            &[],
        ),
        Field::Saves => (
            &[
                "收藏数", "收藏量", "收藏数量", "收藏", "collectedcount", "collectcount", "videofavoritecount",
                "bookmarkcount", "savecount", "interactinfocollectedcount", "statisticscollectcount",
            ],
            &[],
        ),
    };
    Names { strong, weak }
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
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
