//! What a question may cost: each limit is a flag, an environment variable and a field of `about { limits }` at once.

use async_graphql::SimpleObject;
use clap::{Args, FromArgMatches, value_parser};

/// What a question may cost. A larger one is refused with the code `LIMIT_EXCEEDED` and the name of the limit.
#[derive(Args, Clone, Copy, Debug, PartialEq, Eq, SimpleObject)]
#[command(next_help_heading = "Limits")]
pub struct Limits {
    /// The bytes of a request.
    #[arg(long, env, global = true, default_value_t = 256 * 1024)]
    pub max_body_bytes: u32,
    /// The bytes of a document.
    #[arg(long, env, global = true, default_value_t = 32 * 1024)]
    pub max_document_bytes: u32,
    /// The brackets of a document that are open at once.
    #[arg(long, env, global = true, default_value_t = 32, value_parser = value_parser!(u32).range(..=200))]
    pub max_brackets: u32,
    /// The tokens of a document: names, values and punctuation.
    #[arg(long, env, global = true, default_value_t = 2000)]
    pub max_tokens: u32,
    /// The fields of a document, with those of a fragment counted wherever it is spread.
    #[arg(long, env, global = true, default_value_t = 2000)]
    pub max_selections: u32,
    /// The aliases of a document.
    #[arg(long, env, global = true, default_value_t = 50)]
    pub max_aliases: u32,
    /// The directives of a document.
    #[arg(long, env, global = true, default_value_t = 50)]
    pub max_directives: u32,
    /// The levels of fields within fields.
    #[arg(long, env, global = true, default_value_t = 12)]
    pub max_depth: u32,
    /// The fields of the largest answer that a document can have: each counts once for every item of the lists around it,
    /// whose length is what `first` or `last` says, or else the size that the schema assumes.
    #[arg(long, env, global = true, default_value_t = 200_000)]
    pub max_complexity: u32,
    /// The objects of the largest answer that a document can have.
    #[arg(long, env, global = true, default_value_t = 50_000)]
    pub max_nodes: u32,
    /// The fields of the largest answer about the schema itself, counted like the complexity.
    #[arg(long, env, global = true, default_value_t = 200_000)]
    pub max_introspection: u32,
    /// The entities that a gateway may ask for at once; what it asks of each counts as of a list.
    #[arg(long, env, global = true, default_value_t = 1000)]
    pub max_representations: u32,
    /// The milliseconds that an answer may take; then it is given up, with the code `TIMEOUT`.
    #[arg(long, env, global = true, default_value_t = 10_000)]
    pub max_milliseconds: u32,
}

/// What the flags say when they are not given.
impl Default for Limits {
    fn default() -> Self {
        let nothing = Self::augment_args(clap::Command::new("podium")).get_matches_from(["podium"]);
        Self::from_arg_matches(&nothing).expect("every limit has a default")
    }
}
