//! Shapes of exports beyond those of the list: shops, hotels, forums, monitoring suites, scrapers.

use super::{read, read_as};
use crate::read::post::Post;
use crate::read::{Columns, Format, Reading};

/// What a tool writes, and what must come out of its first row: text, id, platform, day, whether an author is known.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, bool);

const TABLES: &[Case] = &[
    (
        "reviewId,userName,userImage,content,score,thumbsUpCount,reviewCreatedVersion,at,replyContent,repliedAt,appVersion\nr1,Ann,x,nice tea,5,0,1.2,2024-03-01 08:00:00,thanks,,1.2\n",
        "nice tea",
        "r1",
        "google play",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "date,review,rating,isEdited,userName,title,developerResponse\n2024-03-01 08:00:00,nice tea,5,False,ann,Good,\n",
        "Good\nnice tea",
        "",
        "",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "Package Name\tApp Version Code\tReviewer Language\tDevice\tReview Submit Date and Time\tReview Submit Millis Since Epoch\tStar Rating\tReview Title\tReview Text\tDeveloper Reply Text\tReview Link\na.b\t1\ten\tp\t2024-03-01T08:00:00Z\t1709280000000\t5\t\tnice tea\t\thttps://play.google.com/apps/publish?account=1\n",
        "nice tea",
        "",
        "google play",
        "2024-03-01T08:00:00Z",
        false,
    ),
    (
        "query,name,google_id,place_id,reviews,rating,review_id,author_link,author_title,author_id,review_text,owner_answer,review_link,review_rating,review_timestamp,review_datetime_utc\nq,Tea House,0x1,Ch,120,4.5,R1,https://g.co/1,Ann,11,nice tea,,https://www.google.com/maps/r/1,5,1709280000,2024-03-01 08:00:00\n",
        "nice tea",
        "R1",
        "google maps",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "title,stars,name,reviewUrl,text,publishedAtDate,publishAt,likesCount,reviewId,reviewerId,placeId\nTea House,5,Ann,https://www.google.com/maps/r/1,nice tea,2024-03-01T08:00:00.000Z,2 months ago,0,R1,11,Ch\n",
        "nice tea",
        "R1",
        "google maps",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        "marketplace\tcustomer_id\treview_id\tproduct_id\tproduct_title\tstar_rating\tvine\treview_headline\treview_body\treview_date\nUS\t11\tR1\tB0\tGreen Tea\t5\tN\tGood\tnice tea<br />again\t2015-08-31\n",
        "Good\nnice tea\nagain",
        "R1",
        "",
        "2015-08-31",
        true,
    ),
    (
        "rating,title,text,images,asin,parent_asin,user_id,timestamp,helpful_vote,verified_purchase\n5.0,Good,nice tea,[],B0,B0,AE,1588687728923,0,True\n",
        "Good\nnice tea",
        "",
        "amazon",
        "2020-05-05T14:08:48Z",
        true,
    ),
    (
        "id,name,brand,reviews.date,reviews.id,reviews.rating,reviews.text,reviews.title,reviews.username\nAV1,Green Tea,T,2017-01-13T00:00:00.000Z,,5,nice tea,Good,ann\n",
        "Good\nnice tea",
        "",
        "",
        "2017-01-13T00:00:00Z",
        true,
    ),
    (
        "review_id,title_review,review_preview,review_full,date,city,author_id\nreview_1,Good,nice,nice tea,\"March 1, 2024\",Paris,UID_1\n",
        "Good\nnice tea",
        "review_1",
        "",
        "2024-03-01",
        true,
    ),
    (
        "Hotel_Address,Review_Date,Hotel_Name,Reviewer_Nationality,Negative_Review,Positive_Review,Reviewer_Score\nx,3/25/2024,Arena,UK,small room,nice tea,8\n",
        "nice tea\nsmall room",
        "",
        "",
        "2024-03-25",
        false,
    ),
    (
        "listing_id,id,date,reviewer_id,reviewer_name,comments\n9,55,2024-03-01,11,Ann,nice tea<br/>again\n",
        "nice tea\nagain",
        "55",
        "",
        "2024-03-01",
        true,
    ),
    (
        ",Restaurant,Reviewer,Review,Rating,Metadata,Time,Pictures,7514\n0,Tea House,Ann,\"nice\ntea\",5,\"1 Review , 2 Followers\",5/25/2019 15:54,0,\n",
        "nice\ntea",
        "",
        "",
        "2019-05-25T15:54:00",
        true,
    ),
    (
        "Page Name,User Name,Facebook Id,Page Category,Likes at Posting,Post Created,Post Created Date,Post Created Time,Type,Total Interactions,Likes,Comments,Shares,URL,Message,Link,Link Text,Description\nTeas,teas,100,FOOD,12,2024-03-01 08:00:00 EST,2024-03-01,08:00:00,Photo,\"1,204\",1,2,3,https://www.facebook.com/1,nice tea,,,other\n",
        "nice tea",
        "",
        "facebook",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "UniversalMessageId,SocialNetwork,SenderUserId,SenderScreenName,Title,Message,MessageType,CreatedTime,Language,Country,Permalink\nTW_1,TWITTER,11,ann,,nice tea,UPDATE,2024-03-01 08:00:00,en,UK,https://twitter.com/a/status/1\n",
        "nice tea",
        "TW_1",
        "twitter",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "Timestamp (ET),Network,Message,Profile,Link\n2024-03-01 08:00,Twitter,nice tea,ann,https://t.co/1\n",
        "nice tea",
        "",
        "twitter",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "GUID,Date (EST),URL,Contents,Author,Name,Country,State/Region,Category,Emotion,Post Title\n7,2024-03-01 08:00,https://www.reddit.com/r/tea/1,nice tea,ann,Ann,UK,,Tea,Joy,Good\n",
        "Good\nnice tea",
        "7",
        "reddit",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "Sound Bite Text,Published Date (GMT-05:00) New York,Source Type,Domain,Author Name,Author Handle,URL\nnice tea,2024-03-01 08:00:00,Microblogs,twitter.com,Ann,@ann,https://twitter.com/a/status/1\n",
        "nice tea",
        "",
        "twitter",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "inputUrl,id,type,shortCode,caption,commentsCount,url,timestamp,ownerUsername,ownerId,likesCount\nx,55,Image,Cx,nice tea,2,https://www.instagram.com/p/Cx,2024-03-01T08:00:00.000Z,ann,11,1.2k\n",
        "nice tea",
        "55",
        "instagram",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        "id,text,createTime,createTimeISO,authorMeta.name,authorMeta.id,webVideoUrl,diggCount,playCount\n55,nice tea,1709280000,2024-03-01T08:00:00.000Z,ann,11,https://www.tiktok.com/@ann/video/55,3,9\n",
        "nice tea",
        "55",
        "tiktok",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        "cid,text,time,author,channel,votes,photo,heart,reply,time_parsed\nUg1,nice tea,2 days ago,@ann,UC1,0,x,False,False,1709280000.5\n",
        "nice tea",
        "Ug1",
        "youtube",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        "AuthorID,Author,Date,Content,Attachments,Reactions\n11,ann,2024-03-01T08:00:00.0000000+00:00,nice tea,,\n",
        "nice tea",
        "",
        "",
        "2024-03-01T08:00:00+00:00",
        true,
    ),
    (
        "ID,Movie_Name_EN,Movie_Name_CN,Crawl_Date,Number,Username,Date,Star,Comment,Like\n0,A,甲,2017-01-22,1,然潘,2015-05-13,3,连茶也好喝,2404\n",
        "连茶也好喝",
        "0",
        "",
        "2015-05-13",
        true,
    ),
    (
        "会员,级别,评价星级,评价内容,时间,点赞数,评论数,追评时间,追评内容,商品属性,采集时间\n王,PLUS,star5,好喝,昨天 08:00,1.2万,0,,又买了,500ml,2024-03-02 10:00\n",
        "好喝\n又买了",
        "",
        "",
        "2024-03-01T08:00:00",
        false,
    ),
    (
        "用户名,口味,环境,服务,点评内容,点评时间,店铺名\n王,5,4,4,好喝的茶,2024-03-01 08:00,茶馆\n",
        "好喝的茶",
        "",
        "",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "標題,作者,內容,發布時間,連結\n早茶,王,好喝,2024/03/01 08:00,https://www.mobile01.com/1\n",
        "早茶\n好喝",
        "",
        "mobile01",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "rpid,mid,uname,message,ctime,like\n55,11,王,好喝,1709280000,3\n",
        "好喝",
        "55",
        "bilibili",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        "标题,摘要,来源,作者,发布时间,原文链接,情感倾向\n早茶,好喝,新浪微博,王,2024-03-01 08:00,https://weibo.com/1/a,正面\n",
        "早茶\n好喝",
        "",
        "weibo",
        "2024-03-01T08:00:00",
        true,
    ),
];

