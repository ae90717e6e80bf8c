//! Snapshots of responses, beside their documents.

use std::path::Path;

use serde_json::Value;

/// The snapshots of answers, `x.snap` beside `x.graphql`.
#[derive(Debug)]
pub(crate) struct Snapshots;

impl Snapshots {
    /// Compares a response and its number of statements with the snapshot beside its document.
    pub(crate) fn hold(document: &Path, answer: &Value, statements: usize) {
        let pretty = serde_json::to_string_pretty(answer).expect("JSON");
        let name = document.file_stem().and_then(|stem| stem.to_str()).expect("a file name");
        Self::text(document.parent().expect("a folder"), name, &format!("{pretty}\n\nstatements: {statements}"));
    }

    /// Compares a text with a named snapshot in a folder.
    pub(crate) fn text(folder: &Path, name: &str, text: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.remove_snapshot_suffix();
        settings.remove_input_file();
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}
