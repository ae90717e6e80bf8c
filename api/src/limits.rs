//! What a question may cost: each limit is a flag, an environment variable and a field of `about { limits }` at once.

use std::time::Duration;

use async_graphql::SimpleObject;
use clap::{Args, FromArgMatches};

/// What a question may cost. A larger one is refused with the code `LIMIT_EXCEEDED`, the name of the limit and its value.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// How many bytes a request may have.
    #[arg(long, env, global = true, default_value_t = 256 * 1024, value_parser = count)]
    pub max_body_bytes: u32,
    /// How many milliseconds the body of a request may take to arrive.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_body_milliseconds: u32,
    /// How many bytes a document may have.
    #[arg(long, env, global = true, default_value_t = 32 * 1024, value_parser = count)]
    pub max_document_bytes: u32,
    /// How many brackets of a document may be open at once; no more than 60.
    #[arg(long, env, global = true, default_value_t = 32, value_parser = at_most::<60>)]
    pub max_brackets: u32,
    /// How many tokens a document may have: names, values and punctuation.
    #[arg(long, env, global = true, default_value_t = 2000, value_parser = count)]
    pub max_tokens: u32,
    /// How many fields and fragment spreads a document may have, with those of a fragment counted wherever it is spread.
    #[arg(long, env, global = true, default_value_t = 2000, value_parser = count)]
    pub max_selections: u32,
    /// How many fields and fragments may stand within one another; no more than 200.
    #[arg(long, env, global = true, default_value_t = 64, value_parser = at_most::<200>)]
    pub max_nesting: u32,
    /// How many aliases a document may have.
    #[arg(long, env, global = true, default_value_t = 50, value_parser = count)]
    pub max_aliases: u32,
    /// How many directives a document may have.
    #[arg(long, env, global = true, default_value_t = 50, value_parser = count)]
    pub max_directives: u32,
    /// How many items of lists and fields of objects arguments may have, each as often as the argument is written or spread.
    /// Sixty-four letters of a text count as an item.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_items: u32,
    /// How many levels of fields within fields a question may have; no more than 40.
    #[arg(long, env, global = true, default_value_t = 12, value_parser = at_most::<40>)]
    pub max_depth: u32,
    /// How many fields an answer may have when every list is as long as `first` or `last` says, or the schema assumes. A field
    /// with a `@cost` counts as that many, and the items in arguments count too, as often as the field with the argument.
    #[arg(long, env, global = true, default_value_t = 200_000, value_parser = count)]
    pub max_complexity: u32,
    /// How many objects an answer may have, with lists counted as for `maxComplexity`.
    #[arg(long, env, global = true, default_value_t = 50_000, value_parser = count)]
    pub max_nodes: u32,
    /// How many fields an answer about the schema itself may have when its lists have their average length.
    #[arg(long, env, global = true, default_value_t = 200_000, value_parser = count)]
    pub max_introspection: u32,
    /// How many lists, such as of types, fields and arguments, may stand within one another in a question about the schema.
    #[arg(long, env, global = true, default_value_t = 3, value_parser = count)]
    pub max_introspection_lists: u32,
    /// How many entities a gateway may ask for at once; what it asks of each counts as of a list.
    #[arg(long, env, global = true, default_value_t = 1000, value_parser = count)]
    pub max_representations: u32,
    /// How many milliseconds an answer may take; when it then has to wait for anything, it is given up with the code `TIMEOUT`.
    /// What the database does for it is ended when it goes on for as long.
    #[arg(long, env, global = true, default_value_t = 10_000, value_parser = count)]
    pub max_milliseconds: u32,
}

impl Limits {
    /// How long an answer may take.
    #[must_use]
    pub fn time(&self) -> Duration {
        Duration::from_millis(self.max_milliseconds.into())
    }
}

/// A limit that GraphQL can tell as an `Int`.
fn count(text: &str) -> Result<u32, String> {
    let number = text.parse::<i32>().ok().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("it must be a whole number from 0 to {}", i32::MAX))
}

/// A limit on what recurses, in the parser, the validation or the execution: beyond this the stack of a thread may not be enough,
/// which ends the program.
fn at_most<const MOST: u32>(text: &str) -> Result<u32, String> {
    count(text).ok().filter(|number| *number <= MOST).ok_or_else(|| format!("it must be a whole number from 0 to {MOST}"))
}

/// What the flags say when they are not given.
impl Default for Limits {
    fn default() -> Self {
        let nothing = Self::augment_args(clap::Command::new("podium")).get_matches_from(["podium"]);
        Self::from_arg_matches(&nothing).expect("every limit has a default")
    }
}