const OBJECTS: &[Case] = &[
    (
        r#"{"kind":"Listing","data":{"after":"t3_x","children":[{"kind":"t3","data":{"title":"Tea","selftext":"nice tea","author":"ann","created_utc":1709280000.0,"id":"a1","subreddit":"tea","permalink":"/r/tea/a1"}},{"kind":"t3","data":{"title":"B","selftext":"","author":"bob","created_utc":1,"id":"a2","subreddit":"tea"}}]}}"#,
        "Tea\nnice tea",
        "a1",
        "reddit",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"code":0,"message":"success","data":{"page":1,"list":[{"id":"55","content":"好喝","user":{"id":11,"nickname":"王"},"created_at":"2024-03-01 08:00:00"},{"id":"56","content":"不错","user":{"id":12},"created_at":"2024-03-01"}]}}"#,
        "好喝",
        "55",
        "",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        "{\n  \"articles\": [\n    {\"article_id\": \"M.1\", \"article_title\": \"早茶\", \"author\": \"wang\", \"board\": \"Food\", \"content\": \"好喝\", \"date\": \"Fri Mar 01 08:00:00 2024\", \"ip\": \"1.2.3.4\", \"message_count\": {\"all\": 1, \"boo\": 0}, \"messages\": [{\"push_content\": \": 推\", \"push_ipdatetime\": \"03/01 08:05\", \"push_tag\": \"推\", \"push_userid\": \"li\"}], \"url\": \"https://www.ptt.cc/bbs/Food/M.1.html\"}\n  ]\n}\n",
        "早茶\n好喝",
        "M.1",
        "ptt",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        r#"{"name":"Teas","type":"public_supergroup","id":1,"messages":[{"id":54,"type":"service","date":"2024-03-01T07:00:00","action":"create","text":""},{"id":55,"type":"message","date":"2024-03-01T08:00:00","from":"Ann","from_id":"user11","text":["nice ",{"type":"bold","text":"tea"}],"text_entities":[]}]}"#,
        "nice tea",
        "55",
        "telegram",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        r#"{"guild":{"id":"1","name":"Teas"},"channel":{"id":"2","topic":"all of tea"},"exportedAt":"2024-03-02T00:00:00+00:00","messages":[{"id":"55","type":"Default","timestamp":"2024-03-01T08:00:00+00:00","timestampEdited":null,"content":"nice tea","author":{"id":"11","name":"ann","nickname":"Ann"}}],"messageCount":1}"#,
        "nice tea",
        "55",
        "discord",
        "2024-03-01T08:00:00+00:00",
        true,
    ),
    (
        r#"{"kind":"youtube#commentThreadListResponse","items":[{"id":"Ug1","snippet":{"videoId":"v","topLevelComment":{"id":"Ug1","snippet":{"textDisplay":"nice <b>tea</b>","textOriginal":"nice tea","authorDisplayName":"@ann","authorChannelId":{"value":"UC1"},"publishedAt":"2024-03-01T08:00:00Z"}}}}]}"#,
        "nice tea",
        "Ug1",
        "youtube",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"nav_index":"1:1","item_id":"65","timestamp_collected":1709366400000,"source_platform":"xiaohongshu.com","source_url":"https://www.xiaohongshu.com/explore","data":{"id":"65","note_card":{"title":"早茶","desc":"好喝","time":1709280000000,"user":{"user_id":"11","nickname":"王"}}}}"#,
        "早茶\n好喝",
        "65",
        "xhs",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"data":{"id":"1","text_raw":"好喝","text":"<a href='/n/x'>好喝</a>","created_at":"Fri Mar 01 08:00:00 +0800 2024","mblogid":"N","user":{"idstr":"11","screen_name":"王"}},"source_platform":"weibo.com"}"#,
        "好喝",
        "1",
        "weibo",
        "2024-03-01T08:00:00+08:00",
        true,
    ),
    (
        r#"{"rest_id":"55","core":{"user_results":{"result":{"rest_id":"11","legacy":{"screen_name":"ann"}}}},"legacy":{"full_text":"nice tea","created_at":"Fri Mar 01 08:00:00 +0000 2024","id_str":"55","conversation_id_str":"55"},"source_platform":"twitter.com"}"#,
        "nice tea",
        "55",
        "twitter",
        "2024-03-01T08:00:00+00:00",
        true,
    ),
    (
        r#"{"_index":"posts","_id":"9","_source":{"content":"nice tea","author":"ann","published":"2024-03-01T08:00:00Z","url":"https://www.reddit.com/r/tea/1"}}"#,
        "nice tea",
        "9",
        "reddit",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"id":"55","created_at":"2024-03-01T08:00:00.000Z","content":"<p>nice tea</p>","account":{"id":"11","acct":"ann@example.com"},"url":"https://mastodon.social/@ann/55"}"#,
        "nice tea",
        "55",
        "mastodon",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"uri":"at://did/app/1","cid":"baf","author":{"did":"did:plc:1","handle":"ann.bsky.social"},"record":{"text":"nice tea","createdAt":"2024-03-01T08:00:00.000Z"},"likeCount":1}"#,
        "nice tea",
        "baf",
        "",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"id":"55","caption":{"text":"nice tea","pk":1},"taken_at":1709280000,"user":{"pk":11,"username":"ann"},"source_platform":"instagram.com"}"#,
        "nice tea",
        "55",
        "instagram",
        "2024-03-01T08:00:00Z",
        true,
    ),
    (
        r#"{"rateDetail":{"rateList":[{"id":55,"rateContent":"好喝","rateDate":"2024-03-01 08:00:00","displayUserNick":"王**","appendComment":{"content":"又买了","days":3}}],"paginator":{"items":1}}}"#,
        "好喝\n又买了",
        "55",
        "",
        "2024-03-01T08:00:00",
        true,
    ),
    (
        r#"{"productAttr":null,"comments":[{"id":55,"guid":"g","content":"好喝","creationTime":"2024-03-01 08:00:00","nickname":"王**","score":5,"referenceName":"茶 500ml"}],"maxPage":9}"#,
        "好喝",
        "55",
        "",
        "2024-03-01T08:00:00",
        true,
    ),
];

