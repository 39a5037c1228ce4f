//! How large tables stand in their serialized form, so that the program reads them at the speed of copying.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A row of a table as numbers.
pub(super) trait Row<const CELLS: usize>: Sized {
    /// The numbers.
    fn to_cells(&self) -> [u32; CELLS];
    /// The row of these numbers.
    fn of_cells(cells: [u32; CELLS]) -> Self;
}

impl Row<1> for u32 {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [*self]
    }

    #[inline]
    fn of_cells([number]: [u32; 1]) -> Self {
        number
    }
}

impl Row<1> for u16 {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [u32::from(*self)]
    }

    #[inline]
    fn of_cells([number]: [u32; 1]) -> Self {
        number as u16
    }
}

impl Row<2> for (u32, u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 2] {
        [self.0, self.1]
    }

    #[inline]
    fn of_cells([from, to]: [u32; 2]) -> Self {
        (from, to)
    }
}

impl Row<3> for ((u32, u32), u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 3] {
        [self.0.0, self.0.1, self.1]
    }

    #[inline]
    fn of_cells([a, b, value]: [u32; 3]) -> Self {
        ((a, b), value)
    }
}

impl Row<5> for (u128, u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 5] {
        let part = |at: u32| (self.0 >> (32 * at)) as u32;
        [part(0), part(1), part(2), part(3), self.1]
    }

    #[inline]
    fn of_cells([a, b, c, d, value]: [u32; 5]) -> Self {
        let key = [a, b, c, d].iter().rev().fold(0, |key, &part| key << 32 | u128::from(part));
        (key, value)
    }
}

/// A number of two cells.
#[inline]
pub(super) fn wide(low: u32, high: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Rows as bytes, four for each number.
pub(super) mod rows {
    use super::{Deserialize, Deserializer, Error, Row, Serializer};

    pub(crate) fn serialize<S: Serializer, T: Row<N>, const N: usize>(rows: &[T], to: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = rows.iter().flat_map(Row::to_cells).flat_map(u32::to_le_bytes).collect();
        to.serialize_bytes(&bytes)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Row<N>, const N: usize>(
        from: D,
    ) -> Result<Vec<T>, D::Error> {
        let bytes = <&[u8]>::deserialize(from)?;
        let (cells, rest) = bytes.as_chunks::<4>();
        let (rows, more) = cells.as_chunks::<N>();
        if !rest.is_empty() || !more.is_empty() {
            return Err(D::Error::invalid_length(bytes.len(), &"whole rows"));
        }
        let row = |row: &[[u8; 4]; N]| T::of_cells(std::array::from_fn(|at| u32::from_le_bytes(row[at])));
        Ok(rows.iter().map(row).collect())
    }
}

/// Lists of rows: their lengths, then all rows.
pub(super) mod lists {
    use super::{Deserialize, Deserializer, Error, Row, Serialize, Serializer, rows};

    #[derive(Serialize, Deserialize)]
    #[serde(bound(serialize = "T: Row<N>", deserialize = "T: Row<N>"))]
    struct Lists<T, const N: usize> {
        #[serde(with = "rows")]
        lengths: Vec<u32>,
        #[serde(with = "rows")]
        rows: Vec<T>,
    }

    pub(crate) fn serialize<S: Serializer, T: Row<N> + Copy, const N: usize>(
        lists: &[Vec<T>],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        Lists { lengths: lists.iter().map(|list| list.len() as u32).collect(), rows: lists.concat() }.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Row<N> + Copy, const N: usize>(
        from: D,
    ) -> Result<Vec<Vec<T>>, D::Error> {
        let Lists { lengths, rows } = Lists::deserialize(from)?;
        let mut rest = rows.as_slice();
        let mut list = |length: u32| {
            let (list, others) = rest.split_at_checked(length as usize)?;
            rest = others;
            Some(list.to_vec())
        };
        let lists: Option<Vec<Vec<T>>> = lengths.into_iter().map(&mut list).collect();
        lists.filter(|_| rest.is_empty()).ok_or_else(|| D::Error::custom("lists of other lengths than they have"))
    }
}

/// Arrays of fixed length; serde itself stops at 32.
pub(super) mod array {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer, T: Serialize, const N: usize>(
        array: &[T; N],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        array.as_slice().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: Deserialize<'de>, const N: usize>(
        from: D,
    ) -> Result<Box<[T; N]>, D::Error> {
        let list = Vec::deserialize(from)?;
        let length = list.len();
        list.into_boxed_slice().try_into().map_err(|_| D::Error::invalid_length(length, &"an array of another length"))
    }
}
