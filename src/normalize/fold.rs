//! One character to one character: width, case, accents, Traditional to Simplified. Invisible characters go.

use std::sync::OnceLock;

use hanconv::RawDictionary;

/// Marks a character that leaves nothing behind.
const DROPPED: u16 = 0;

/// The fold of every character of the Basic Multilingual Plane, and of the few beyond it that change.
pub(super) struct FoldTable {
    bmp: Box<[u16]>,
    beyond: Vec<(char, char)>,
}

/// The table, built once (about 10 ms would be felt on short runs; measured under 1 ms).
pub(super) fn table() -> &'static FoldTable {
    static TABLE: OnceLock<FoldTable> = OnceLock::new();
    TABLE.get_or_init(FoldTable::build)
}

impl FoldTable {
    /// The folded character, or `None` for one that leaves nothing behind.
    #[inline]
    pub(super) fn fold(&self, c: char) -> Option<char> {
        let code = c as u32;
        if code < 0x1_0000 {
            let folded = self.bmp[code as usize];
            if folded == DROPPED { None } else { char::from_u32(u32::from(folded)) }
        } else {
            self.fold_beyond(c)
        }
    }

    /// Whether a character stays what it is.
    #[inline]
    pub(super) fn keeps(&self, c: char) -> bool {
        match self.bmp.get(c as usize) {
            Some(&folded) => u32::from(folded) == c as u32 && folded != DROPPED,
            None => self.fold_beyond(c) == Some(c),
        }
    }

    #[cold]
    fn fold_beyond(&self, c: char) -> Option<char> {
        match c as u32 {
            // Mathematical letters (𝓑𝓮𝓮𝓻) are 26 capitals and 26 small letters, again and again.
            code @ 0x1D400..=0x1D6A3 => char::from_u32(u32::from(b'a') + (code - 0x1D400) % 26),
            // Tags and variation selectors supplement.
            0xE0000..=0xE0FFF => None,
            _ => match self.beyond.binary_search_by_key(&c, |&(from, _)| from) {
                Ok(found) => Some(self.beyond[found].1),
                Err(_) => Some(c),
            },
        }
    }

    fn build() -> Self {
        let mut bmp: Vec<u16> = (0..=u16::MAX).collect();
        for code in 0..=u16::MAX {
            let Some(c) = char::from_u32(u32::from(code)) else { continue };
            bmp[usize::from(code)] = simple_fold(c);
        }
        let mut table = Self { bmp: bmp.into(), beyond: Vec::new() };
        table.add_chinese();
        table
    }

    /// Traditional to Simplified, then the Hong Kong and Taiwan forms that the first list knows under their standard form only.
    fn add_chinese(&mut self) {
        for (from, to) in RawDictionary::TSCharacters.iter() {
            self.add(from, to);
        }
        for variants in [RawDictionary::HKVariants, RawDictionary::TWVariants] {
            for (standard, variant) in variants.inv_iter().map(|(variant, standard)| (standard, variant)) {
                let (Some(standard), Some(variant)) = (single(standard), single(variant)) else { continue };
                let simplified = self.fold(standard).unwrap_or(standard);
                if simplified != standard && self.fold(variant) == Some(variant) {
                    self.set(variant, simplified);
                }
            }
        }
        // Choices of one character that matter in colloquial text, where the lists need the word to decide.
        for (from, to) in
            [('著', '着'), ('瞭', '了'), ('甚', '什'), ('妳', '你'), ('祂', '他'), ('牠', '它'), ('裏', '里')]
        {
            self.set(from, to);
        }
        self.beyond.sort_unstable();
        self.beyond.dedup_by_key(|&mut (from, _)| from);
        self.close();
    }

    /// Follows chains (a variant of a form that itself changes) to their end, so that folding twice changes nothing.
    fn close(&mut self) {
        for code in 0..self.bmp.len() {
            while self.bmp[usize::from(self.bmp[code])] != self.bmp[code] {
                self.bmp[code] = self.bmp[usize::from(self.bmp[code])];
            }
        }
        for i in 0..self.beyond.len() {
            let to = self.beyond[i].1;
            if let Ok(to) = u16::try_from(to as u32) {
                self.beyond[i].1 = char::from_u32(u32::from(self.bmp[usize::from(to)])).unwrap_or('\u{FFFD}');
            }
        }
    }

    fn add(&mut self, from: &str, to: &str) {
        if let (Some(from), Some(to)) = (single(from), single(to)) {
            self.set(from, to);
        }
    }

