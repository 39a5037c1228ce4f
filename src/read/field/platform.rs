//! Where a post stood: the export's own word or the host of its URL, in one spelling.

use std::borrow::Cow;

/// Endings of hosts and the platforms behind them.
const HOSTS: &[(&str, &str)] = &[
    ("xiaohongshu.com", "xhs"),
    ("xhslink.com", "xhs"),
    ("rednote.com", "xhs"),
    ("weibo.com", "weibo"),
    ("weibo.cn", "weibo"),
    ("douyin.com", "douyin"),
    ("iesdouyin.com", "douyin"),
    ("bilibili.com", "bilibili"),
    ("b23.tv", "bilibili"),
    ("kuaishou.com", "kuaishou"),
    ("zhihu.com", "zhihu"),
    ("tieba.baidu.com", "tieba"),
    ("douban.com", "douban"),
    ("dianping.com", "dianping"),
    ("meituan.com", "meituan"),
    ("mafengwo.cn", "mafengwo"),
    ("ctrip.com", "ctrip"),
    ("trip.com", "ctrip"),
    ("jd.com", "jd"),
    ("taobao.com", "taobao"),
    ("tmall.com", "tmall"),
    ("weixin.qq.com", "weixin"),
    ("ptt.cc", "ptt"),
    ("dcard.tw", "dcard"),
    ("lihkg.com", "lihkg"),
    ("openrice.com", "openrice"),
    ("twitter.com", "twitter"),
    ("x.com", "twitter"),
    ("t.co", "twitter"),
    ("reddit.com", "reddit"),
    ("redd.it", "reddit"),
    ("facebook.com", "facebook"),
    ("instagram.com", "instagram"),
    ("tiktok.com", "tiktok"),
    ("youtube.com", "youtube"),
    ("youtu.be", "youtube"),
    ("linkedin.com", "linkedin"),
    ("amazon.com", "amazon"),
    ("yelp.com", "yelp"),
    ("tripadvisor.com", "tripadvisor"),
    ("steampowered.com", "steam"),
    ("steamcommunity.com", "steam"),
    ("play.google.com", "google play"),
    ("apps.apple.com", "app store"),
    ("itunes.apple.com", "app store"),
    ("trustpilot.com", "trustpilot"),
    ("booking.com", "booking"),
    ("agoda.com", "agoda"),
    ("airbnb.com", "airbnb"),
    ("expedia.com", "expedia"),
    ("glassdoor.com", "glassdoor"),
    ("imdb.com", "imdb"),
    ("goodreads.com", "goodreads"),
    ("threads.net", "threads"),
    ("threads.com", "threads"),
    ("bsky.app", "bluesky"),
    ("mastodon.social", "mastodon"),
    ("t.me", "telegram"),
    ("discord.com", "discord"),
    ("quora.com", "quora"),
    ("tumblr.com", "tumblr"),
    ("pinterest.com", "pinterest"),
    ("zomato.com", "zomato"),
    ("shopee.tw", "shopee"),
    ("mobile01.com", "mobile01"),
    ("gamer.com.tw", "bahamut"),
    ("pinduoduo.com", "pdd"),
    ("yangkeduo.com", "pdd"),
    ("smzdm.com", "smzdm"),
    ("toutiao.com", "toutiao"),
    ("qunar.com", "qunar"),
    ("fliggy.com", "fliggy"),
    ("hupu.com", "hupu"),
    ("xueqiu.com", "xueqiu"),
];

