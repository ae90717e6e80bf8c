//! The content codings in which texts are sent compressed.

use std::io::{Cursor, Write};

use axum::body::Bytes;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// A text below this many bytes is not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// A content coding. The first is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    Brotli,
    Zstd,
    Gzip,
}

impl Coding {
    pub(crate) const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// Its name in the headers of HTTP.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// Compresses a text, as fast as makes sense for one that is sent at once; none when it is too short for that.
    pub(crate) fn compress(self, text: &[u8]) -> Option<Bytes> {
        if text.len() < WORTH_COMPRESSING {
            return None;
        }
        let written = Vec::with_capacity(text.len() / 4);
        let compressed = match self {
            Self::Brotli => brotli(text, written),
            Self::Zstd => zstd::encode_all(text, zstd::DEFAULT_COMPRESSION_LEVEL),
            Self::Gzip => {
                let mut encoder = GzEncoder::new(written, Compression::new(4));
                encoder.write_all(text).and_then(|()| encoder.finish())
            }
        };
        // Without the room that is left at the end.
        compressed.ok().map(|bytes| bytes.into_boxed_slice().into())
    }
}

fn brotli(text: &[u8], mut written: Vec<u8>) -> std::io::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality: 4, size_hint: text.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut Cursor::new(text), &mut written, &params)?;
    Ok(written)
}
