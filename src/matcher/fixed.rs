//! Arrays of fixed length in serialized tables; serde itself stops at 32.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes an array as the list of its values.
pub(super) fn serialize<S: Serializer, T: Serialize, const N: usize>(
    array: &[T; N],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    array.as_slice().serialize(serializer)
}

/// Reads an array from a list of as many values.
pub(super) fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>, const N: usize>(
    deserializer: D,
) -> Result<Box<[T; N]>, D::Error> {
    let list = Vec::deserialize(deserializer)?;
    let length = list.len();
    list.into_boxed_slice().try_into().map_err(|_| D::Error::invalid_length(length, &"an array of another length"))
}
