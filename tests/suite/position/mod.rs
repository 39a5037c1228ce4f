//! The position of one entity, on markets whose truth is known and in which the obvious wrong answer is present.

mod reading;
mod written;

use serde_json::Value;

use crate::{rival, stdout};
use written::Written;

fn findings(market: &Written, focus: &[&str]) -> Value {
    let mut args = vec!["analyze", "-", "--json", "--isolated"];
    for id in focus {
        args.extend(["--focus", id]);
    }
    let output = rival(&args, market.lines.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&stdout(&output)).unwrap()
}

/// The part of an entity.
fn part<'f>(findings: &'f Value, part: &str, of: &str) -> &'f Value {
    let all = findings[part].as_array().unwrap();
    all.iter().find(|p| p["of"] == of).unwrap_or_else(|| panic!("no {part} of {of}"))
}

/// The ids of a list.
fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|each| each["id"].as_str().or(each["theme"]["id"].as_str()).unwrap()).collect()
}

/// Everything is a little luxury to somebody, and everything has features.
fn around(market: &mut Written) {
    market
        .say(
            40,
            &[
                "{when}点的咖啡很治愈，{tail}",
                "this coffee feels like a warm hug, {tail_en}",
                "咖啡的豆子是新烘的，{tail}",
            ],
        )
        .say(30, &["{when}喝的咖啡，小确幸，满满的幸福感，{tail}", "a coffee like this is a little luxury, {tail_en}"])
        .say(60, &["酒店的房间很大，床垫也软，{tail}", "the hotel room was spacious and the bathroom clean, {tail_en}"])
        .say(30, &["住这家酒店是极致享受，{tail}", "staying at this hotel is a little luxury, {tail_en}"])
        .say(
            40,
            &[
                "{when}喝啤酒，兄弟情谊都在里面，{tail}",
                "beer with lifelong friends, {tail_en}",
                "这啤酒麦芽味重，{tail}",
            ],
        )
        .say(20, &["这瓶啤酒喝得是生活的美好，{tail}", "this beer is a little luxury, {tail_en}"])
        .say(
            90,
            &[
                "手机屏幕很亮，电池够用一天，{tail}",
                "the phone has a bright screen and a fast processor, {tail_en}",
                "手机的快充很快，{when}买的",
                "this phone takes sharp pictures, the battery lasts, {tail_en}",
            ],
        );
}

#[test]
fn a_camera_is_memory_and_neither_lens_nor_pixels() {
    let mut market = Written::default();
    around(&mut market);
    market
        .say(
            70,
            &[
                "相机的镜头很锐，像素也够，{when}拿到的",
                "这台相机机身沉，快门声好听，{tail}",
                "the lens on this camera is sharp and the sensor is new, {tail_en}",
                "the camera body is heavy and the lens is slow, {tail_en}",
            ],
        )
        .say(
            36,
            &[
                "{when}买这台相机就是为了留住{who}的回忆，{tail}",
                "这台相机让我定格瞬间，{who}笑起来的样子都在，{tail}",
                "I bought this camera to make memories with {who_en}, {tail_en}",
                "the camera lets me capture the moment with {who_en}, {tail_en}",
            ],
        )
        .say(24, &["这台相机是我的小确幸，满满的幸福感，{tail}", "this camera is a little luxury, {tail_en}"]);
    let findings = findings(&market, &["camera", "phone"]);
    let essence = part(&findings, "essence", "camera");
    assert_eq!(essence["verdict"], "found", "{essence:#}");
    assert_eq!(ids(&essence["essences"]), ["memory"], "{essence:#}");
    // More people talk about the lens than about memories, and pleasure is everywhere.
    let authors = |list: &str, id: &str| {
        let found = essence[list].as_array().unwrap().iter().find(|e| e["id"] == id);
        found.unwrap_or_else(|| panic!("no {id} in {essence:#}"))["authors"].as_u64().unwrap()
    };
    assert!(authors("talked_about", "lens") > authors("essences", "memory"));
    assert!(authors("also", "indulgence") >= 20);
    assert!(!essence["essences"][0]["quotes"].as_array().unwrap().is_empty());
    // A phone is what it does, and to say so is an answer.
    let phone = part(&findings, "essence", "phone");
    assert_eq!(phone["verdict"], "function_only", "{phone:#}");
}