/// Other words for the same platforms, lower case.
const WORDS: &[(&str, &str)] = &[
    ("小红书", "xhs"),
    ("xiaohongshu", "xhs"),
    ("rednote", "xhs"),
    ("red", "xhs"),
    ("微博", "weibo"),
    ("新浪微博", "weibo"),
    ("sina weibo", "weibo"),
    ("wb", "weibo"),
    ("抖音", "douyin"),
    ("dy", "douyin"),
    ("哔哩哔哩", "bilibili"),
    ("b站", "bilibili"),
    ("快手", "kuaishou"),
    ("ks", "kuaishou"),
    ("知乎", "zhihu"),
    ("百度贴吧", "tieba"),
    ("贴吧", "tieba"),
    ("豆瓣", "douban"),
    ("大众点评", "dianping"),
    ("美团", "meituan"),
    ("马蜂窝", "mafengwo"),
    ("携程", "ctrip"),
    ("京东", "jd"),
    ("淘宝", "taobao"),
    ("天猫", "tmall"),
    ("微信", "weixin"),
    ("公众号", "weixin"),
    ("wechat", "weixin"),
    ("x", "twitter"),
    ("tweet", "twitter"),
    ("推特", "twitter"),
];

/// The host of a URL, without port and user, lower case; `None` for what is not a URL.
fn host(url: &str) -> Option<String> {
    let rest = match url.find("://") {
        Some(at) if at <= 8 => &url[at + 3..],
        _ if url.starts_with("//") => &url[2..],
        _ => url,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let plain = host.contains('.') && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    plain.then(|| host.trim_matches('.').to_ascii_lowercase()).filter(|host| host.contains('.'))
}

/// The platform behind a URL, when its host is a known one.
pub(crate) fn known_host(url: &str) -> Option<&'static str> {
    let host = host(url.trim())?;
    // tieba.baidu.com and the like stand as they are; the rest matches at a label's border.
    HOSTS
        .iter()
        .find(|(end, _)| host.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
        .map(|&(_, name)| name)
}

/// The platform behind a URL: its known name, else its host without `www.` and `m.`.
pub(crate) fn of_url(url: &str) -> Option<Cow<'static, str>> {
    if let Some(name) = known_host(url) {
        return Some(Cow::Borrowed(name));
    }
    let host = host(url.trim())?;
    let short =
        ["www.", "m.", "mobile."].iter().find_map(|prefix| host.strip_prefix(prefix)).filter(|rest| rest.contains('.'));
    Some(Cow::Owned(short.unwrap_or(&host).to_string()))
}

/// One spelling for the export's own word.
pub(crate) fn of_word(word: &str) -> Option<Cow<'static, str>> {
    let word = word.trim().to_lowercase();
    if super::author::is_empty(&word) {
        return None;
    }
    if let Some(&(_, name)) = WORDS.iter().find(|(other, _)| *other == word) {
        return Some(Cow::Borrowed(name));
    }
    let is_host = word.contains('.') && !word.contains(' ');
    if is_host && let Some(name) = of_url(&word) {
        return Some(name);
    }
    Some(Cow::Owned(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_words_meet_in_one_spelling() {
        for (url, name) in [
            ("https://www.xiaohongshu.com/explore/65?xsec_token=AB", "xhs"),
            ("http://weibo.com/1/a", "weibo"),
            ("https://m.weibo.cn/detail/1", "weibo"),
            ("//tieba.baidu.com/p/1", "tieba"),
            ("https://user:pw@old.reddit.com:443/r/tea", "reddit"),
            ("https://x.com/a/status/1", "twitter"),
            ("https://www.netflix.com/", "netflix.com"),
            ("https://news.example.co.uk/a", "news.example.co.uk"),
        ] {
            assert_eq!(of_url(url).as_deref(), Some(name), "{url}");
        }
        assert_eq!(of_url("/r/beer/comments/1"), None);
        assert_eq!(of_url("无"), None);
        for (word, name) in [
            ("小红书", "xhs"),
            ("Weibo", "weibo"),
            ("Twitter.com", "twitter"),
            (" Reddit ", "reddit"),
            ("X", "twitter"),
        ] {
            assert_eq!(of_word(word).as_deref(), Some(name), "{word}");
        }
        assert_eq!(of_word("无"), None);
    }
}
