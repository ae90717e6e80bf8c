//! The progress of an import: at a terminal, a bar with its rate and remaining time; elsewhere, a log line now and then.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use podium_seed::Progress;

/// How often a line is written where there is no terminal.
const PAUSE: Duration = Duration::from_secs(5);

/// A progress bar, or log lines.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    lines: Option<Mutex<Instant>>,
}

/// A bar on standard error, or lines of the log where that is no terminal.
pub(crate) fn bar() -> Bar {
    let lines = (!std::io::stderr().is_terminal()).then(|| Mutex::new(Instant::now()));
    Bar { bar: if lines.is_some() { ProgressBar::hidden() } else { ProgressBar::no_length() }, lines }
}

impl Bar {
    /// Shows a step.
    pub(crate) fn show(&self, step: Progress) {
        let (what, unit, done, of) = match step {
            Progress::Surveyed { done, of } => ("looking through the file", "bytes", done, of),
            Progress::Written { done, of } => ("writing", "rows", done, of),
            Progress::Indexed { done, of } => ("making indexes", "indexes", done, of),
        };
        if let Some(last) = &self.lines {
            if let Ok(mut last) = last.lock()
                && last.elapsed() > PAUSE
            {
                *last = Instant::now();
                tracing::info!("{what}: {done} of {of} {unit}");
            }
            return;
        }
        if self.bar.message() != what {
            self.bar.reset();
            self.bar.set_message(what);
            let template = format!("{{msg}} {{wide_bar}} {{human_pos}} of {{human_len}} {unit}, {{rate}} a second, {{eta}} left");
            if let Ok(style) = ProgressStyle::with_template(&template) {
                let rate = |state: &ProgressState, text: &mut dyn std::fmt::Write| {
                    // A rate that cannot be shown is no reason to stop.
                    let _ = write!(text, "{:.0}", state.per_sec());
                };
                self.bar.set_style(style.with_key("rate", rate));
            }
        }
        self.bar.set_length(of);
        self.bar.set_position(done);
    }

    /// Removes the bar.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
