//! A post: a row that passed reading.

/// A keyed hash of an author's handle on a platform; the handle itself never leaves the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuthorKey(pub u64);

/// Where a row stands in the input: for display only, never for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Index of the file in the run's list of inputs.
    pub file: u32,
    /// Row of that file, from 1, the header not counted.
    pub row: u64,
}

/// When a post was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// RFC 3339, with an offset where the export gave one; a date alone stays a date (`2024-05-01`).
    pub text: String,
    /// Months since January of year 0: `year * 12 + month - 1`.
    pub month: i32,
}

/// How a post was received, as far as the export tells. It is shown with the post: people are counted by what they write.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reception {
    /// How many liked it.
    pub likes: Option<u32>,
    /// How many answered it.
    pub replies: Option<u32>,
    /// How many passed it on.
    pub shares: Option<u32>,
    /// How many put it aside for later.
    pub saves: Option<u32>,
}

impl Reception {
    /// The counts that are known, by name.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, u32)> {
        let all = [("likes", self.likes), ("replies", self.replies), ("shares", self.shares), ("saves", self.saves)];
        all.into_iter().filter_map(|(name, count)| Some((name, count?)))
    }
}

/// A row that passed reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where it stood.
    pub origin: Origin,
    /// The post's own id, as text.
    pub id: Option<String>,
    /// Title and text, joined by a line feed when both are there; tags of a column of their own follow on a last line.
    pub text: String,
    /// Bytes at the start of `text` that are the title; 0 without one.
    pub title_len: usize,
    /// Who wrote it.
    pub author: Option<AuthorKey>,
    /// When.
    pub time: Option<Time>,
    /// Where: the export's own word or the host of its URL, lower case (`weibo`, `xhs`, `reddit`).
    pub platform: Option<String>,
    /// The region the post came from, as exported.
    pub region: Option<String>,
    /// The thread it belongs to (note, topic, conversation), as exported.
    pub thread: Option<String>,
    /// True for an answer inside a thread.
    pub is_comment: bool,
    /// The keyword by which the export fetched it.
    pub keyword: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// How it was received.
    pub reception: Reception,
}
