//! The limits on a request. Each limit is a flag, an environment variable and a field of `about { limits }`.

use std::time::Duration;

use async_graphql::SimpleObject;
use clap::{Args, FromArgMatches};

/// The limits on a request. A request that exceeds one is refused with the code `LIMIT_EXCEEDED`, the name of the limit and its
/// value.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// The maximum size of a request, in bytes.
    #[arg(long, env, global = true, default_value_t = 256 * 1024, value_parser = count)]
    pub max_body_bytes: u32,
    /// The maximum time for the body of a request to arrive, in milliseconds.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_body_milliseconds: u32,
    /// The maximum size of a document, in bytes.
    #[arg(long, env, global = true, default_value_t = 32 * 1024, value_parser = count)]
    pub max_document_bytes: u32,
    /// The maximum depth of nested brackets in a document. It can be set to at most 60.
    #[arg(long, env, global = true, default_value_t = 32, value_parser = at_most::<60>)]
    pub max_brackets: u32,
    /// The maximum number of tokens in a document: names, values and punctuation.
    #[arg(long, env, global = true, default_value_t = 2000, value_parser = count)]
    pub max_tokens: u32,
    /// The maximum number of fields and fragment spreads in a document. The contents of a fragment count each time it is spread.
    #[arg(long, env, global = true, default_value_t = 2000, value_parser = count)]
    pub max_selections: u32,
    /// The maximum nesting of fields and fragments in a document. It can be set to at most 200.
    #[arg(long, env, global = true, default_value_t = 64, value_parser = at_most::<200>)]
    pub max_nesting: u32,
    /// The maximum number of aliases in a document.
    #[arg(long, env, global = true, default_value_t = 50, value_parser = count)]
    pub max_aliases: u32,
    /// The maximum number of directives in a document.
    #[arg(long, env, global = true, default_value_t = 50, value_parser = count)]
    pub max_directives: u32,
    /// The maximum number of list items and object fields in arguments. An argument counts each time it is written or spread. Every
    /// 64 bytes of a text count as one item.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_items: u32,
    /// The maximum depth of nested fields in a query. It can be set to at most 40.
    #[arg(long, env, global = true, default_value_t = 12, value_parser = at_most::<40>)]
    pub max_depth: u32,
    /// The maximum number of fields in an answer. Each list counts with the length given by `first` or `last`, or else with the
    /// length that the schema assumes. A field with `@cost` counts as that many fields. Items in arguments also count, each time
    /// their field does.
    #[arg(long, env, global = true, default_value_t = 200_000, value_parser = count)]
    pub max_complexity: u32,
    /// The maximum number of objects in an answer. List lengths are estimated as for `maxComplexity`.
    #[arg(long, env, global = true, default_value_t = 50_000, value_parser = count)]
    pub max_nodes: u32,
    /// The maximum number of fields in an introspection answer. Each list counts with its average length.
    #[arg(long, env, global = true, default_value_t = 200_000, value_parser = count)]
    pub max_introspection: u32,
    /// The maximum nesting of lists, such as types, fields and arguments, in an introspection query.
    #[arg(long, env, global = true, default_value_t = 3, value_parser = count)]
    pub max_introspection_lists: u32,
    /// The maximum number of entities that a gateway may request at once. The fields requested count once for each entity.
    #[arg(long, env, global = true, default_value_t = 1000, value_parser = count)]
    pub max_representations: u32,
    /// The maximum work on an answer, in milliseconds; beyond it, the request fails with `TIMEOUT`. An embedded database counts the
    /// processor time of the execution, a database server the elapsed time of each statement.
    #[arg(long, env, global = true, default_value_t = 800, value_parser = count)]
    pub max_database_milliseconds: u32,
    /// The maximum time for an answer, in milliseconds. After this time, an answer that has to wait is aborted with the code
    /// `TIMEOUT`, and its database work is cancelled.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_milliseconds: u32,
}

impl Limits {
    /// The maximum work on an answer: its processor time, or the elapsed time of each statement.
    #[must_use]
    pub fn database_time(&self) -> Duration {
        Duration::from_millis(self.max_database_milliseconds.into())
    }

    /// The maximum time for an answer.
    #[must_use]
    pub fn time(&self) -> Duration {
        Duration::from_millis(self.max_milliseconds.into())
    }
}

/// Parses a limit that fits a GraphQL `Int`.
fn count(text: &str) -> Result<u32, String> {
    let number = text.parse::<i32>().ok().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("it must be a whole number from 0 to {}", i32::MAX))
}

/// Parses a limit on recursion in parsing, validation or execution. Beyond it, the stack of a thread may overflow, which ends the
/// program.
fn at_most<const MOST: u32>(text: &str) -> Result<u32, String> {
    count(text).ok().filter(|number| *number <= MOST).ok_or_else(|| format!("it must be a whole number from 0 to {MOST}"))
}

/// The limits when no flag is given.
impl Default for Limits {
    fn default() -> Self {
        let nothing = Self::augment_args(clap::Command::new("podium")).get_matches_from(["podium"]);
        Self::from_arg_matches(&nothing).expect("every limit has a default")
    }
}
