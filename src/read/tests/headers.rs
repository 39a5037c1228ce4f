//! The headers of real tools map with no option given.

use super::read;
use crate::read::post::Post;

/// A header, a row under it, and what must come out: text, id, platform, time, thread, whether a comment.
struct Case {
    tool: &'static str,
    /// `name=cell` pairs; columns without a cell are left empty.
    columns: &'static str,
    text: &'static str,
    id: &'static str,
    platform: &'static str,
    time: &'static str,
    thread: &'static str,
    /// `a` author known, `c` comment, `k` keyword, `r` region, `u` address.
    has: &'static str,
}

#[rustfmt::skip] // one line for what goes in, one for what comes out
const CASES: &[Case] = &[
    Case {
        tool: "weibo-crawler",
        columns: "id=51|bid|正文=喝茶|头条文章url|原始图片url|视频url|Live Photo视频url|位置|日期=2024-03-01|工具|点赞数=3|评论数=0|转发数|话题|@用户|完整日期=2024-03-01 08:00:00|是否编辑过|编辑次数|是否原创|源用户id=9|源用户昵称=李|源微博id=50|源微博bid|源微博正文=别人的话|源微博头条文章url|源微博原始图片url|源微博视频url|源微博Live Photo视频url|源微博位置|源微博日期|源微博工具|源微博点赞数|源微博评论数|源微博转发数|源微博话题|源微博@用户|源微博完整日期|源微博是否编辑过|源微博编辑次数",
        text: "喝茶", id: "51", platform: "weibo", time: "2024-03-01T08:00:00", thread: "50", has: "c",
    },
    Case {
        tool: "weibo-search",
        columns: "id=51|bid=N|user_id=7|用户昵称=王|微博正文=喝茶|头条文章url|发布位置|艾特用户|话题|转发数|评论数|点赞数|发布时间=2024-03-01 08:00|发布工具|微博图片url|微博视频url|retweet_id|ip=广东|user_authentication|会员类型|会员等级",
        text: "喝茶", id: "51", platform: "weibo", time: "2024-03-01T08:00:00", thread: "51", has: "ar",
    },
    Case {
        tool: "weibo-superspider-topic",
        columns: "微博id=51|发布者=王|微博正文=喝茶|原始图片url=无|发布位置=无|发布时间=2024-03-01 08:00|发布工具=无|点赞数|转发数|评论数",
        text: "喝茶", id: "51", platform: "weibo", time: "2024-03-01T08:00:00", thread: "", has: "a",
    },
    Case {
        tool: "weibo-superspider-comment",
        columns: "评论者主页=https://weibo.com/u/7|评论者昵称=王|评论者性别|评论者所在地=广东|评论者微博数|评论者关注数|评论者粉丝数|评论内容=喝茶|评论获赞数|评论发布时间=2024-03-01 08:00",
        text: "喝茶", id: "", platform: "weibo", time: "2024-03-01T08:00:00", thread: "", has: "acr",
    },
    Case {
        tool: "mediacrawler-xhs-contents-2025",
        columns: "note_id=65|type=normal|title=夜宵|desc=小龙虾#啤酒[话题]#|video_url|time=1709251200000|last_update_time=1709251300000|user_id=7|nickname=王|avatar|liked_count=3.1万|collected_count|comment_count|share_count|ip_location=广东|image_list|tag_list|last_modify_ts=1709259999000|note_url=https://www.xiaohongshu.com/explore/65|source_keyword=啤酒|xsec_token",
        text: "夜宵\n小龙虾#啤酒[话题]#", id: "65", platform: "xhs", time: "2024-03-01T00:00:00Z", thread: "65", has: "akru",
    },
    Case {
        tool: "mediacrawler-xhs-contents-2026",
        columns: "note_id=65|type|title=小龙虾|desc=小龙虾|video_url|time=1709251200000|last_update_time|creator_hash=f7|nickname|liked_count|collected_count|comment_count|share_count|image_list|tag_list|last_modify_ts|note_url=https://www.xiaohongshu.com/explore/65|source_keyword=啤酒|xsec_token",
        text: "小龙虾", id: "65", platform: "xhs", time: "2024-03-01T00:00:00Z", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-xhs-comments-2025",
        columns: "comment_id=66|create_time=1.74E+12|ip_location=广东|note_id=65|content=喝茶|user_id=7|nickname=王|avatar|sub_comment_count|pictures|parent_comment_id=0|last_modify_ts|like_count",
        text: "喝茶", id: "66", platform: "xhs", time: "", thread: "65", has: "acr",
    },
    Case {
        tool: "mediacrawler-xhs-comments-2026",
        columns: "comment_id=66|create_time=1709251200000|note_id=65|content=喝茶|creator_hash=f7|nickname|sub_comment_count|pictures|parent_comment_id|last_modify_ts|like_count",
        text: "喝茶", id: "66", platform: "xhs", time: "2024-03-01T00:00:00Z", thread: "65", has: "ac",
    },
    Case {
        tool: "mediacrawler-weibo-contents",
        columns: "note_id=65|content=喝茶|create_time=1709251200|create_date_time=2024-03-01 08:00:00|liked_count|comments_count|shared_count|last_modify_ts|note_url=https://m.weibo.cn/detail/65|creator_hash=f7|nickname|source_keyword=茶",
        text: "喝茶", id: "65", platform: "weibo", time: "2024-03-01T08:00:00", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-weibo-comments",
        columns: "comment_id=66|create_time=1709251200|create_date_time=2024-03-01 08:00:00|note_id=65|content=喝茶|sub_comment_count|comment_like_count|last_modify_ts|parent_comment_id|creator_hash=f7|nickname",
        text: "喝茶", id: "66", platform: "weibo", time: "2024-03-01T08:00:00", thread: "65", has: "ac",
    },
    Case {
        tool: "mediacrawler-douyin-contents",
        columns: "aweme_id=65|aweme_type|title=喝茶|desc=喝茶|create_time=1709251200|creator_hash=f7|nickname|liked_count|collected_count|comment_count|share_count|last_modify_ts|aweme_url=https://www.douyin.com/video/65|cover_url|video_download_url|music_download_url|note_download_url|source_keyword=茶",
        text: "喝茶", id: "65", platform: "douyin", time: "2024-03-01T00:00:00Z", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-bilibili-contents",
        columns: "video_id=65|video_type|title=夜宵|desc=小龙虾|create_time=1709251200|creator_hash=f7|nickname|liked_count|disliked_count|video_play_count|video_favorite_count|video_share_count|video_coin_count|video_danmaku|video_comment|last_modify_ts|video_url=https://www.bilibili.com/video/av65|video_cover_url|source_keyword=茶",
        text: "夜宵\n小龙虾", id: "65", platform: "bilibili", time: "2024-03-01T00:00:00Z", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-kuaishou-contents",
        columns: "video_id=65|video_type|title=喝茶|desc|create_time=1709251200|creator_hash=f7|nickname|liked_count|viewd_count|last_modify_ts|video_url=https://www.kuaishou.com/short-video/65|video_cover_url|video_play_url|source_keyword=茶",
        text: "喝茶", id: "65", platform: "kuaishou", time: "2024-03-01T00:00:00Z", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-zhihu-contents",
        columns: "content_id=65|content_type=answer|content_text=小龙虾配啤酒|content_url=https://www.zhihu.com/question/1/answer/65|question_id=1|title=夜宵吃什么？|desc=小龙虾|created_time=1709251200|updated_time|voteup_count|comment_count|source_keyword=茶|creator_hash=f7|user_nickname",
        text: "夜宵吃什么？\n小龙虾配啤酒", id: "65", platform: "zhihu", time: "2024-03-01T00:00:00Z", thread: "65", has: "aku",
    },
    Case {
        tool: "mediacrawler-tieba-contents",
        columns: "note_id=65|title=夜宵|desc=小龙虾|note_url=https://tieba.baidu.com/p/65|publish_time=2024-03-01 08:00|creator_hash=f7|user_nickname|tieba_name|tieba_link|total_replay_num|total_replay_page|source_keyword=茶",
        text: "夜宵\n小龙虾", id: "65", platform: "tieba", time: "2024-03-01T08:00:00", thread: "65", has: "aku",
    },
    Case {
        tool: "spider_xhs-notes",
        columns: "笔记id=65|笔记url=https://www.xiaohongshu.com/explore/65|笔记类型|用户id=7|用户主页url|昵称=王|头像url|标题=夜宵|描述=小龙虾|点赞数量|收藏数量|评论数量|分享数量|视频封面url|视频地址url|图片地址url列表|标签|上传时间=2024-03-01 08:00:00|ip归属地=广东",
        text: "夜宵\n小龙虾", id: "65", platform: "xhs", time: "2024-03-01T08:00:00", thread: "65", has: "aru",
    },
    Case {
        tool: "spider_xhs-comments",
        columns: "笔记id=65|笔记url=https://www.xiaohongshu.com/explore/65|评论id=66|用户id=7|用户主页url|昵称=王|头像url|评论内容=喝茶|评论标签|点赞数量|上传时间=2024-03-01 08:00:00|ip归属地=广东|图片地址url列表",
        text: "喝茶", id: "66", platform: "xhs", time: "2024-03-01T08:00:00", thread: "65", has: "acru",
    },
    Case {
        tool: "xhs-downloader",
        columns: "采集时间=2025-01-01_08:00:00|作品ID=65|作品类型|作品标题=夜宵|作品描述=小龙虾|作品标签|发布时间=2024-03-01_08:00:00|最后更新时间|收藏数量=-1|评论数量|分享数量|点赞数量|作者昵称=王|作者ID=7|作者链接|作品链接=https://www.xiaohongshu.com/explore/65|下载地址|动图地址",
        text: "夜宵\n小龙虾", id: "65", platform: "xhs", time: "2024-03-01T08:00:00", thread: "65", has: "au",
    },
    Case {
        tool: "xhs-note-plugin",
        columns: "博主名=王|博主地址|笔记标题=夜宵|笔记内容=小龙虾|标签|笔记地址=https://www.xiaohongshu.com/explore/65|点赞=赞|点赞数|收藏|收藏数|评论=12|评论数=12|日期=03-01|发布时间=2024-03-01",
        text: "夜宵\n小龙虾", id: "", platform: "xhs", time: "2024-03-01", thread: "", has: "au",
    },
    Case {
        tool: "shemei-zhushou-douyin",
        columns: "视频ID=65|视频链接=https://www.douyin.com/video/65|视频类型|视频描述=喝茶|点赞量|收藏量|评论量|分享量|推荐量|发布时间=45929.5|视频时长|达人UID=7|达人链接|达人昵称=王|粉丝数=1.3万",
        text: "喝茶", id: "65", platform: "douyin", time: "2025-09-29T12:00:00", thread: "65", has: "au",
    },
    Case {
        tool: "octoparse-bazhuayu-weibo",
        columns: "标题=王|txt=喝茶|from1=2023年05月12日 13:20|图片",
        text: "喝茶", id: "", platform: "weibo", time: "2023-05-12T13:20:00", thread: "", has: "a",
    },
    Case {
        tool: "ctrip-crawler-comments",
        columns: "序号=1|景区ID=9|景区名称=故宫|评论ID=66|用户昵称=王|总体评分=5|评论内容=人多|发布时间=2024-03-01 08:00:00|有用数|回复数|出行类型=亲子|用户所在地=广东|游玩时长|图片数量|图片链接列表|景色评分|趣味评分|性价比评分|推荐项目",
        text: "人多", id: "66", platform: "ctrip", time: "2024-03-01T08:00:00", thread: "", has: "ar",
    },
    Case {
        tool: "jd-spider",
        columns: "id=66|product_id=9|score=5|comment_time=2024-03-01 08:00:00|comment=好喝&hellip;",
        text: "好喝…", id: "66", platform: "", time: "2024-03-01T08:00:00", thread: "", has: "",
    },
    Case {
        tool: "ptt-crawler",
        columns: "article_id=M.1|article_title=[問題] 宵夜|author=wang|board=Food|content=鹽酥雞|date=Fri Mar 01 08:00:00 2024|ip=1.2.3.4|message_count|messages|url=https://www.ptt.cc/bbs/Food/M.1.html",
        text: "[問題] 宵夜\n鹽酥雞", id: "M.1", platform: "ptt", time: "2024-03-01T08:00:00", thread: "", has: "au",
    },
    Case {
        tool: "twint",
        columns: "id=12|conversation_id=10|created_at=2024-03-01 08:00:00 UTC|date=2024-03-01|time=08:00:00|timezone=+0000|user_id=7|username=wang|name=Wang|place|tweet=tea|language|mentions|urls|photos|replies_count|retweets_count|likes_count|hashtags|cashtags|link=https://twitter.com/wang/status/12|retweet|quote_url|video|thumbnail|near|geo|source|user_rt_id|user_rt|retweet_id|reply_to|retweet_date|translate|trans_src|trans_dest",
        text: "tea", id: "12", platform: "twitter", time: "2024-03-01T08:00:00Z", thread: "10", has: "acu",
    },
    Case {
        tool: "snscrape-tweet",
        columns: "url=https://twitter.com/wang/status/12|date=2024-03-01 08:00:00+00:00|rawContent=tea &amp; cake|renderedContent=tea & cake|id=12|user=wang|replyCount|retweetCount|likeCount|quoteCount|conversationId=10|lang=en|source=<a>|sourceUrl|sourceLabel|links|media|retweetedTweet|quotedTweet|inReplyToTweetId=10|inReplyToUser|mentionedUsers|coordinates|place|hashtags|cashtags|card|viewCount|vibe|bookmarkCount|pinned|editState|conversationControlPolicy",
        text: "tea & cake", id: "12", platform: "twitter", time: "2024-03-01T08:00:00+00:00", thread: "10", has: "acu",
    },
    Case {
        tool: "sfm-twitter",
        columns: "id=12|tweet_url=https://twitter.com/wang/status/12|created_at=Fri Mar 01 08:00:00 +0000 2024|parsed_created_at=2024-03-01 08:00:00+00:00|user_screen_name=wang|text=tea|tweet_type=original|coordinates|hashtags|media|urls|favorite_count|in_reply_to_screen_name|in_reply_to_status_id|in_reply_to_user_id|lang|place|possibly_sensitive|retweet_count|retweet_or_quote_id|retweet_or_quote_screen_name|retweet_or_quote_user_id|source=<a>|user_id=7|user_created_at=Fri Mar 01 08:00:00 +0000 2013|user_default_profile_image|user_description=I drink|user_favourites_count|user_followers_count|user_friends_count|user_listed_count|user_location=London|user_name=Wang|user_statuses_count|user_time_zone|user_urls|user_verified",
        text: "tea", id: "12", platform: "twitter", time: "2024-03-01T08:00:00+00:00", thread: "12", has: "aru",
    },
    Case {
        tool: "sfm-weibo",
        columns: "created_at=Fri Mar 01 08:00:00 +0800 2024|weibo_id=51|screen_name=王|followers_count|friends_count|reposts_count|topics|in_reply_to_screen_name|weibo_url=http://weibo.com/7/N|text=喝茶|retweeted_text=别人的话",
        text: "喝茶", id: "51", platform: "weibo", time: "2024-03-01T08:00:00+08:00", thread: "", has: "au",
    },
    Case {
        tool: "kaggle-tweets-airline",
        columns: "tweet_id=12|airline_sentiment|airline_sentiment_confidence|negativereason|negativereason_confidence|airline=United|airline_sentiment_gold|name=wang|negativereason_gold|retweet_count|text=late again|tweet_coord|tweet_created=2015-02-24 11:35:52 -0800|tweet_location=LA|user_timezone",
        text: "late again", id: "12", platform: "twitter", time: "2015-02-24T11:35:52-08:00", thread: "", has: "ar",
    },
    Case {
        tool: "reddit-praw-submissions",
        columns: "created_utc=1375444275.0|score|domain=imgur.com|id=1jk4qu|title=Beer by mail|ups|downs|num_comments|permalink=http://www.reddit.com/r/beer/comments/1jk4qu/x/|selftext=At last|link_flair_text|over_18|thumbnail|subreddit_id=t5_x|edited|link_flair_css_class|author_flair_css_class|is_self|name=t3_1jk4qu|url=http://imgur.com/a|distinguished",
        text: "Beer by mail\nAt last", id: "1jk4qu", platform: "reddit", time: "2013-08-02T11:51:15Z", thread: "", has: "u",
    },
    Case {
        tool: "reddit-comments-linanqiu",
        columns: "=0|text=tea|id=c12|subreddit=tea|meta|time=1375444275.0|author=wang|ups|downs|authorlinkkarma|authorkarma|authorisgold",
        text: "tea", id: "c12", platform: "reddit", time: "2013-08-02T11:51:15Z", thread: "", has: "ac",
    },
    Case {
        tool: "brandwatch-mentions",
        columns: "Query Id=1|Query Name=Tea|Date=2024-03-01 08:00:00.0|Title=Tea...|Snippet=...tea|Full Text=Tea is fine|Url=https://www.reddit.com/r/tea/1|Domain=reddit.com|Sentiment|Page Type=forum|Thread Entry Type|Category Details|Language|Country Code|Continent Code|Continent|Country=UK|City Code|Account Type|Added=2024-03-05 08:00:00.0|Assignment|Author=wang",
        text: "Tea...\nTea is fine", id: "", platform: "reddit", time: "2024-03-01T08:00:00", thread: "", has: "akru",
    },
    Case {
        tool: "brandwatch-api-camel",
        columns: "queryId=1|queryName=Tea|title|fullText=Tea is fine|snippet|url=https://twitter.com/wang/status/12|domain=twitter.com|author=wang|fullname=Wang|date=2024-03-01T08:00:00.000+0000|added|sentiment|pageType|threadEntryType|threadId|threadAuthor|threadCreated|threadURL|accountType|categories|categoryDetails|city|cityCode|continent|continentCode|country=UK|countryCode|region|regionCode|gender|impressions|language|reachEstimate|resourceType|tags|twitterReplyCount|twitterPostCount|twitterVerified|interest|professions|mediaUrls|matchPositions|impact",
        text: "Tea is fine", id: "", platform: "twitter", time: "2024-03-01T08:00:00+00:00", thread: "", has: "akru",
    },
    Case {
        tool: "meltwater-2022",
        columns: "Date=01-Mar-2022 09:05PM|Headline=Tea time|URL=https://news.example.com/a|Opening Text=It is|Hit Sentence=Tea is fine|Source=Example News|Influencer=Wang|Country=UK|Subregion|Language|Reach|Desktop Reach|Mobile Reach|Twitter Social Echo|Facebook Social Echo|Reddit Social Echo|National Viewership|Engagement|AVE|Sentiment|Key Phrases|Input Name=Tea|Keywords=tea|Twitter Authority|Tweet Id|Twitter Id|Twitter Client|Twitter Screen Name|User Profile Url|Twitter Bio|Twitter Followers|Twitter Following|Alternate Date Format=Mar 1, 2022|Time=09:05 PM|State|City|Document Tags",
        text: "Tea time\nTea is fine", id: "", platform: "example news", time: "2022-03-01T21:05:00", thread: "", has: "akru",
    },
    Case {
        tool: "meltwater-2025",
        columns: "Date=01-Mar-2025 09:05PM|Headline|URL=https://twitter.com/a/1|Opening Text|Hit Sentence=Tea is fine|Source=X|Influencer=wang|Country=UK|Subregion|State|City|Language|Reach|Desktop Reach|Mobile Reach|Twitter Social Echo|Facebook Social Echo|Reddit Social Echo|Earned Traffic|National Viewership|AVE|Sentiment|Key Phrases|Input Name=Tea|Keywords|Document Tags|Engagement|Hashtags|Views|Estimated Views|Custom Categories",
        text: "Tea is fine", id: "", platform: "twitter", time: "2025-03-01T21:05:00", thread: "", has: "akru",
    },
    Case {
        tool: "talkwalker",
        columns: "url=https://www.instagram.com/p/1|indexed=1709259999000|published=1709251200000|search_indexed|title_snippet=Tea|content_snippet=tea is|title=Tea|content=Time for tea|root_url|domain_url=http://instagram.com/|host_url|parent_url|lang|porn_level|fluency_level|spam_level|sentiment|source_type=SOCIALMEDIA|post_type|cluster_id|meta_cluster_id|tags_internal|tags_marking|tags_customer|entity_url|images.url|images.width|images.height|images.legend|videos.url|videos.width|videos.height|videos.legend|pagemonitoring_sitemon_siteid|matched_profile|article_extended_attributes.facebook_shares|article_extended_attributes.facebook_likes|article_extended_attributes.twitter_retweets|article_extended_attributes.url_views|article_extended_attributes.pinterest_likes|article_extended_attributes.pinterest_pins|article_extended_attributes.pinterest_repins|article_extended_attributes.youtube_views|article_extended_attributes.youtube_likes|article_extended_attributes.youtube_dislikes|article_extended_attributes.instagram_likes|article_extended_attributes.twitter_shares|article_extended_attributes.num_comments|source_extended_attributes.alexa_pageviews|source_extended_attributes.facebook_followers|source_extended_attributes.twitter_followers|source_extended_attributes.instagram_followers|source_extended_attributes.pinterest_followers|extra_article_attributes.world_data.continent|extra_article_attributes.world_data.country|extra_article_attributes.world_data.country_code|extra_article_attributes.world_data.region|extra_article_attributes.world_data.city|extra_article_attributes.world_data.longitude|extra_article_attributes.world_data.latitude|extra_author_attributes.id=7|extra_author_attributes.type|extra_author_attributes.name=wang|extra_author_attributes.birthdate.date|extra_author_attributes.birthdate.resolution|extra_author_attributes.gender|extra_author_attributes.image_url|extra_author_attributes.short_name",
        text: "Tea\nTime for tea", id: "", platform: "instagram", time: "2024-03-01T00:00:00Z", thread: "", has: "au",
    },
    Case {
        tool: "determ",
        columns: "author=wang|from=twitter|title|mention_snippet=tea is fine|date=2024-03-01|time=08:00|reach|engagement_rate",
        text: "tea is fine", id: "", platform: "twitter", time: "2024-03-01T08:00:00", thread: "", has: "a",
    },
    Case {
        tool: "zeeschuimer-4cat-xhs",
        columns: "collected_from_url=https://www.xiaohongshu.com/search|id=65|thread_id=65|url=https://www.xiaohongshu.com/explore/65|title=夜宵|body=小龙虾|hashtags|timestamp=2024-03-01 08:00:00|author=王|author_avatar_url|image_urls|video_url|likes|unix_timestamp=1709251200",
        text: "夜宵\n小龙虾", id: "65", platform: "xhs", time: "2024-03-01T00:00:00Z", thread: "65", has: "au",
    },
    Case {
        tool: "phantombuster-linkedin",
        columns: "postUrl=https://www.linkedin.com/feed/1|imgUrl|type|postContent=tea|likeCount|commentCount|repostCount|postDate=2d|action|profileUrl=https://www.linkedin.com/in/wang|timestamp=2024-04-01T08:00:00Z|postTimestamp=2024-03-01T08:00:00Z|videoUrl|sharedPostUrl",
        text: "tea", id: "", platform: "linkedin", time: "2024-03-01T08:00:00Z", thread: "", has: "au",
    },
    Case {
        tool: "rival-iq",
        columns: "published_at=2024-03-01T08:00:00Z|report_generated_at=2024-04-01|captured_at|company=Tea Ltd|channel=instagram|presence_handle=teas|message=tea|post_link=https://www.instagram.com/p/1|link|link_title=Shop|link_description=Buy|image|post_type|posted_domain|posted_url|engagement_total|applause|conversation|amplification|audience|engagement_rate_by_follower|engagement_rate_lift|post_tag_ugc|post_tag_contests|video_views",
        text: "tea", id: "", platform: "instagram", time: "2024-03-01T08:00:00Z", thread: "", has: "au",
    },
    Case {
        tool: "a plain Chinese table",
        columns: "序号=1|平台=小红书|用户=王|内容=喝茶|时间=2024年03月01日 12:05|关键词=茶|链接=http://xhslink.com/1",
        text: "喝茶", id: "", platform: "xhs", time: "2024-03-01T12:05:00", thread: "", has: "aku",
    },
    Case {
        tool: "a plain English table",
        columns: "id=1|review=tea|user=wang|date=2024-03-01|platform=Amazon",
        text: "tea", id: "1", platform: "amazon", time: "2024-03-01", thread: "", has: "a",
    },
];

