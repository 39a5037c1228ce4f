//! A written market: plain sentences of our own, many authors, in both languages. The truth is in who says what how often.

/// Where and when; what makes one author's sentence unlike another's.
const SLOTS: [(&str, [&str; 8]); 6] = [
    ("{when}", ["上周末", "去年冬天", "今天一早", "前天夜里", "国庆那几天", "开学之前", "发工资那天", "下雨的午后"]),
    ("{who}", ["女儿", "外婆", "儿子", "爸爸", "妈妈", "表妹", "爷爷", "小侄子"]),
    (
        "{tail}",
        ["先记一笔", "就说到这里", "改天补图", "路过的可以参考", "写给以后看", "随手一写", "慢慢更新", "供大家参考"],
    ),
    (
        "{when_en}",
        [
            "last weekend",
            "in January",
            "this morning",
            "two nights ago",
            "over the long break",
            "before term",
            "on payday",
            "one wet Sunday",
        ],
    ),
    ("{who_en}", ["my daughter", "grandma", "my son", "dad", "mum", "my cousin", "grandpa", "my nephew"]),
    (
        "{tail_en}",
        [
            "more later",
            "just a note",
            "photos to follow",
            "that is all for now",
            "hope it is of use",
            "writing this down",
            "will update",
            "so much for that",
        ],
    ),
];

/// What a sentence may open with, so that no two authors write alike.
const OPENINGS: [&str; 12] = [
    "说几句。",
    "更新一下。",
    "补一条记录。",
    "晚点再细说。",
    "第三次来写。",
    "先占个位。",
    "给自己留个底。",
    "想到哪写到哪。",
    "长话短说。",
    "回头再改。",
    "没什么文采。",
    "凑个数。",
];
const OPENINGS_EN: [&str; 12] = [
    "Short note. ",
    "An update. ",
    "For the record. ",
    "Long overdue. ",
    "Third time writing here. ",
    "Keeping this for myself. ",
    "Not much of a writer. ",
    "In brief. ",
    "As promised. ",
    "Adding my line. ",
    "Here goes. ",
    "To be continued. ",
];

/// Posts on their way to the program, as JSON lines.
#[derive(Default)]
pub struct Written {
    pub lines: String,
    authors: u64,
    seed: u64,
}

impl Written {
    fn draw(&mut self, n: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % n
    }

    /// `n` authors write one sentence each, in turn from the templates.
    pub fn say(&mut self, n: usize, templates: &[&str]) -> &mut Self {
        for i in 0..n {
            let text = self.fill(templates[i % templates.len()]);
            self.authors += 1;
            self.post(self.authors, &text);
        }
        self
    }

    fn fill(&mut self, template: &str) -> String {
        let mut text = template.to_owned();
        for (slot, words) in SLOTS {
            while text.contains(slot) {
                let word = words[self.draw(words.len())];
                text = text.replacen(slot, word, 1);
            }
        }
        let openings = if template.is_ascii() { OPENINGS_EN } else { OPENINGS };
        // Two numbers, so that nothing is taken for a near copy.
        let (a, b) = (10_007 + self.draw(80_000), 10_007 + self.draw(80_000));
        format!("{}{text} ({a}/{b})", openings[self.draw(openings.len())])
    }

    fn post(&mut self, author: u64, text: &str) {
        let n = self.lines.lines().count() + 1;
        let line = serde_json::json!({
            "id": format!("p{n}"), "author": format!("author {author}"), "text": text, "platform": "forum",
            "time": format!("2024-{:02}-{:02}", 1 + n % 6, 1 + n % 28),
        });
        self.lines.push_str(&line.to_string());
        self.lines.push('\n');
    }
}