#[test]
fn a_birthday_cake_is_the_people_around_it_and_not_the_cream() {
    let mut market = Written::default();
    around(&mut market);
    market
        .say(
            70,
            &[
                "蛋糕的奶油很细，夹心是芒果，{when}订的",
                "这个蛋糕奶油太厚，蛋糕胚偏干，{tail}",
                "the cake had thick frosting and a lemon filling, {tail_en}",
                "the cake was all cream and one candle, {tail_en}",
            ],
        )
        .say(
            40,
            &[
                "{who}的生日蛋糕一端上来，一家人在一起，其乐融融，{tail}",
                "买这个蛋糕是为了团聚，{who}都回来了，{tail}",
                "the birthday cake brought us together, {who_en} came too, {tail_en}",
                "切蛋糕的时候，值得庆祝的一天，{who}许了愿",
                "a cake to mark the occasion for {who_en}, {tail_en}",
            ],
        )
        .say(20, &["{when}吃的蛋糕，小确幸，满满的幸福感，{tail}", "this cake is a little luxury, {tail_en}"]);
    let findings = findings(&market, &["cake"]);
    let essence = part(&findings, "essence", "cake");
    let found = ids(&essence["essences"]);
    assert!(["togetherness", "celebration"].contains(&found[0]), "{essence:#}");
    assert!(!found.contains(&"indulgence"), "{essence:#}");
    assert_eq!(ids(&essence["talked_about"])[0], "cream", "{essence:#}");
}

#[test]
fn a_handful_of_love_stories_is_no_essence() {
    let mut market = Written::default();
    around(&mut market);
    market
        .say(
            220,
            &["这啤酒麦芽味重，{tail}", "the hops in this beer are fresh, {tail_en}", "啤酒便宜又划算，{when}买的"],
        )
        // Nobody speaks of love where anything else is named: five say it beside a beer, and their lift is the largest of all.
        .say(5, &["喝着啤酒，初恋的感觉，{tail}", "a beer with the love of my life, {tail_en}"]);
    let findings = findings(&market, &["beer"]);
    let essence = part(&findings, "essence", "beer");
    let also = essence["also"].as_array().unwrap();
    assert!(also.iter().any(|e| e["id"] == "romance" && e["lift"].as_f64().unwrap() > 2.0), "{essence:#}");
    assert!(!ids(&essence["essences"]).contains(&"romance"), "{essence:#}");
}

