//! What one sentence says of the ladder, of feelings, contact points and customers (`rival label`).

use serde_json::Value;

use crate::{rival, stdout};

/// The line of one text.
fn label(text: &str) -> Value {
    let post = serde_json::json!({"id": "1", "text": text}).to_string();
    let output = rival(&["label", "-", "--isolated", "-q"], post.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&stdout(&output)).unwrap()
}

fn list<'l>(line: &'l Value, key: &str) -> &'l [Value] {
    line[key].as_array().unwrap()
}

/// Steps into an essence as `lens → memory`, with `=` where words join the two and `-` where they only stand together.
fn steps(line: &Value) -> Vec<String> {
    let into = list(line, "steps").iter().filter(|step| step["to"]["kind"] == "essence");
    into.map(|step| {
        let joined = if step["joined"] == true { "=" } else { "-" };
        format!("{} {joined} {}", step["from"]["id"].as_str().unwrap_or("it"), step["to"]["id"].as_str().unwrap())
    })
    .collect()
}

#[test]
fn words_of_cause_and_purpose_tell_means_from_end() {
    for (text, wanted) in [
        // The means, then the word, then the end.
        ("这台相机让我定格瞬间", "it = memory"),
        ("the lens of this camera lets me capture the moment", "lens = memory"),
        // The means in a clause of its own before the end, and behind it.
        ("因为这台相机的镜头好，才留住了美好的回忆", "lens = memory"),
        ("留住了美好的回忆，多亏这台相机的镜头", "lens = memory"),
        ("we made memories with the camera thanks to its lens", "lens = memory"),
        // The end first.
        ("为了留住回忆，买了镜头好的相机", "lens = memory"),
        ("买这台相机就是为了留住女儿的回忆", "it = memory"),
        // Nothing joins them.
        ("相机的镜头很亮，里面有美好的回忆", "lens - memory"),
    ] {
        let line = label(text);
        assert!(steps(&line).iter().any(|step| step == wanted), "{text}: {:?}", steps(&line));
        // Never downward.
        assert!(list(&line, "steps").iter().all(|step| step["to"]["kind"] != "attribute"), "{text}");
    }
    assert_eq!(steps(&label("我买相机不是为了留住回忆")), [""; 0]);
}

#[test]
fn what_stirs_is_weighed() {
    let arousal = |text: &str| list(&label(text), "moods").iter().map(|m| m["arousal"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(arousal("这家的蛋糕好吃"), 0);
    // Very is no feeling.
    assert_eq!(arousal("这家的蛋糕很好吃"), 0);
    let plain = arousal("这家的蛋糕好吃到心跳加速");
    assert!(plain >= 1000 && arousal("这家的蛋糕好吃到心跳加速！") > plain, "{plain}");
    assert!(arousal("this cake is tasty, it took my breath away") >= 1000);
    // Denied on the spot.
    assert_eq!(arousal("这家的蛋糕好吃，并没有让人惊艳"), 0);
    let seen = label("晚风里吃着蛋糕，转角的灯火，一家人在一起");
    assert!(list(&seen, "moods")[0]["imagery"].as_u64().unwrap() >= 800, "{seen:#}");
}

#[test]
fn contact_points_take_the_stance_of_their_clause() {
    let stage = |text: &str, id: &str| {
        let line = label(text);
        let found = list(&line, "stages").iter().find(|s| s["id"] == id).unwrap_or_else(|| panic!("{text}: {line:#}"));
        found["polarity"].as_str().unwrap().to_owned()
    };
    assert_eq!(stage("Manner Coffee排队太久", "order"), "negative");
    assert_eq!(stage("the coffee at Luckin tasted delicious", "use"), "positive");
}

#[test]
fn who_speaks_is_told_by_the_speaker_alone() {
    let who = |text: &str| {
        let line = label(text);
        list(&line, "customers").iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(who("我老婆爱喝啤酒"), ["male"]);
    assert_eq!(who("as a college student on a budget I drink cheap beer")[0], "low_income");
    // A ticket for students makes nobody a student, a district nobody a woman.
    assert_eq!(who("景区的学生票半价"), [""; 0]);
    assert_eq!(who("集美的沙茶面好吃"), [""; 0]);
}

#[test]
fn every_new_span_stands_in_the_text() {
    let text = "因为这台相机的镜头好，才留住了美好的回忆，心跳加速！我老婆也说值，就是排队太久";
    let line = label(text);
    let mut seen = 0;
    for key in ["attributes", "steps", "moods", "stages", "customers"] {
        assert!(!list(&line, key).is_empty(), "no {key}: {line:#}");
        for evidence in list(&line, key).iter().flat_map(|each| list(each, "evidence")) {
            let at = |end: &str| evidence[end].as_u64().unwrap() as usize;
            assert_eq!(text.get(at("start")..at("end")), evidence["text"].as_str());
            assert!(evidence["rule"].as_str().unwrap().contains(".toml#"));
            seen += 1;
        }
    }
    assert!(seen >= 6);
}

#[test]
fn what_is_none_of_its_category_is_no_brand_of_it() {
    let brands = |text: &str| {
        let line = label(text);
        let named = list(&line, "mentions").iter().filter_map(|m| m["brand"].as_str().map(str::to_owned));
        named.collect::<Vec<_>>()
    };
    assert_eq!(brands("路上买了一包奇多"), ["cheetos"]);
    // The phrase stands with the category alone, and holds the whole name.
    assert_eq!(brands("车站附近电动车奇多，比较乱"), [""; 0]);
    // A name that only touches such a phrase is meant.
    assert_eq!(brands("札幌啤酒博物馆的鲜啤真的不一样"), ["sapporo"]);
}
