//! Parts of an entry that are read when somebody asks for them.
//!
//! The tables of the matcher are compiled by the build script, so that a run over posts needs no surface, rule or example of the built-in
//! lexicons; to read them all would take longer than to label a thousand posts. They stay in the bytes of the binary until a command looks
//! at one. What is read from files is there from the start.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value, or the bytes of the binary that hold it in the form of postcard.
#[derive(Debug, Clone, Default)]
pub struct Stored<T> {
    bytes: &'static [u8],
    read: OnceLock<T>,
}

impl<T: DeserializeOwned + Default> Stored<T> {
    fn read(&self) -> &T {
        // The build script wrote the bytes; a test reads every one of them.
        self.read.get_or_init(|| postcard::from_bytes(self.bytes).unwrap_or_default())
    }

    /// Changes the value.
    pub fn change(&mut self, change: impl FnOnce(&mut T)) {
        self.read();
        let mut value = self.read.take().unwrap_or_default();
        change(&mut value);
        *self = Self::from(value);
    }
}

impl<T> From<T> for Stored<T> {
    fn from(value: T) -> Self {
        Self { bytes: &[], read: OnceLock::from(value) }
    }
}

impl<T: DeserializeOwned + Default> Deref for Stored<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.read()
    }
}

impl<'s, T> IntoIterator for &'s Stored<Vec<T>>
where
    Vec<T>: DeserializeOwned,
{
    type Item = &'s T;
    type IntoIter = std::slice::Iter<'s, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.read().iter()
    }
}

impl<T: Serialize + DeserializeOwned + Default> Serialize for Stored<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&postcard::to_allocvec(self.read()).map_err(S::Error::custom)?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Stored<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self { bytes: <&'de [u8]>::deserialize(from)?, read: OnceLock::new() })
    }
}