fn check(case: &Case, post: &Post, format: &str) {
    let tool = format!("{} as {format}", case.tool);
    assert_eq!(post.text, case.text, "{tool}");
    assert_eq!(post.id.as_deref().unwrap_or_default(), case.id, "{tool}");
    assert_eq!(post.platform.as_deref().unwrap_or_default(), case.platform, "{tool}");
    assert_eq!(post.time.as_ref().map_or("", |time| time.text.as_str()), case.time, "{tool}");
    assert_eq!(post.thread.as_deref().unwrap_or_default(), case.thread, "{tool}");
    let has = [
        ("a", post.author.is_some()),
        ("c", post.is_comment),
        ("k", post.keyword.is_some()),
        ("r", post.region.is_some()),
        ("u", post.url.is_some()),
    ];
    let found: String = has.iter().filter(|(_, there)| *there).map(|(letter, _)| *letter).collect();
    assert_eq!(found, case.has, "{tool}");
}

#[test]
fn every_known_header_maps_as_a_table_and_as_objects() {
    for case in CASES {
        let columns: Vec<(&str, &str)> =
            case.columns.split('|').map(|column| column.split_once('=').unwrap_or((column, ""))).collect();
        let quote = |cell: &str| if cell.contains([',', '\n']) { format!("\"{cell}\"") } else { cell.to_string() };
        let line = |cells: Vec<String>| cells.join(",");
        let names: Vec<String> = columns.iter().map(|(name, _)| quote(name)).collect();
        let cells: Vec<String> = columns.iter().map(|(_, cell)| quote(cell)).collect();
        let table = read(format!("{}\n{}\n", line(names), line(cells)));
        assert!(table.failure.is_none(), "{}: {:?}", case.tool, table.failure);
        assert_eq!(table.posts().len(), 1, "{}: {:?}", case.tool, table.rows);
        check(case, table.posts()[0], "CSV");
        let pairs: Vec<String> = columns
            .iter()
            .map(|(name, cell)| {
                let value = serde_json::Value::from(*cell);
                // An empty cell is null in JSON, a number often is a number.
                let value = if cell.is_empty() { serde_json::Value::Null } else { value };
                format!("{}:{value}", serde_json::Value::from(*name))
            })
            .collect();
        let objects = read(format!("{{{}}}\n", pairs.join(",")));
        assert_eq!(objects.posts().len(), 1, "{}: {:?} {:?}", case.tool, objects.rows, objects.failure);
        check(case, objects.posts()[0], "JSON");
    }
}

