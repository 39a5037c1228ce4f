//! How much there is to read: an estimate for those who wait, never for counting.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::inputs::{Input, Inputs};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const ZIP: [u8; 2] = *b"PK";
/// The longest head of a Zstandard frame.
const FRAME_HEAD: u64 = 18;

impl Inputs {
    /// Bytes that reading will give, decoded; `None` where that cannot be told without reading: standard input, a pipe, a workbook, a
    /// stream that does not say.
    pub fn extent(&self) -> Option<u64> {
        self.as_slice().iter().map(extent).sum()
    }
}

fn extent(input: &Input) -> Option<u64> {
    match input {
        Input::File(path) => file_extent(path),
        Input::Stdin | Input::Stream(..) => None,
        Input::Bytes(_, bytes) => u64::try_from(bytes.len()).ok(),
        Input::Part(part) => part.size(),
    }
}

fn file_extent(path: &Path) -> Option<u64> {
    // Opening a pipe would wait for its writer.
    let size = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?.len();
    let mut file = File::open(path).ok()?;
    let mut head = Vec::new();
    file.by_ref().take(FRAME_HEAD).read_to_end(&mut head).ok()?;
    if head.starts_with(&GZIP) {
        return gzip_extent(&mut file, size);
    }
    if head.starts_with(&ZSTD) {
        return zstd::zstd_safe::get_frame_content_size(&head).ok().flatten();
    }
    (!head.starts_with(&ZIP)).then_some(size)
}

/// A gzip member ends with its decoded size, modulo 4 GiB: of use where the file is one member and smaller than that.
fn gzip_extent(file: &mut File, packed: u64) -> Option<u64> {
    let mut last = [0; 4];
    file.seek(SeekFrom::End(-4)).ok()?;
    file.read_exact(&mut last).ok()?;
    // Text does not grow when it is packed: a smaller size is that of a last member, or has wrapped.
    Some(u64::from(u32::from_le_bytes(last))).filter(|&decoded| decoded >= packed)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn told(name: &str, bytes: &[u8]) -> Option<u64> {
        let path = std::env::temp_dir().join(format!("rival-extent-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("written");
        let told = Inputs::resolve(&[path.display().to_string()]).expect("an input").extent();
        std::fs::remove_file(&path).expect("removed");
        told
    }

    #[test]
    fn files_tell_their_decoded_size() {
        let text = "今晚喝啤酒\n".repeat(500);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).expect("packed");
        let gzip = gzip.finish().expect("packed");
        let mut zstd = zstd::stream::Encoder::new(Vec::new(), 1).expect("an encoder");
        zstd.set_pledged_src_size(Some(text.len() as u64)).expect("a size");
        zstd.write_all(text.as_bytes()).expect("packed");
        let zstd = zstd.finish().expect("packed");
        let size = Some(text.len() as u64);
        assert_eq!(told("plain", text.as_bytes()), size);
        assert_eq!(told("gzip", &gzip), size);
        assert_eq!(told("zstd", &zstd), size);
    }

    #[test]
    fn what_does_not_say_is_not_guessed() {
        let stream = zstd::stream::encode_all("啤酒".repeat(200).as_bytes(), 1).expect("packed");
        let said = zstd::zstd_safe::get_frame_content_size(&stream).ok().flatten();
        assert_eq!(told("stream", &stream), said);
        assert_eq!(told("zip", b"PK\x03\x04 and so on"), None);
        assert_eq!(told("cut", &[0x1f, 0x8b]), None);
        assert_eq!(Inputs::resolve(&[]).expect("standard input").extent(), None);
        assert_eq!(Inputs::from_bytes("posts", &b"12345"[..]).extent(), Some(5));
    }
}
