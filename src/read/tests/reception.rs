//! Counts and tags beside the text: reliability case 67.

use super::read;
use crate::read::post::Reception;
use crate::read::reject::Reason;

#[test]
fn counts_stay_with_their_post() {
    let outcome = read(
        "note_id,title,desc,user_id,liked_count,collected_count,comment_count,share_count\n65,夜宵,小龙虾,7,3.1万,1.2k,\"1,234\",10+\n66,早茶,虾饺,8,-1,,-3,赞\n",
    );
    let posts = outcome.posts();
    let known = Reception { likes: Some(31_000), saves: Some(1_200), replies: Some(1_234), shares: Some(10) };
    assert_eq!((posts[0].reception, posts[1].reception), (known, Reception::default()));
    // -3 is no count; -1, nothing and the word on the button are none.
    assert_eq!(outcome.ledger.warned.get(&Reason::BadCount), Some(&1));
    // The number stands beside the word that the button shows.
    let outcome = read("笔记标题,笔记内容,点赞,点赞数,收藏,评论数\n夜宵,小龙虾,赞,12,1.2万,3\n");
    let known = Reception { likes: Some(12), replies: Some(3), saves: Some(12_000), shares: None };
    assert_eq!(outcome.posts()[0].reception, known);
    let outcome = read(r#"{"rawContent":"tea","conversationId":10,"likeCount":7,"retweetCount":0,"replyCount":null}"#);
    let known = Reception { likes: Some(7), shares: Some(0), ..Reception::default() };
    assert_eq!(outcome.posts()[0].reception, known);
}

#[test]
fn tags_are_words_of_the_post() {
    for (file, text) in [
        ("笔记id,标题,描述,标签\n65,夜宵,小龙虾,\"啤酒,露营\"\n", "夜宵\n小龙虾\n#啤酒# #露营#"),
        ("作品ID,作品标题,作品描述,作品标签\n65,夜宵,小龙虾,啤酒 露营\n", "夜宵\n小龙虾\n#啤酒# #露营#"),
        (
            "note_id,title,desc,collected_count,tag_list\n65,夜宵,小龙虾#啤酒[话题]#,3,\"啤酒,露营\"\n",
            "夜宵\n小龙虾#啤酒[话题]#\n#露营#",
        ),
        ("id,bid,正文,话题\n51,N,喝茶 #早茶#,早茶\n", "喝茶 #早茶#"),
        ("id,tweet,conversation_id,hashtags\n12,tea,10,\"['cake', 'nightout']\"\n", "tea\n#cake #nightout"),
        (r#"{"rawContent":"tea","conversationId":10,"hashtags":["cake"]}"#, "tea\n#cake"),
        (r#"{"note_id":"6","desc":"夜宵","tag_list":[{"id":"1","name":"啤酒"},{"id":"2"}]}"#, "夜宵\n#啤酒#"),
        (r#"{"id":"6","text":"夜宵","tags":null}"#, "夜宵"),
        // What others think of the row is no word of its writer.
        ("评论内容,标签\n好喝,正面\n", "好喝"),
        ("queryId,queryName,fullText,tags\n1,Tea,Tea is fine,to read\n", "Tea is fine"),
    ] {
        assert_eq!(read(file).posts()[0].text, text, "{file}");
    }
    // Tags alone are no text.
    assert_eq!(read("笔记id,标题,描述,标签\n65,,,啤酒\n").codes(), ["S604"]);
}
