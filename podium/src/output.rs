//! Standard output and error.

use std::io::{ErrorKind, Write, stderr, stdout};

use anyhow::anyhow;

/// Prints a text. A closed pipe, as by `head`, is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(anyhow!("cannot write to standard output: {error}")),
        _ => Ok(()),
    }
}

/// Prints a message for people on standard error. If that fails, the program goes on.
pub(crate) fn tell(text: &str) {
    let _ = stderr().write_all(text.as_bytes());
}
