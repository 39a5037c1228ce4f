//! A stream that a caller opens when its turn comes.

use std::fmt;
use std::io;
use std::sync::Arc;

/// Opens a stream.
#[derive(Clone)]
pub struct Opener(Arc<dyn Fn() -> io::Result<Box<dyn io::Read + Send>> + Send + Sync>);

impl Opener {
    /// An opener of its own: equal to its clones, and to no other.
    pub fn new(open: impl Fn() -> io::Result<Box<dyn io::Read + Send>> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        (self.0)()
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener")
    }
}

impl PartialEq for Opener {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Opener {}