    /// A target beyond the BMP cannot stand in the table and is very rare: such a character keeps its form on both sides, posts and lexicon.
    fn set(&mut self, from: char, to: char) {
        match (u16::try_from(from as u32), u16::try_from(to as u32)) {
            (Ok(from), Ok(to)) => self.bmp[usize::from(from)] = to,
            (Err(_), _) => self.beyond.push((from, to)),
            (Ok(_), Err(_)) => {}
        }
    }
}

/// The only character of a text, if it has just one.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(c),
        _ => None,
    }
}

/// Width, case, accents and invisible characters.
fn simple_fold(c: char) -> u16 {
    let folded = match c {
        // Kept: line feed and tab become the two separators that later layers know.
        '\n' => '\n',
        '\t' | '\r' => ' ',
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' => return DROPPED,
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => {
            return DROPPED;
        }
        '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{300}'..='\u{36F}'
        | '\u{20D0}'..='\u{20FF}' => {
            return DROPPED;
        }
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2032}' | '`' | '´' => '\'',
        '\u{2010}'..='\u{2012}' => '-',
        // Letters, digits and the signs that make handles, tags and names; Chinese punctuation stays, so that most posts keep their offsets.
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＃' | '＠' | '＆' | '＋' | '％' | '－' | '＿' | '＇' | '．' =>
        {
            return lower(from_code(c as u32 - 0xFEE0));
        }
        '①'..='⑨' => from_code(u32::from('1') + (c as u32 - '①' as u32)),
        'Ⓐ'..='Ⓩ' => from_code(u32::from('a') + (c as u32 - 'Ⓐ' as u32)),
        'ⓐ'..='ⓩ' => from_code(u32::from('a') + (c as u32 - 'ⓐ' as u32)),
        'À'..='ž' => strip_accent(c),
        _ => c,
    };
    lower(folded)
}

fn from_code(code: u32) -> char {
    char::from_u32(code).unwrap_or('\u{FFFD}')
}

/// Lower case where that is one character.
fn lower(c: char) -> u16 {
    let mut lowered = c.to_lowercase();
    let one = match (lowered.next(), lowered.next()) {
        (Some(small), None) => small,
        _ => c,
    };
    u16::try_from(one as u32).unwrap_or(c as u16)
}

/// The base letter of an accented Latin letter: `é` is typed as `e` by most.
fn strip_accent(c: char) -> char {
    const GROUPS: [(&str, char); 22] = [
        ("àáâãäåāăąÀÁÂÃÄÅĀĂĄ", 'a'),
        ("çćĉċčÇĆĈĊČ", 'c'),
        ("ďđĎĐ", 'd'),
        ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", 'e'),
        ("ĝğġģĜĞĠĢ", 'g'),
        ("ĥħĤĦ", 'h'),
        ("ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", 'i'),
        ("ĵĴ", 'j'),
        ("ķĶ", 'k'),
        ("ĺļľŀłĹĻĽĿŁ", 'l'),
        ("ñńņňÑŃŅŇ", 'n'),
        ("òóôõöøōŏőÒÓÔÕÖØŌŎŐ", 'o'),
        ("ŕŗřŔŖŘ", 'r'),
        ("śŝşšŚŜŞŠ", 's'),
        ("ţťŧŢŤŦ", 't'),
        ("ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ", 'u'),
        ("ŵŴ", 'w'),
        ("ýÿŷÝŸŶ", 'y'),
        ("źżžŹŻŽ", 'z'),
        ("×", 'x'),
        ("ŉ", 'n'),
        ("ſ", 's'),
    ];
    GROUPS.iter().find(|(letters, _)| letters.contains(c)).map_or(c, |&(_, base)| base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        text.chars().filter_map(|c| table().fold(c)).collect()
    }

    #[test]
    fn one_word_in_all_its_forms() {
        for (posted, expected) in [
            ("ＢＥＥＲ　啤酒", "beer 啤酒"),
            ("Café Ⓑⓔⓔⓡ", "cafe beer"),
            ("威士忌與麥當勞", "威士忌与麦当劳"),
            ("星\u{200B}巴克", "星巴克"),
            ("裏面、裡面、喫飯", "里面、里面、吃饭"),
            ("don’t", "don't"),
            ("𝓑𝓮𝓮𝓻", "beer"),
            ("e\u{301}", "e"),
        ] {
            assert_eq!(folded(posted), expected, "{posted:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for code in 0..=0x2_FFFF {
            let Some(c) = char::from_u32(code) else { continue };
            if let Some(once) = table().fold(c) {
                assert_eq!(table().fold(once), Some(once), "{c:?} → {once:?}");
            }
        }
    }
}
