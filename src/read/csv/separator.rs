//! What stands between the columns of a table.

/// One to three bytes between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separator {
    bytes: [u8; 3],
    len: u8,
}

impl Separator {
    /// A separator of one byte.
    pub(in crate::read) const fn byte(byte: u8) -> Self {
        Self { bytes: [byte, 0, 0], len: 1 }
    }

    /// A separator of one to three bytes.
    pub(in crate::read) fn of(bytes: &[u8]) -> Option<Self> {
        let mut own = [0; 3];
        own.get_mut(..bytes.len()).filter(|own| !own.is_empty())?.copy_from_slice(bytes);
        Some(Self { bytes: own, len: bytes.len() as u8 })
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len()]
    }

    pub(super) fn len(self) -> usize {
        usize::from(self.len)
    }

    pub(super) fn first(self) -> u8 {
        self.bytes[0]
    }

    /// Whether it stands at the start of some bytes.
    pub(super) fn starts(self, bytes: &[u8]) -> bool {
        bytes.first() == Some(&self.bytes[0]) && (self.len == 1 || bytes.starts_with(self.as_bytes()))
    }

    /// Whether the bytes end in the middle of it.
    pub(super) fn may_start(self, bytes: &[u8]) -> bool {
        bytes.len() < self.len() && self.as_bytes().starts_with(bytes)
    }

    /// Where it stands first.
    pub(super) fn find(self, bytes: &[u8]) -> Option<usize> {
        if self.len == 1 { memchr::memchr(self.bytes[0], bytes) } else { memchr::memmem::find(bytes, self.as_bytes()) }
    }

    /// How it is shown: `,`, `tab`, `0x01`.
    pub fn shown(&self) -> String {
        match std::str::from_utf8(self.as_bytes()) {
            Ok("\t") => "tab".to_string(),
            Ok(text) if !text.chars().any(char::is_control) => text.to_string(),
            _ => self.as_bytes().iter().map(|byte| format!("0x{byte:02x}")).collect(),
        }
    }
}
