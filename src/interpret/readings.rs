//! What the rules of the language make of whole sentences, read by the built-in lexicons.

use std::sync::{Arc, OnceLock};

use super::Interpreter;
use crate::lexicon::{Lexicon, embedded};
use crate::matcher::Scratch;
use crate::normalize::Document;

fn interpreter() -> &'static Interpreter {
    static INTERPRETER: OnceLock<Interpreter> = OnceLock::new();
    INTERPRETER.get_or_init(|| {
        let (lexicon, _) = Lexicon::read(&[embedded()]);
        Interpreter::new(Arc::new(lexicon)).expect("compiles")
    })
}

/// The motives of a text with their roles.
fn motives(text: &str) -> Vec<String> {
    let read = interpreter().read(&Document::new(text, 0), &mut Scratch::default());
    let name = |m: &super::MotiveLabel| {
        format!("{}:{}", interpreter().lexicon().taxonomy.motive(m.id).name.id, m.role.as_str())
    };
    read.motives.iter().map(name).collect()
}

/// The categories of a text that count.
fn consumed(text: &str) -> Vec<String> {
    let read = interpreter().read(&Document::new(text, 0), &mut Scratch::default());
    let taxonomy = &interpreter().lexicon().taxonomy;
    read.mentions.iter().filter(|m| !m.passing).map(|m| taxonomy.category(m.category).name.id.clone()).collect()
}

#[test]
fn praise_and_blame_take_the_right_role() {
    for (text, role) in [
        // Scorn and rhetorical questions.
        ("这也叫好喝？", "taste:avoid"),
        ("好吃个鬼", "taste:avoid"),
        ("怎么可能好喝", "taste:avoid"),
        // The highest praise holds a negator.
        ("从来没有喝过这么好喝的", "taste:buy"),
        ("never had anything so delicious", "taste:buy"),
        ("nothing is more delicious", "taste:buy"),
        // Litotes and double negation.
        ("不算贵", "price_value:buy"),
        ("not too expensive", "price_value:buy"),
        ("no wonder it's so delicious", "taste:buy"),
        // Each of two negators denies its own.
        ("neither cheap nor tasty", "taste:avoid"),
        ("neither cheap nor tasty", "price_value:avoid"),
        // Other places.
        ("隔壁更便宜", "price_value:avoid"),
        ("比隔壁更便宜", "price_value:buy"),
        ("you can get it cheaper online", "price_value:avoid"),
        ("it's cheaper elsewhere", "price_value:avoid"),
        ("cheaper than elsewhere", "price_value:buy"),
        // The one exception.
        ("everything but the price was great", "price_value:avoid"),
        // Irony with a lexical mark.
        ("也是醉了，这服务真好啊", "service:avoid"),
        ("yeah right, great service", "service:avoid"),
        ("so much for great service", "service:avoid"),
        ("great service my ass", "service:avoid"),
        // Conditions.
        ("要是再便宜点就好了", "price_value:avoid"),
        ("would have been better if it were cheaper", "price_value:avoid"),
    ] {
        assert_eq!(
            motives(text).iter().find(|m| m.split(':').next() == role.split(':').next()),
            Some(&role.into()),
            "{text}"
        );
    }
}

