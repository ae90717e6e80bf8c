//! The options of the program: every one is a flag, an environment variable and a line of `--config`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use podium_api::cache_sizes::CacheSizes;
use podium_api::http::{Access, Traffic};
use podium_api::limits::Limits;
use podium_seed::{BuiltIn, Import, ImportOptions};

/// The Olympic results graph: a GraphQL server with a persistent database and built-in data.
#[derive(Debug, Parser)]
#[command(name = "podium", version)]
pub(crate) struct Options {
    /// The command to run; `serve` by default.
    #[command(subcommand)]
    command: Option<Command>,
    /// A TOML file with options, such as `max-depth = 7`. Flags and environment variables override it.
    #[arg(id = "config", long, env = "CONFIG", global = true, value_name = "FILE")]
    _config: Option<PathBuf>,
    /// A preset of defaults for options.
    #[arg(id = "profile", long, global = true, value_enum, value_name = "PROFILE")]
    _profile: Option<Profile>,
    /// The database URL. `sqlite://FILE?mode=rwc` creates a missing file; the database at `postgres://USER@HOST/NAME` must exist.
    #[arg(long, env, global = true, value_name = "URL", default_value = "sqlite://podium.db?mode=rwc", hide_env_values = true)]
    pub(crate) database_url: String,
    /// The URL of a copy of the PostgreSQL database, such as a standby. `serve` then answers from it, and only prepares the database itself.
    #[arg(long, env, global = true, value_name = "URL", hide_env_values = true)]
    pub(crate) database_replica_url: Option<String>,
    /// The address and port that `serve` listens on.
    #[arg(long, env, global = true, value_name = "HOST:PORT", default_value = "127.0.0.1:8000")]
    pub(crate) listen: String,
    /// A second address for probes and metrics: `/healthz`, `/readyz` and `/metrics` for Prometheus. Without it there are no metrics.
    #[arg(long, env, global = true, value_name = "HOST:PORT")]
    pub(crate) operations_listen: Option<String>,
    /// A collector of OpenTelemetry traces, such as `http://127.0.0.1:4318`; spans are sent by OTLP over HTTP.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", global = true, value_name = "URL")]
    pub(crate) traces_endpoint: Option<String>,
    /// What an empty database starts with.
    #[arg(long, env, global = true, value_enum, default_value_t)]
    pub(crate) built_in: BuiltIn,
    #[command(flatten)]
    pub(crate) limits: Limits,
    #[command(flatten)]
    pub(crate) caches: CacheSizes,
    #[command(flatten)]
    pub(crate) traffic: Traffic,
    #[command(flatten)]
    pub(crate) access: Access,
}

/// A preset of defaults for options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Profile {
    /// For the open internet: `podium/src/production.toml` has the values.
    Production,
}

/// The commands of the program.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Command {
    /// Migrate the tables to the newest version, load the built-in data into an empty database, and serve requests.
    Serve,
    /// Do what `serve` does before it serves, and exit: migrate the tables, and load the built-in data into an empty database.
    Prepare,
    /// Copy a SQLite database into a new file, while a server reads and others write it.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Apply, revert or show database migrations, without serving.
    Migrate {
        /// The migration command; `up` by default.
        #[command(subcommand)]
        direction: Option<Direction>,
    },
    /// Add results to those already stored. An import that fails changes nothing.
    Import {
        /// The source of the results.
        #[command(subcommand)]
        source: Import,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Export all data to files in Podium's own format. Importing them again changes nothing.
    Export {
        /// A new or empty folder.
        folder: PathBuf,
    },
    /// Print the GraphQL schema. This needs no database.
    Schema {
        /// Print the schema that a federation gateway composes, with the keys of its entities.
        #[arg(long)]
        federation: bool,
    },
}

impl Options {
    /// The command; `serve` when none is given.
    pub(crate) fn command(&self) -> Command {
        self.command.clone().unwrap_or(Command::Serve)
    }
}

/// A migration command; `up` by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Subcommand)]
pub(crate) enum Direction {
    /// Apply all pending migrations.
    #[default]
    Up,
    /// Delete all tables with all their data. Asks for confirmation at a terminal, and needs `--yes` elsewhere.
    Down {
        /// Delete without asking for confirmation.
        #[arg(long)]
        yes: bool,
    },
    /// Show which migrations have been applied.
    Status,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn options_are_consistent() {
        <Options as CommandFactory>::command().debug_assert();
    }

    #[test]
    fn serving_is_the_default() {
        let options = Options::try_parse_from(["podium", "--listen", "127.0.0.1:9"]).expect("flags without a command");
        assert_eq!((options.command(), options.listen.as_str()), (Command::Serve, "127.0.0.1:9"));
    }

    #[test]
    fn the_database_is_named_before_or_behind_the_command() {
        for arguments in [
            ["podium", "--database-url", "sqlite://x", "migrate", "status"],
            ["podium", "migrate", "status", "--database-url", "sqlite://x"],
        ] {
            assert_eq!(Options::try_parse_from(arguments).expect("a URL").database_url, "sqlite://x");
        }
    }

    #[test]
    fn limits_are_flags() {
        let options = Options::try_parse_from(["podium", "serve", "--max-depth", "7"]).expect("a limit behind the command");
        assert_eq!((options.limits.max_depth, options.limits.max_nodes), (7, 50_000));
        assert!(Options::try_parse_from(["podium", "--max-brackets", "61"]).is_err(), "more would exhaust the stack");
    }

    #[test]
    fn every_option_is_explained() {
        let mut commands = vec![<Options as CommandFactory>::command()];
        while let Some(command) = commands.pop() {
            for option in command.get_arguments() {
                assert!(option.get_help().is_some(), "{} {}", command.get_name(), option.get_id());
            }
            assert!(command.get_about().is_some(), "{}", command.get_name());
            commands.extend(command.get_subcommands().cloned());
        }
    }
}
