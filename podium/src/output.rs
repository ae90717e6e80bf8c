//! Standard output and error.

use std::io::{ErrorKind, Write, stderr, stdout};

use anyhow::anyhow;

/// Prints a text. A reader that has gone away, as `head` does, is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(anyhow!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Tells a person something on standard error. When nobody can be told, the program goes on.
pub(crate) fn tell(text: &str) {
    let _ = stderr().write_all(text.as_bytes());
}