fn check(case: &Case, posts: &[&Post], kind: &str) {
    let (file, text, id, platform, time, author) = *case;
    let name = format!("{kind} {}", file.chars().take(60).collect::<String>());
    let post = posts.first().unwrap_or_else(|| panic!("{name} gives no post"));
    assert_eq!(post.text, text, "{name}");
    assert_eq!(post.id.as_deref().unwrap_or_default(), id, "{name}");
    assert_eq!(post.platform.as_deref().unwrap_or_default(), platform, "{name}");
    assert_eq!(post.time.as_ref().map_or("", |time| time.text.as_str()), time, "{name}");
    assert_eq!(post.author.is_some(), author, "{name}");
}

#[test]
fn tables_of_many_tools_map_with_no_option() {
    for case in TABLES {
        let outcome = read(case.0);
        assert!(outcome.failure.is_none(), "{:?}", outcome.failure);
        check(case, &outcome.posts(), "table");
    }
}

#[test]
fn objects_of_many_tools_map_with_no_option() {
    for case in OBJECTS {
        let outcome = read(case.0);
        assert!(outcome.failure.is_none(), "{}: {:?}", case.0, outcome.failure);
        check(case, &outcome.posts(), "objects");
    }
}

#[test]
fn tables_without_a_header_are_read_by_numbers() {
    let file = "12;ann;nice; really nice tea;\n13;bob;good tea\n14;cat;more tea\n";
    let reading = |columns: &str, repair| Reading {
        columns: Columns::parse(columns).expect("columns"),
        no_header: true,
        repair,
        ..Reading::default()
    };
    assert_eq!(read(file).failure.map(|failure| failure.reason.code()), Some("R208"));
    let outcome = read_as(file.as_bytes(), reading("text=3,author=2,id=1", false));
    assert_eq!(outcome.short(), ["R204", "13", "14"]);
    let outcome = read_as(file.as_bytes(), reading("text=3,author=2,id=1", true));
    assert_eq!(outcome.short(), ["12", "13", "14"]);
    assert_eq!(outcome.posts()[0].text, "nice; really nice tea;");
    let failure = read_as(file.as_bytes(), reading("text=9", false)).failure.expect("no ninth column");
    assert!(failure.error.to_string().contains("no column `9`"), "{}", failure.error);
    let indexed = ",0,1,2\n0,nice tea,x,tea\n1,good tea,y,tea\n";
    let columns = Columns::parse("text=0").expect("columns");
    assert_eq!(read_as(indexed.as_bytes(), columns.into()).posts().len(), 2, "a name before a number");
}

