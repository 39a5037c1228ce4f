//! Rows that were not used, and why: data, never an error.

use super::post::Origin;

/// Declares the stable reason codes with their name and their explanation.
macro_rules! reasons {
    ($($variant:ident = $code:literal, $name:literal, $explain:literal;)*) => {
        /// A stable reason code: `R…` rejected, `S6…` set aside, `W7…` repaired or remarked on.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // each variant is documented by its own explanation below
        pub enum Reason { $($variant,)* }

        impl Reason {
            /// All reasons, by code.
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            /// The stable code, such as `R201`.
            pub fn code(self) -> &'static str {
                match self { $(Reason::$variant => $code,)* }
            }

            /// The short name, such as `unterminated-quote`.
            pub fn name(self) -> &'static str {
                match self { $(Reason::$variant => $name,)* }
            }

            /// What happened and what to do, in one or two sentences.
            pub fn explain(self) -> &'static str {
                match self { $(Reason::$variant => $explain,)* }
            }
        }
    };
}

impl Reason {
    /// Whether rows are left out on purpose (`S6…`), not rejected.
    pub fn is_set_aside(self) -> bool {
        self.code().starts_with('S')
    }
}

reasons! {
    NoMark = "R101", "utf16-without-mark", "The file seems to be UTF-16 without a byte order mark, so none of it was read. Say --encoding utf-16le or utf-16be.";
    EncodingUnknown = "R102", "encoding-unknown", "The file is not UTF-8, and its bytes do not tell for certain what it is, so none of it was read. Say --encoding gb18030, big5 or windows-1252.";
    InvalidUtf8 = "R103", "invalid-utf8", "The row holds bytes that are no characters in the encoding of the file; where the first of them stands is given. If many rows do, say --encoding gb18030, big5 or windows-1252.";
    Binary = "R104", "binary", "The file is no text but a picture, a database or the like. Export its posts as CSV, JSON Lines or XLSX.";
    UnterminatedQuote = "R201", "unterminated-quote", "A quoted CSV field has no closing quote. Only this row is lost: reading went on at the next line.";
    StrayQuote = "R202", "stray-quote", "A quote stands where CSV allows none. Only this row is lost; double the quote inside a quoted field.";
    TooFewColumns = "R203", "too-few-columns", "The row has fewer columns than the header.";
    TooManyColumns = "R204", "too-many-columns", "The row has more columns than the header; usually a separator in the text without quotes around it.";
    RecordTooLarge = "R205", "record-too-large", "The row is longer than 1 MiB or 1,000 lines; usually a quote that was never closed.";
    ColumnLimit = "R206", "column-limit", "The file has more than 10,000 columns; it is not a table of posts.";
    SwallowedRows = "R207", "swallowed-rows", "A quoted field contains what looks like whole rows: the outer row is rejected, the inner rows are read.";
    ColumnsUnknown = "R208", "columns-unknown", "The columns of the file could not be told apart, so none of it was read. Name them with --columns.";
    TrailingText = "R301", "trailing-text", "Something follows the JSON object on its line.";
    TooDeep = "R302", "depth", "The JSON value is nested too deeply.";
    DuplicateKey = "R303", "duplicate-key", "The JSON object has a key twice, so its value is not certain.";
    WrongType = "R304", "wrong-type", "A field has a type that cannot be used, such as a number where the text should be.";
    Truncated = "R305", "truncated", "The JSON value ends in the middle; usually the export was cut off.";
    BadJson = "R306", "bad-json", "The line is not valid JSON.";
    CutContainer = "R401", "truncated-container", "The compressed file ends in the middle. None of its rows count; fetch it again.";
    DamagedContainer = "R402", "damaged-container", "The compressed file is damaged: its checksum or its data do not fit. None of its rows count.";
    Bomb = "R403", "decompression-bomb", "The file grows more than 200-fold when it is decompressed. It was not read further.";
    NestedContainer = "R404", "nested-container", "A compressed file inside a compressed file. Decompress it once before.";
    UnreadContainer = "R405", "unread-container", "A kind of container that rival does not read: a tar archive, a file with a password, a part with an unsafe name. Unpack it, or export it as CSV, JSON Lines or XLSX.";
    ReadError = "R406", "read-error", "The file could not be opened or read to its end. None of its rows count.";
    Internal = "R901", "internal", "A bug in rival met this row. The row was left out; please report it.";
    DuplicateId = "S601", "duplicate-id", "The same post again: same platform, author and id, same text. Counted once.";
    EditedPost = "S602", "edited-post", "Another version of a post that is kept in its latest version.";
    NearDuplicate = "S603", "near-duplicate", "The same or nearly the same text as another post. Counted once.";
    NoText = "S604", "no-text", "The row has no text of its own: empty, only an address, only stickers, or a bare forward.";
    RepeatedHeader = "S605", "repeated-header", "The header again in the middle of the file, as joined exports have it.";
    OtherLanguage = "S606", "other-language", "The post is in a language that rival does not read.";
    Filtered = "S607", "filtered", "The post was left out by --since, --until, --platform, --lang or --region.";
    EmptyFile = "W701", "empty-file", "The file has no rows.";
    SurrogatesJoined = "W702", "surrogates-joined", "Characters that were encoded in two halves, as some databases do, were joined (--repair).";
    NulRemoved = "W703", "nul-removed", "NUL characters were removed from the text.";
    Mojibake = "W704", "mojibake-suspected", "The text looks like UTF-8 that was read in another encoding and saved again (å’–å•¡): nothing can be found in it. Export it again.";
    LossyId = "W705", "lossy-id", "The id was rounded by a spreadsheet (1.23E+17), so that it no longer tells posts apart; it was left out.";
    LoneSurrogate = "W706", "lone-surrogate", "Half an emoji, as JavaScript leaves it when it cuts a text, was replaced.";
    TrailingJunk = "W707", "trailing-junk", "Something follows the end of the compressed data; it was ignored.";
    BadTime = "W708", "bad-time", "The time could not be read without guessing; the post is used without it.";
    BadCount = "W709", "bad-count", "A count of likes, answers, shares or saves could not be read without guessing; the post is used without it.";
    SurplusJoined = "W712", "surplus-joined", "The row has more columns than the header; what follows the last column, which is the text, was taken as a part of it (--repair).";
    PartialFile = "W713", "partial-file", "The compressed file ends in the middle; the rows up to there are used all the same (--keep-partial).";
    SheetPassedOver = "W714", "sheet-passed-over", "A sheet of a workbook holds no posts, as covers and legends do; another sheet of it was read.";
    TextCut = "W710", "text-cut", "The text is longer than 64 KiB; the rest was cut at the end of a clause.";
    FileChanged = "W711", "file-changed", "The file was written to, cut or removed while it was read: what was read of it may be parts of two versions. Run again.";
}

/// A row that could not be used, or was left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Where it stood.
    pub origin: Origin,
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
    /// Byte of the decoded file at which the row begins, from 0.
    pub byte: u64,
    /// Why.
    pub reason: Reason,
    /// Counts, keys or positions that help to find the fault; never text of the post.
    pub detail: String,
}
