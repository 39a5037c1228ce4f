//! What the bytes of a file mean as characters: told by a mark, by the user, or by the bytes themselves where these
//! leave no doubt. The list of encodings is closed: a wrong guess reads like a text and says nothing.

pub(super) mod decode;
pub(super) mod detect;
pub(super) mod gbk;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Error, ErrorKind, Result};

/// An encoding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5 with the characters of Hong Kong.
    Big5,
    /// Windows-1252, which holds Latin-1.
    Windows1252,
}

impl Charset {
    /// All encodings.
    pub const ALL: &'static [Charset] =
        &[Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be, Charset::Gb18030, Charset::Big5, Charset::Windows1252];

    /// Its name in `--encoding` and in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Utf16Le => "UTF-16LE",
            Charset::Utf16Be => "UTF-16BE",
            Charset::Gb18030 => "GB18030",
            Charset::Big5 => "Big5",
            Charset::Windows1252 => "windows-1252",
        }
    }

    /// The encoding meant by a name: `gbk`, `cp936` and `GB2312` are GB18030, `latin1` is windows-1252.
    ///
    /// # Errors
    /// `Usage` for a name that is unknown, or of an encoding that is not read.
    pub fn parse(name: &str) -> Result<Self> {
        let label = name.trim().to_ascii_lowercase();
        let found = match label.as_str() {
            "utf-8-sig" | "utf8-sig" | "cp65001" => Some(UTF_8),
            "utf16" | "utf-16" | "ucs-2" => Some(UTF_16LE),
            "cp936" | "936" => Some(GB18030),
            "cp950" | "950" | "big5hkscs" => Some(BIG5),
            other => Encoding::for_label(other.as_bytes()),
        };
        let known = found.and_then(|found| {
            let gbk = found == encoding_rs::GBK;
            Self::ALL
                .iter()
                .copied()
                .find(|charset| charset.encoding() == found || (gbk && *charset == Charset::Gb18030))
        });
        known.ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|charset| charset.as_str()).collect();
            Error::new(ErrorKind::Usage, format!("--encoding {name} is not read"))
                .help(format!("one of {}; convert the file before where it is none of these", all.join(", ")))
        })
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Charset::Utf8 => UTF_8,
            Charset::Utf16Le => UTF_16LE,
            Charset::Utf16Be => UTF_16BE,
            Charset::Gb18030 => GB18030,
            Charset::Big5 => BIG5,
            Charset::Windows1252 => WINDOWS_1252,
        }
    }

    /// The byte behind the last line feed of some bytes, which begin with a whole character.
    fn line_end(self, bytes: &[u8]) -> Option<usize> {
        let wide = match self {
            Charset::Utf16Le => [b'\n', 0],
            Charset::Utf16Be => [0, b'\n'],
            _ => return memchr::memrchr(b'\n', bytes).map(|at| at + 1),
        };
        bytes.chunks_exact(2).rposition(|unit| unit == wide).map(|at| at * 2 + 2)
    }

    /// Bytes that a text took in the file.
    fn width(self, text: &str) -> u64 {
        match self {
            Charset::Utf8 => text.len() as u64,
            Charset::Utf16Le | Charset::Utf16Be => text.encode_utf16().count() as u64 * 2,
            Charset::Windows1252 => text.chars().count() as u64,
            Charset::Big5 => text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
            Charset::Gb18030 => {
                let width = |c: char| {
                    if c.is_ascii() {
                        1
                    } else if gbk::pair(c).is_some() {
                        2
                    } else {
                        4
                    }
                };
                text.chars().map(width).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_encodings() {
        for (name, charset) in [
            ("gbk", Charset::Gb18030),
            ("GB2312", Charset::Gb18030),
            ("cp936", Charset::Gb18030),
            ("big5-hkscs", Charset::Big5),
            ("utf-8-sig", Charset::Utf8),
            ("UTF-16", Charset::Utf16Le),
            ("utf-16be", Charset::Utf16Be),
            ("latin1", Charset::Windows1252),
        ] {
            assert_eq!(Charset::parse(name).ok(), Some(charset), "{name}");
        }
        for name in ["shift_jis", "euc-kr", "utf-7", ""] {
            assert!(Charset::parse(name).is_err(), "{name}");
        }
        assert!(Charset::ALL.iter().all(|charset| Charset::parse(charset.as_str()).ok() == Some(*charset)));
    }
}
