//! How large tables stand in their serialized form, so that the program reads them where they stand: only pages that are asked for take memory.

use std::fmt;
use std::marker::PhantomData;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A row as it stands in memory: four bytes for each number, whatever machine reads it.
pub(super) type Cells<const CELLS: usize> = [[u8; 4]; CELLS];

/// One of its numbers.
#[inline(always)]
pub(super) fn number(cell: [u8; 4]) -> u32 {
    u32::from_le_bytes(cell)
}

/// A row of a table as numbers.
pub(super) trait Row<const CELLS: usize>: Sized {
    /// The numbers.
    fn to_cells(&self) -> [u32; CELLS];
    /// The row of these numbers. It names each of them: what goes through an array by iterators is slow where that is not inlined.
    fn of_cells(cells: &Cells<CELLS>) -> Self;
}

impl Row<1> for u32 {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [*self]
    }

    #[inline]
    fn of_cells(&[cell]: &Cells<1>) -> Self {
        number(cell)
    }
}

impl Row<1> for u16 {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [u32::from(*self)]
    }

    #[inline]
    fn of_cells(&[cell]: &Cells<1>) -> Self {
        number(cell) as u16
    }
}

impl Row<2> for (u32, u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 2] {
        [self.0, self.1]
    }

    #[inline]
    fn of_cells(&[from, to]: &Cells<2>) -> Self {
        let (from, to) = (number(from), number(to));
        (from, to)
    }
}

impl Row<3> for ((u32, u32), u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 3] {
        [self.0.0, self.0.1, self.1]
    }

    #[inline]
    fn of_cells(&[a, b, value]: &Cells<3>) -> Self {
        let (a, b, value) = (number(a), number(b), number(value));
        ((a, b), value)
    }
}

impl Row<5> for (u128, u32) {
    #[inline]
    fn to_cells(&self) -> [u32; 5] {
        let [a, b, c, d] = quarters(self.0);
        [a, b, c, d, self.1]
    }

    #[inline]
    fn of_cells(&[a, b, c, d, value]: &Cells<5>) -> Self {
        let (a, b, c, d, value) = (number(a), number(b), number(c), number(d), number(value));
        (whole([a, b, c, d]), value)
    }
}

/// A large number as four, the lowest first.
#[inline]
pub(super) fn quarters(number: u128) -> [u32; 4] {
    [number as u32, (number >> 32) as u32, (number >> 64) as u32, (number >> 96) as u32]
}

/// The number of its quarters.
#[inline]
pub(super) fn whole([a, b, c, d]: [u32; 4]) -> u128 {
    u128::from(a) | u128::from(b) << 32 | u128::from(c) << 64 | u128::from(d) << 96
}

fn write<T: Row<CELLS>, const CELLS: usize>(row: &T) -> Cells<CELLS> {
    row.to_cells().map(u32::to_le_bytes)
}

/// A table whose rows are made when they are asked for. Those of the built-in lexicons stay in the bytes of the program.
pub(super) struct Rows<T, const CELLS: usize> {
    /// In the bytes of the program.
    built_in: &'static [Cells<CELLS>],
    /// Made at run time; then nothing is built in.
    own: Vec<Cells<CELLS>>,
    rows: PhantomData<fn() -> T>,
}

/// Some rows of a table that stand side by side.
pub(super) struct Part<'t, T, const CELLS: usize> {
    cells: &'t [Cells<CELLS>],
    rows: PhantomData<fn() -> T>,
}

impl<T, const CELLS: usize> Clone for Part<'_, T, CELLS> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, const CELLS: usize> Copy for Part<'_, T, CELLS> {}

impl<'t, T: Row<CELLS>, const CELLS: usize> Part<'t, T, CELLS> {
    /// How many they are.
    #[inline]
    pub(super) fn len(self) -> usize {
        self.cells.len()
    }

    /// One after the other.
    #[inline]
    pub(super) fn iter(self) -> impl Iterator<Item = T> + Clone + use<'t, T, CELLS> {
        self.cells.iter().map(T::of_cells)
    }

    /// How many come before the first that is not so, where all that are so come first.
    #[inline]
    pub(super) fn partition_point(self, is_so: impl Fn(T) -> bool) -> usize {
        self.cells.partition_point(|cells| is_so(T::of_cells(cells)))
    }

    /// All from a place on.
    #[inline]
    pub(super) fn from(self, at: usize) -> Self {
        Self { cells: &self.cells[at..], ..self }
    }
}

