//! What a file is, by its first bytes.

use std::fs::File;
use std::io::{self, Read, Seek};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, by its first bytes.
    Text,
    Gzip,
    Zip,
    /// A file that Podium does not read, with what to do about it.
    Other(&'static str),
}

/// The first bytes of the files that people have in place of a CSV file.
const KINDS: [(&[u8], Kind); 14] = [
    (b"\x1f\x8b", Kind::Gzip),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Other("the archive is empty")),
    (b"7z\xbc\xaf\x27\x1c", Kind::Other("it is a 7z archive; unpack it first")),
    (b"Rar!", Kind::Other("it is a RAR archive; unpack it first")),
    (b"BZh", Kind::Other("it is compressed with bzip2; unpack it first")),
    (b"\xfd7zXZ", Kind::Other("it is compressed with xz; unpack it first")),
    (b"\x28\xb5\x2f\xfd", Kind::Other("it is compressed with zstd; unpack it first")),
    (b"\xd0\xcf\x11\xe0", Kind::Other("it is a spreadsheet; save it as CSV in UTF-8")),
    (b"PAR1", Kind::Other("it is a Parquet file; save it as CSV")),
    (b"\xff\xfe", Kind::Other("the text is UTF-16; save the file as CSV in UTF-8")),
    (b"\xfe\xff", Kind::Other("the text is UTF-16; save the file as CSV in UTF-8")),
    (b"<!", Kind::Other("it is a web page, not the file; download it again, signed in where the site asks for it")),
    (b"<html", Kind::Other("it is a web page, not the file; download it again, signed in where the site asks for it")),
];

impl Kind {
    /// Reads the first bytes of a file, and goes back to its beginning.
    pub(super) fn of(file: &mut File) -> io::Result<Self> {
        let mut start = Vec::new();
        file.by_ref().take(8).read_to_end(&mut start)?;
        file.rewind()?;
        if start.is_empty() {
            return Ok(Self::Other("it is empty"));
        }
        let known = KINDS.iter().find(|(first, _)| start.to_ascii_lowercase().starts_with(&first.to_ascii_lowercase()));
        Ok(known.map_or(Self::Text, |(_, kind)| *kind))
    }
}
