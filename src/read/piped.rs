//! Archives and workbooks on standard input: their directory stands at their end, so that they are kept whole.

use std::io::{self, BufRead, Read};

use super::container::is_archive;
use super::inputs::{Input, Inputs};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

impl Inputs {
    /// The same inputs, with an archive or a workbook on standard input taken into memory and looked into.
    ///
    /// Waits for the first bytes of standard input where it is one of the inputs; what is no archive is read later, as it comes.
    ///
    /// # Errors
    /// `Input` for an archive beyond the limit, or one that cannot be read to its end.
    pub fn with_piped_archives(self) -> Result<Self> {
        // What cannot be read says so when it is.
        let piped = self.as_slice().contains(&Input::Stdin) && io::stdin().lock().fill_buf().is_ok_and(is_archive);
        if !piped {
            return Ok(self);
        }
        let whole = whole(&mut io::stdin().lock(), limits::PIPED_ARCHIVE)?;
        let label = Input::Stdin.label();
        let taken = |input: &Input| match input {
            Input::Stdin => Input::Bytes(label.clone(), whole.clone().into()),
            other => other.clone(),
        };
        Ok(self.as_slice().iter().map(taken).collect())
    }
}

/// All bytes of a stream.
fn whole(stream: &mut impl Read, most: u64) -> Result<Vec<u8>> {
    let fault = |message: String| Error::new(ErrorKind::Input, message).in_file(Input::Stdin.label());
    let mut bytes = Vec::new();
    stream.take(most + 1).read_to_end(&mut bytes).map_err(|error| fault(error.to_string()))?;
    if bytes.len() as u64 > most {
        let message = format!("an archive or a workbook of more than {} MiB on standard input", most >> 20);
        return Err(fault(message).help("write it to a file and give its path"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_taken_up_to_its_limit() {
        assert_eq!(whole(&mut &b"PK"[..], 2).expect("two bytes"), b"PK");
        let error = whole(&mut &b"PK\x03"[..], 2).expect_err("one too many");
        assert!(error.to_string().starts_with("<stdin>: an archive"), "{error}");
    }
}