impl<T: Row<CELLS>, const CELLS: usize> Rows<T, CELLS> {
    /// How many there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.cells().len()
    }

    /// One of them.
    #[inline]
    pub(super) fn row(&self, at: usize) -> T {
        T::of_cells(&self.cells()[at])
    }

    /// Those of a range.
    #[inline]
    pub(super) fn part(&self, (from, to): (u32, u32)) -> Part<'_, T, CELLS> {
        Part { cells: &self.cells()[from as usize..to as usize], rows: PhantomData }
    }

    /// All of them.
    pub(super) fn all(&self) -> Part<'_, T, CELLS> {
        Part { cells: self.cells(), rows: PhantomData }
    }

    /// Adds one.
    pub(super) fn push(&mut self, row: &T) {
        self.own_mut().push(write(row));
    }

    /// Changes one.
    pub(super) fn change(&mut self, at: usize, change: impl FnOnce(&mut T)) {
        let mut row = self.row(at);
        change(&mut row);
        self.own_mut()[at] = write(&row);
    }

    /// Changes every one.
    pub(super) fn change_all(&mut self, change: impl Fn(&mut T)) {
        for cells in self.own_mut() {
            let mut row = T::of_cells(cells);
            change(&mut row);
            *cells = write(&row);
        }
    }
}

impl<T, const CELLS: usize> Rows<T, CELLS> {
    #[inline]
    fn cells(&self) -> &[Cells<CELLS>] {
        if self.own.is_empty() { self.built_in } else { &self.own }
    }

    fn own_mut(&mut self) -> &mut Vec<Cells<CELLS>> {
        self.own.extend_from_slice(std::mem::take(&mut self.built_in));
        &mut self.own
    }
}

impl<T, const CELLS: usize> Default for Rows<T, CELLS> {
    fn default() -> Self {
        Self { built_in: &[], own: Vec::new(), rows: PhantomData }
    }
}

impl<T: Row<CELLS>, const CELLS: usize> FromIterator<T> for Rows<T, CELLS> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Self { built_in: &[], own: rows.into_iter().map(|row| write(&row)).collect(), rows: PhantomData }
    }
}

impl<T: Row<CELLS>, const CELLS: usize> Extend<T> for Rows<T, CELLS> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, rows: I) {
        self.own_mut().extend(rows.into_iter().map(|row| write(&row)));
    }
}

impl<T, const CELLS: usize> fmt::Debug for Rows<T, CELLS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows", self.cells().len())
    }
}

impl<T, const CELLS: usize> Serialize for Rows<T, CELLS> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(self.cells().as_flattened().as_flattened())
    }
}

impl<'de: 'static, T, const CELLS: usize> Deserialize<'de> for Rows<T, CELLS> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let bytes = <&'de [u8]>::deserialize(from)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        let (cells, more) = numbers.as_chunks::<CELLS>();
        if !rest.is_empty() || !more.is_empty() {
            return Err(D::Error::invalid_length(bytes.len(), &"whole rows"));
        }
        Ok(Self { built_in: cells, own: Vec::new(), rows: PhantomData })
    }
}

/// Lists of rows, by number.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = "'de: 'static"))]
pub(super) struct Lists<T, const CELLS: usize> {
    /// Where each begins, and the end of the last.
    starts: Rows<u32, 1>,
    rows: Rows<T, CELLS>,
}

impl<T: Row<CELLS>, const CELLS: usize> Default for Lists<T, CELLS> {
    fn default() -> Self {
        Self { starts: std::iter::once(0).collect(), rows: Rows::default() }
    }
}

impl<T: Row<CELLS>, const CELLS: usize> Lists<T, CELLS> {
    /// How many there are.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// One of them.
    #[inline]
    pub(super) fn list(&self, at: usize) -> Part<'_, T, CELLS> {
        self.rows.part((self.starts.row(at), self.starts.row(at + 1)))
    }

    /// Adds one, and tells its number.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) -> u32 {
        self.rows.extend(list);
        self.starts.push(&(self.rows.len() as u32));
        self.len() as u32 - 1
    }
}

impl<T: Row<CELLS>, const CELLS: usize> FromIterator<Vec<T>> for Lists<T, CELLS> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(lists: I) -> Self {
        let mut out = Self::default();
        for list in lists {
            out.push(list);
        }
        out
    }
}

/// Rows that are asked for at every character, and so are copied: the fewer bytes they take, the more of them stay in the fast caches.
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
        Ok(rows.iter().map(T::of_cells).collect())
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
