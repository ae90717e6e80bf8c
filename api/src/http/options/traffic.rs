//! How much traffic the server accepts.

use std::time::Duration;

use clap::{Args, FromArgMatches};

/// The bounds on connections and on answers at once. What exceeds them is refused with the status 503 and `Retry-After`.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Traffic")]
pub struct Traffic {
    /// The maximum number of connections. A new one beyond it replaces the longest idle one. Each takes a file
    /// handle; when there are too few of them, the maximum is lower.
    #[arg(long, env, global = true, default_value_t = 10_000, value_name = "CONNECTIONS")]
    pub max_connections: usize,
    /// How long a connection may stay idle, in milliseconds: between requests, within a header, or without reading an answer.
    #[arg(long, env, global = true, default_value_t = 30_000, value_name = "MS")]
    pub max_silent_milliseconds: u64,
    /// The maximum number of requests that execute at once. It is at most two per processor core, which is also what 0 means.
    #[arg(long, env, global = true, default_value_t = 0, value_name = "ANSWERS")]
    pub max_answers_at_once: usize,
    /// The maximum number of requests that wait to execute. When there are more, those of the client with the most are refused.
    #[arg(long, env, global = true, default_value_t = 1_024, value_name = "REQUESTS")]
    pub max_waiting: usize,
    /// How long a request may wait to execute, in milliseconds.
    #[arg(long, env, global = true, default_value_t = 500, value_name = "MS")]
    pub max_waiting_milliseconds: u64,
    /// The maximum number of open WebSockets and event streams. When there are more, the address
    /// with the most of them loses its last one to an address with fewer.
    #[arg(long, env, global = true, default_value_t = 1_000, value_name = "CLIENTS")]
    pub max_subscribers: usize,
    /// The complexity that each client may request per minute, as `about { limits { maxComplexity } }` counts it; 0 is unlimited.
    /// Cached answers cost nothing.
    #[arg(long, env, global = true, default_value_t = 0, value_name = "COMPLEXITY")]
    pub max_complexity_per_minute: u32,
}

impl Traffic {
    pub(crate) fn max_silence(&self) -> Duration {
        Duration::from_millis(self.max_silent_milliseconds)
    }

    pub(crate) fn max_wait(&self) -> Duration {
        Duration::from_millis(self.max_waiting_milliseconds)
    }

    pub(crate) fn answers_at_once(&self) -> usize {
        let most = 2 * std::thread::available_parallelism().map_or(2, |cores| cores.get().max(2));
        match self.max_answers_at_once {
            0 => most,
            number => number.min(most),
        }
    }
}

/// The bounds when no flag is given.
impl Default for Traffic {
    fn default() -> Self {
        let nothing = Self::augment_args(clap::Command::new("podium")).get_matches_from(["podium"]);
        Self::from_arg_matches(&nothing).expect("every bound has a default")
    }
}
