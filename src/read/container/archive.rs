//! Zip archives: what is in one, told from its directory before anything is unpacked.

use std::io::{Read, Seek};
use std::path::Path;

use zip::read::{ArchiveOffset, Config};
use zip::{CompressionMethod, ZipArchive};

use super::{Breakage, Source};
use crate::limits;
use crate::read::inputs::{Input, is_data};
use crate::read::reject::Reason;

/// Most members of an archive.
const MEMBERS: usize = 10_000;

/// A file inside an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Member {
    pub name: String,
    /// Byte of the archive at which its packed bytes begin, and how many they are.
    pub start: u64,
    pub packed: u64,
    /// What must come out.
    pub size: u64,
    pub crc: u32,
    pub method: Method,
}

/// How a member is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Method {
    Stored,
    Deflated,
    /// In a way that is not read.
    Other(&'static str),
}

/// What an archive is.
pub(in crate::read) enum Archive {
    /// Files.
    Files(Vec<Member>),
    /// An XLSX workbook.
    Workbook,
}

/// Looks into an archive.
pub(in crate::read) fn look(input: &Input) -> Result<Archive, Breakage> {
    let members = members(input.open_seekable().map_err(super::unread)?)?;
    let has = |name: &str| members.iter().any(|member| member.name == name);
    let starts = |prefix: &str| members.iter().any(|member| member.name.starts_with(prefix));
    let unread = |what: &str| Err((Reason::UnreadContainer, format!("it is {what}: save it as XLSX or CSV")));
    match () {
        () if has("xl/workbook.xml") => {
            for member in members.iter().filter(|member| !member.name.starts_with("xl/media/")) {
                audit(input, member)?;
            }
            Ok(Archive::Workbook)
        }
        () if has("xl/workbook.bin") => unread("an XLSB workbook"),
        () if has("mimetype") && has("content.xml") => unread("an OpenDocument file"),
        () if has("word/document.xml") => unread("a Word document"),
        () if starts("Index/") && has("Metadata/Properties.plist") => unread("a Numbers document"),
        () => {
            let members: Vec<Member> = members.into_iter().filter(|member| is_data(Path::new(&member.name))).collect();
            if members.is_empty() {
                return Err((Reason::UnreadContainer, "it is a zip archive without files of posts".to_string()));
            }
            Ok(Archive::Files(members))
        }
    }
}

fn members<R: Read + Seek>(reader: R) -> Result<Vec<Member>, Breakage> {
    let damaged = |error: zip::result::ZipError| (Reason::DamagedContainer, format!("its directory: {error}"));
    let config = Config { archive_offset: ArchiveOffset::Detect };
    let mut archive = ZipArchive::with_config(config, reader).map_err(damaged)?;
    if archive.len() > MEMBERS {
        return Err((Reason::UnreadContainer, format!("it holds {} files, {MEMBERS} are read", archive.len())));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        // A path that leads out of the archive says that somebody means harm, whatever else is in there.
        let name = match (file.enclosed_name(), file.name()) {
            (Some(_), Ok(name)) if !name.contains("..") => name.replace('\\', "/"),
            (Some(_), Err(_)) => String::from_utf8_lossy(file.name_raw()).into_owned(),
            _ => {
                let message = "it holds a file whose path leads out of the archive".to_string();
                return Err((Reason::UnreadContainer, message));
            }
        };
        if file.is_dir() {
            continue;
        }
        let method = match file.compression() {
            _ if file.encrypted() => Method::Other("with a password"),
            CompressionMethod::Stored => Method::Stored,
            CompressionMethod::Deflated => Method::Deflated,
            _ => Method::Other("by another method than deflate"),
        };
        members.push(Member {
            name,
            start: file.data_start().unwrap_or_default(),
            packed: file.compressed_size(),
            size: file.size(),
            crc: file.crc32(),
            method,
        });
    }
    Ok(members)
}

/// Unpacks a part of a workbook for nothing but its size: the parser of the workbook takes whatever comes.
fn audit(input: &Input, member: &Member) -> Result<(), Breakage> {
    let bomb = || (Reason::Bomb, format!("its part {} grows to {} MiB", member.name, member.size >> 20));
    let strings = member.name.ends_with("sharedStrings.xml");
    if strings && member.size > limits::SHARED_STRINGS {
        return Err(bomb());
    }
    if member.size > limits::BOMB_FLOOR && member.size / member.packed.max(1) > limits::BOMB_RATIO {
        return Err(bomb());
    }
    let mut source = Source::of_member(input, member)?;
    let mut buffer = vec![0; 64 * 1024];
    let mut seen = 0;
    loop {
        match source.read(&mut buffer)? {
            0 => return Ok(()),
            got => seen += got as u64,
        }
        if strings && seen > limits::SHARED_STRINGS {
            return Err(bomb());
        }
    }
}