#[test]
fn what_is_asked_is_not_said() {
    for text in ["贵不贵？", "好不好吃啊？", "is it tasty?", "Does it taste good?"] {
        assert_eq!(motives(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(motives("It is tasty. Agreed?"), ["taste:buy"]);
}

#[test]
fn what_is_looked_for_or_advised_is_not_said() {
    for text in [
        "求推荐好吃的",
        "附近边度好食",
        "不知道哪家便宜",
        "Do you guys recommend it?",
        "Not sure if it's worth every penny.",
        "Learn how to darn a sock.",
    ] {
        assert_eq!(motives(text), Vec::<String>::new(), "{text}");
    }
    for (text, motive) in [
        ("哪家都好吃", "taste:buy"),
        ("想找个便宜的", "price_value:buy"),
        ("It is worth every penny.", "price_value:buy"),
        ("I finally learned how to darn a sock.", "achievement:buy"),
    ] {
        assert_eq!(motives(text), [motive], "{text}");
    }
}

#[test]
fn a_negator_is_spent_on_what_it_denies() {
    for (text, expected) in [
        ("不贵好吃", vec!["price_value:buy", "taste:buy"]),
        ("店里位子不多很安静", vec!["atmosphere:buy"]),
        ("铺面不大但很干净", vec!["quality:buy"]),
        ("唔辣又太咸", vec!["taste:avoid"]),
        ("不加葱也很美味", vec!["taste:buy"]),
        ("没几天就坏了", vec!["quality:avoid"]),
        ("不到三天又降价了", vec!["price_value:avoid"]),
        ("很久没来依旧好吃", vec!["taste:buy"]),
        ("没什么比一碗香喷喷的米饭更好", vec!["taste:buy"]),
        // It still reaches what it means.
        ("不大好吃", vec!["taste:avoid"]),
        ("一点也不好吃", vec!["taste:avoid"]),
        ("不好吃也不便宜", vec!["price_value:avoid", "taste:avoid"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn a_negator_before_words_that_stand_together_denies_the_first() {
    for (text, expected) in [
        ("我们没买门票，感觉不值那个价", vec!["price_value:avoid"]),
        ("不是大床但软硬刚好", vec!["quality:buy"]),
        ("蛋糕不腻挺好吃", vec!["taste:buy"]),
        ("六百的价格性价比不高", vec!["price_value:avoid"]),
        ("没有用过的浴缸里有头发", vec!["quality:avoid"]),
        // Without a comma it denies what they say together.
        ("我没听过风扇响", vec!["quality:buy"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn a_fault_that_is_hoped_away_or_disliked_is_no_praise() {
    for (text, expected) in [
        ("希望服务水平不会下降", vec![]),
        ("我在吃药，不能吃太辣", vec![]),
        ("Make sure you don't look too washed out.", vec![]),
        ("我不喜欢太吵的餐厅", vec!["atmosphere:avoid"]),
        ("I don't like how noisy the restaurant is.", vec!["atmosphere:avoid"]),
        // Who says that there is none of it praises.
        ("这里一点也不吵", vec!["atmosphere:buy"]),
        ("The restaurant wasn't noisy at all.", vec!["atmosphere:buy"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_needed_is_not_blamed() {
    for text in ["I don't need waterproof boots", "We were not looking for cheap", "出门不需要高颜值"] {
        assert_eq!(motives(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_negation_of_another_word_turns_nothing_round() {
    for (text, expected) in [
        ("I never went back to cheap flour", vec![]),
        ("又不是因为好吃才来", vec![]),
        ("居然没发现这么好吃的面", vec!["taste:buy"]),
        ("没想到是这么好吃", vec!["taste:buy"]),
        ("not as popular as that blue one which is cheap", vec![]),
        // Words of degree and being carry it on, and what joins a list.
        ("It is really not all that tasty", vec!["taste:avoid"]),
        ("它不怎么好吃", vec!["taste:avoid"]),
        ("不是那么便宜", vec!["price_value:avoid"]),
        ("not as tasty as mine", vec!["taste:avoid"]),
        ("这家的面不如学校的面好吃", vec!["taste:avoid"]),
        ("不如换家好吃的", vec!["taste:buy"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn what_is_only_supposed_is_not_said() {
    for (text, expected) in [
        ("如果好吃就多买一份", vec![]),
        ("Tell me if the soup is tasty", vec![]),
        ("如果你喜欢好吃的面就来这里", vec!["taste:buy"]),
        ("If you want a cheap lunch go there", vec!["price_value:buy"]),
        ("如果再便宜些就更好了", vec!["price_value:avoid"]),
        ("It was tasty, even if it was pricey", vec!["price_value:avoid", "taste:buy"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn a_wish_is_for_what_stands_beside_it() {
    for (text, expected) in [
        ("It could be cheaper", vec!["price_value:avoid"]),
        ("It would be nice if it wasn't too expensive", vec!["price_value:buy"]),
        ("The staff could use a break after serving such delicious soup", vec!["taste:buy"]),
        ("希望再便宜些", vec!["price_value:avoid"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn one_negator_denies_a_list() {
    for (text, expected) in [
        ("It was never rude, slow or overpriced.", vec!["price_value:buy"]),
        ("没有异味、破损", vec!["quality:buy"]),
        ("店员不够热情、专业或礼貌", vec!["service:avoid"]),
        ("没有异味，做工精致", vec!["quality:buy"]),
        ("It was not big, cheap and tasty.", vec!["price_value:buy", "taste:buy"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn what_is_said_of_the_other_thing_is_no_reason() {
    for text in [
        "It works as well as the more expensive one.",
        "It does the same as the others, better than my overpriced one.",
        "隔壁那家好吃",
        "不如另一家好吃",
        "比那种便宜的牌子强",
    ] {
        assert_eq!(motives(text), Vec::<String>::new(), "{text}");
    }
    for (text, motive) in [
        ("比另一家便宜", "price_value:buy"),
        ("跟别家相比还是很便宜", "price_value:buy"),
        ("比以前便宜的多", "price_value:buy"),
        ("他家的鸡腿比别家的好吃", "taste:buy"),
        ("Cheaper than the other one.", "price_value:buy"),
    ] {
        assert_eq!(motives(text), [motive], "{text}");
    }
}

#[test]
fn words_together_overrule_one_of_them() {
    for (text, expected) in [
        ("颜值堪忧", vec!["design:avoid"]),
        ("前台有待提高", vec!["service:avoid"]),
        ("The sound quality is lousy.", vec!["quality:avoid"]),
        ("The sound quality isn't bad.", vec!["quality:buy"]),
        ("cheaper than elsewhere", vec!["price_value:buy"]),
        ("房间卫生很差", vec!["quality:avoid"]),
        ("酒店离市中心有点远", vec!["convenience:avoid"]),
        // Words further off do not take a thing from those beside it.
        ("这家店性价比低，好多人不去", vec!["price_value:avoid"]),
        ("屏幕还行，就是太小", vec!["quality:buy", "quality:avoid"]),
    ] {
        assert_eq!(motives(text), expected, "{text}");
    }
}

#[test]
fn who_comes_again_comes_for_what_is_praised_most() {
    assert_eq!(motives("味道不错，老板热情，味道真好。下次还会再来"), ["service:buy", "taste:buy", "taste:repeat"]);
    assert_eq!(motives("Tasty soup. Will be back."), ["taste:buy", "taste:repeat"]);
    assert_eq!(motives("味道不错。再也不会来"), ["taste:buy"]);
    // Of equals the one said nearest, and none where nothing is praised around.
    assert_eq!(motives("味道真好。环境安静。下次还会再来"), ["atmosphere:buy", "atmosphere:repeat", "taste:buy"]);
    let story = "We left at nine. It rained. The road was long. A dog barked. The moon rose.";
    assert_eq!(motives(&format!("Tasty soup. {story} Will be back.")), ["taste:buy"]);
}

#[test]
fn a_likeness_an_ingredient_and_a_landmark_are_not_consumed() {
    for (text, expected) in [
        ("The gummies taste like candy and I bought a new phone", vec!["chocolate", "phone"]),
        ("This car is as thrilling as a dishwasher, I love this car", vec!["car", "car"]),
        ("我们在博物馆附近吃了火锅", vec!["hotpot"]),
        ("星巴克旁边的火锅很好吃", vec!["hotpot"]),
        ("ate noodles opposite the cinema and loved the noodles", vec!["noodles_rice", "noodles_rice"]),
    ] {
        assert_eq!(consumed(text), expected, "{text}");
    }
}

#[test]
fn words_of_a_title_or_of_a_places_name_are_not_consumed() {
    for (text, expected) in [
        ("下了班去看《天堂电影院》，散场买了杯咖啡", vec!["coffee"]),
        ("读了《咖啡馆漫画》，真好看", vec!["book"]),
        ("《蛋糕》很好吃", vec!["cake"]),
        ("金花茶公园里的火锅很好吃", vec!["attraction", "hotpot"]),
        ("Tea talk in r/coffee: which tea do you love?", vec!["tea", "tea"]),
        ("We ate tacos on Orange Street", vec!["fast_food"]),
    ] {
        assert_eq!(consumed(text), expected, "{text}");
    }
}

#[test]
fn a_list_shares_what_is_said_of_one_of_its_members() {
    let story = "下午四点从公司出来走了很久，经过三个路口和一座天桥才到，一路上谁也没有说话，";
    let menu = format!("{story}后来买了咖啡。桌上有汉堡，寿司、拉面都很好吃");
    assert_eq!(consumed(&menu), ["coffee", "fast_food", "seafood", "noodles_rice"]);
    assert_eq!(consumed(&format!("{story}后来买了咖啡。旁边停着汽车，披萨很好吃")), ["coffee", "fast_food"]);
}

/// The occasions of a text.
fn occasions(text: &str) -> Vec<String> {
    let read = interpreter().read(&Document::new(text, 0), &mut Scratch::default());
    let taxonomy = &interpreter().lexicon().taxonomy;
    read.occasions.iter().map(|o| taxonomy.occasion(o.id).name.id.clone()).collect()
}

#[test]
fn an_occasion_that_is_a_likeness_or_a_title_is_none() {
    assert_eq!(occasions("他们的婚礼办得很热闹"), ["wedding"]);
    assert_eq!(occasions("昨天在看《婚礼》这本小说"), Vec::<String>::new());
    assert_eq!(occasions("客厅黑漆漆的，像开追悼会"), Vec::<String>::new());
}

#[test]
fn what_is_counted_or_opens_the_post_is_consumed() {
    for (text, expected) in [
        (
            "Nobody told me that the sale would end like this: somewhere an air fryer, and two sweaters",
            vec!["clothing"],
        ),
        ("Whisky sour with a view", vec!["cocktail"]),
    ] {
        assert_eq!(consumed(text), expected, "{text}");
    }
}

#[test]
fn what_is_owned_or_used_far_into_a_post_is_told_for_another_things_sake() {
    let story = "These headphones came on Monday, and on Tuesday the headphones went along to the quarry, where nobody had expected so much \
                 dust, so many engines and so little shade between the hills and the long fence.";
    assert_eq!(consumed(&format!("{story} Then I went back to my car.")), ["audio", "audio"]);
    assert_eq!(consumed("I bought these headphones for my car."), ["audio", "car"]);
}

#[test]
fn news_and_quarrel_give_no_reason() {
    assert_eq!(motives("警方表示有两人被捕，议员批评安排令市民不便，餐厅很贵"), Vec::<String>::new());
    assert_eq!(motives("警方帮忙找回了钱包，餐厅很贵"), ["price_value:avoid"]);
}

#[test]
fn some_words_count_only_beside_a_thing() {
    assert_eq!(motives("I bought this dress on Friday. It is so ugly!"), ["design:avoid"]);
    assert_eq!(motives("My cousin gets married in May. It is all so ugly!"), Vec::<String>::new());
}