/// Every place has its blue sky and its clear water; people are free there.
fn places(market: &mut Written) {
    for place in ["三亚", "乌镇", "鼓浪屿", "九寨沟"] {
        let lines = [
            format!("{{when}}去{place}旅行，蓝天白云，湖水清澈，{{tail}}"),
            format!("{place}的天空很蓝，流水很清，{{when}}拍的"),
            format!("在{place}的几天自由自在，{{tail}}"),
            format!("{{when}}到{place}，{{who}}觉得好玩，{{tail}}"),
        ];
        market.say(64, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    }
    market
        .say(
            60,
            &[
                "{when}去丽江旅行，蓝天白云，湖水清澈，{tail}",
                "丽江的天空很蓝，流水很清，{when}拍的",
                "clear water and blue sky in Lijiang, {tail_en}",
            ],
        )
        .say(16, &["在丽江的几天自由自在，{tail}"])
        .say(
            40,
            &[
                "在丽江的那场浪漫邂逅让我心跳加速，{when}想起来还想哭！",
                "丽江的小酒馆里他回头一笑，谈恋爱的感觉，一夜没睡，{tail}",
                "{when}在丽江，二人世界，灯火里怦然心动，{tail}",
                "Lijiang was love at first sight by candlelight, it took my breath away, {tail_en}",
            ],
        );
}

#[test]
fn lijiang_is_romance() {
    let mut market = Written::default();
    around(&mut market);
    places(&mut market);
    let findings = findings(&market, &["lijiang"]);
    let essence = part(&findings, "essence", "lijiang");
    assert_eq!(ids(&essence["essences"]), ["romance"], "{essence:#}");
    let talked = ids(&essence["talked_about"]);
    assert!(talked.contains(&"sky") && talked.contains(&"clear_water"), "{essence:#}");
}

#[test]
fn lijiang_never_says_blue_sky() {
    let mut market = Written::default();
    around(&mut market);
    places(&mut market);
    let findings = findings(&market, &["lijiang"]);
    let excitement = part(&findings, "excitement", "lijiang");
    assert_eq!(ids(&excitement["points"])[0], "romance", "{excitement:#}");
    let cliches = ids(&excitement["cliches"]);
    assert!(cliches.contains(&"sky") && cliches.contains(&"clear_water"), "{excitement:#}");
    assert!(!cliches.contains(&"romance"));
    let point = &excitement["points"][0];
    assert!(point["ci90"][0].as_f64().unwrap() > 0.0 && !point["quotes"].as_array().unwrap().is_empty(), "{point:#}");
    // The sea is blue for everybody: no point of Sanya's.
    let sanya = self::findings(&market, &["sanya"]);
    let sanya = part(&sanya, "excitement", "sanya");
    assert!(ids(&sanya["points"]).is_empty(), "{sanya:#}");
}

#[test]
fn women_come_for_the_look_and_men_for_the_price() {
    let mut market = Written::default();
    around(&mut market);
    market
        .say(
            60,
            &[
                "我老公给我点的奶茶，包装好看，{tail}",
                "my husband got me a bubble tea, the cup looks gorgeous, {tail_en}",
                "闺蜜约我喝奶茶，颜值很高，{tail}",
            ],
        )
        .say(
            30,
            &[
                "我老婆爱的奶茶，便宜又划算，{tail}",
                "my wife says this bubble tea is good value for money, {tail_en}",
                "作为男生喝奶茶，性价比高，{tail}",
            ],
        )
        .say(20, &["我老公爱喝啤酒，{tail}", "my husband had a beer with dinner, {tail_en}"])
        .say(
            60,
            &["我老婆不让我喝啤酒，{tail}", "my wife and I shared a beer, {tail_en}", "作为男生就爱喝啤酒，{tail}"],
        );
    let findings = findings(&market, &["milk_tea", "beer"]);
    let group = |of: &str, id: &str| {
        let groups = part(&findings, "customers", of)["groups"].as_array().unwrap();
        groups.iter().find(|g| g["id"] == id).unwrap_or_else(|| panic!("no {id} of {of}: {groups:#?}")).clone()
    };
    let women = group("milk_tea", "female");
    assert!(women["lift"].as_f64().unwrap() > 1.5 && women["q"].as_f64().unwrap() < 0.01, "{women:#}");
    // Most of those who are known are women, so that the men are the smaller group, and still the beer's larger one.
    assert!(group("beer", "male")["lift"].as_f64().unwrap() > 1.5);
    let motive = |group: &Value, id: &str| {
        let all = group["motives"].as_array().unwrap();
        all.iter().find(|m| m["id"] == id && m["role"] == "buy").and_then(|m| m["lift"].as_f64()).unwrap_or(0.0)
    };
    assert!(motive(&women, "design") > 1.5, "{women:#}");
    let men = group("milk_tea", "male");
    assert!(motive(&men, "price_value") > 1.5, "{men:#}");
    // Each reason of a group is told in the words of somebody of that group who gives it.
    let words = |group: &Value, id: &str| {
        let all = group["motives"].as_array().unwrap();
        let wanted = all.iter().find(|m| m["id"] == id && m["role"] == "buy").unwrap();
        let first = wanted["quotes"][0].as_str().unwrap_or_else(|| panic!("no quote: {wanted:#}")).to_owned();
        findings["quotes"][&first]["text"].as_str().unwrap().to_lowercase()
    };
    let his = ["老婆", "女朋友", "男生", "wife", "girlfriend"];
    let hers = ["老公", "男朋友", "女生", "闺蜜", "husband", "boyfriend"];
    assert!(hers.iter().any(|word| words(&women, "design").contains(word)), "{}", words(&women, "design"));
    assert!(his.iter().any(|word| words(&men, "price_value").contains(word)), "{}", words(&men, "price_value"));
}

/// Three chains of coffee: one is slow and dear, one cheap and quick, one neither.
fn chains(market: &mut Written) {
    market
        .say(
            40,
            &[
                "{when}在星巴克排队太久，等了半小时，{tail}",
                "Starbucks was overpriced and the wait too long, {tail_en}",
                "星巴克太贵了，{tail}",
            ],
        )
        .say(
            40,
            &[
                "星巴克的咖啡好喝，{when}又去了",
                "the coffee at Starbucks tasted delicious, {tail_en}",
                "星巴克环境很好，{tail}",
            ],
        )
        .say(
            80,
            &[
                "瑞幸很方便，{when}随手买的",
                "Luckin is so convenient, {tail_en}",
                "瑞幸便宜又划算，{tail}",
                "Luckin is great value for money, {tail_en}",
            ],
        )
        .say(40, &["瑞幸的咖啡好喝，{when}又去了", "the coffee at Luckin tasted delicious, {tail_en}"])
        .say(40, &["Manner的咖啡好喝，{when}又去了", "the coffee at Manner Coffee tasted delicious, {tail_en}"])
        .say(20, &["Manner Coffee便宜，{tail}", "Manner Coffee排队太久，{tail}"])
        .say(30, &["不去星巴克了，改喝瑞幸，{when}开始的", "I drink Luckin instead of Starbucks now, {tail_en}"]);
}

#[test]
fn a_rival_is_weak_where_it_makes_people_wait() {
    let mut market = Written::default();
    around(&mut market);
    chains(&mut market);
    let findings = findings(&market, &["luckin", "starbucks"]);
    let luckin = part(&findings, "contact_points", "luckin");
    let stage = |of: &Value, id: &str| of["stages"].as_array().unwrap().iter().find(|s| s["id"] == id).unwrap().clone();
    let order = stage(luckin, "order");
    assert!(order["gap"]["gap"].as_f64().unwrap() > 0.0 && order["gap"]["q"].as_f64().unwrap() < 0.1, "{order:#}");
    // The taste is as good everywhere: no gap there, however many speak of it.
    let using = stage(luckin, "use");
    assert!(using["gap"]["q"].as_f64().is_none_or(|q| q > 0.1), "{using:#}");
    let attack = &luckin["attackable"][0];
    assert_eq!((&attack["rival"], &attack["stage"]), (&"starbucks".into(), &"order".into()), "{luckin:#}");
    let complaints: Vec<&str> =
        attack["complaints"].as_array().unwrap().iter().map(|c| c["motive"].as_str().unwrap()).collect();
    assert!(complaints.contains(&"convenience") && complaints.contains(&"price_value"), "{attack:#}");
    // And by the same figures Starbucks sees its own weakness.
    let own = stage(part(&findings, "contact_points", "starbucks"), "order");
    assert!(own["gap"]["gap"].as_f64().unwrap() < 0.0 && own["gap"]["q"].as_f64().unwrap() < 0.1, "{own:#}");
    let lever = &luckin["lever"];
    let stages = lever["stages"].as_u64().unwrap();
    assert!((lever["together"].as_f64().unwrap() - 1.1f64.powi(stages as i32)).abs() < 1e-4);
}

#[test]
fn a_competency_is_what_the_rivals_lack_and_not_what_most_people_say() {
    let mut market = Written::default();
    around(&mut market);
    chains(&mut market);
    let findings = findings(&market, &["luckin"]);
    let competency = part(&findings, "competency", "luckin");
    let distinctive = ids(&competency["distinctive"]);
    assert!(distinctive.contains(&"convenience") && distinctive.contains(&"price_value"), "{competency:#}");
    // Good coffee is what all of them have.
    assert!(!distinctive.contains(&"taste"), "{competency:#}");
    assert!(ids(&competency["better"]).contains(&"convenience"), "{competency:#}");
}