#[test]
fn unusual_tables_are_told_by_their_rows() {
    for (file, separator) in [
        ("id\u{1}text\n1\u{1}nice, tea\n2\u{1}more\n", "0x01"),
        ("id，内容\n1，好喝\n2，不错\n", "，"),
        ("id||text\n1||nice | tea\n2||more\n", "||"),
        ("id^text\n1^nice\n2^more\n", "^"),
    ] {
        let outcome = read(file);
        assert_eq!(outcome.short(), ["1", "2"], "{file}");
        let Some(Format::Table(Some(found))) = outcome.facts.map(|facts| facts.format) else { panic!("{file}") };
        assert_eq!(found.shown(), separator);
    }
    let block = "Report:,,\nBulk Mentions Download,,\nBrand:,,\nTeas,,\nLabel:,,\n\nQuery Id,Date,Title,Snippet,Full Text,Author\n1,2024-03-01 08:00:00.0,,tea is,Tea is nice,ann\n";
    let outcome = read(block);
    assert_eq!(outcome.posts().iter().map(|post| post.text.as_str()).collect::<Vec<_>>(), ["Tea is nice"]);
    let titled = "Coffee reviews of the year\nreview,date\nnice,2024-03-01\nmore,2024-03-02\n";
    assert_eq!(read(titled).posts().len(), 2);
    let lenient = Reading { lenient_quotes: true, ..Reading::default() };
    let quotes = "id,text\n1,a 5\" screen\n2,\"so \"good\" tea\"\n3,fine\n";
    assert_eq!(read(quotes).short(), ["R202", "R202", "3"]);
    let outcome = read_as(quotes.as_bytes(), lenient);
    assert_eq!(outcome.short(), ["1", "2", "3"]);
    assert_eq!(outcome.posts()[1].text, "so \"good\" tea");
    let escaped = "id,text,x\n1,\"say \\\"hi\\\", then\",a\n2,\"plain\",b\n";
    assert_eq!(read(escaped).posts()[0].text, "say \"hi\", then");
}