#[test]
fn what_only_looks_like_a_field_is_none() {
    let outcome = read("title,comments,name,ip\nTea,189,Oolong 100g,1.2.3.4\n");
    let post = outcome.posts()[0];
    assert_eq!((post.text.as_str(), post.author, post.region.as_deref()), ("Tea", None, None));
    let outcome = read("title,selftext,subreddit\nTea,[removed],tea\n,[deleted],tea\n");
    assert_eq!(outcome.posts()[0].text, "Tea");
    assert_eq!(outcome.codes(), ["S604"]);
}

#[test]
fn objects_with_people_inside_and_names_that_turn_up_late() {
    let tweet = r#"{"url":"https://twitter.com/wang/status/12","date":"2024-03-01T08:00:00+00:00","rawContent":"tea","renderedContent":"tea","id":12,"user":{"username":"wang","id":7,"displayname":"W"},"conversationId":10,"lang":"en","source":"<a>","links":[{"url":"x"}],"inReplyToTweetId":11}"#;
    let outcome = read(tweet);
    let post = outcome.posts()[0];
    assert_eq!((post.text.as_str(), post.id.as_deref(), post.thread.as_deref()), ("tea", Some("12"), Some("10")));
    assert!(post.author.is_some() && post.is_comment);
    let mut lines = format!("{}\n", r#"{"id":1,"text":"a"}"#).repeat(10_000);
    lines.push_str(r#"{"id":2,"text":"","Full_Text":"late","created_at":"2024-03-01"}"#);
    let outcome = read(&lines);
    let last = outcome.posts().pop().expect("a post");
    assert_eq!((last.text.as_str(), last.time.is_some()), ("late", true));
}

#[test]
fn older_spellings_of_a_tool_are_its_own_too() {
    // Before 2022 snscrape wrote content and outlinks; weibo-search ended at retweet_id.
    let older = r#"{"url":"https://twitter.com/wang/status/12","date":"2020-03-01T08:00:00+00:00","content":"tea","renderedContent":"tea","id":12,"user":{"username":"wang"},"outlinks":[],"conversationId":12}"#;
    let outcome = read(older);
    assert_eq!((outcome.posts()[0].text.as_str(), outcome.posts()[0].platform.as_deref()), ("tea", Some("twitter")));
    let outcome = read(
        "id,bid,user_id,用户昵称,微博正文,头条文章url,发布位置,艾特用户,话题,转发数,评论数,点赞数,发布时间,发布工具,微博图片url,微博视频url,retweet_id\n51,N,7,王,周末喝茶 展开全文c,,,,,1,2,3,2020-03-01 08:00,,,,\n",
    );
    assert_eq!((outcome.posts()[0].text.as_str(), outcome.posts()[0].platform.as_deref()), ("周末喝茶", Some("weibo")));
}
