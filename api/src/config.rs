//! How the program is told what to do: every option is a flag and an environment variable.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::limits::Limits;

/// The Olympic results graph: a GraphQL server with a persistent store and the data inside.
#[derive(Debug, Parser)]
#[command(name = "podium", version)]
pub struct Config {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    command: Option<Command>,
    /// The database: `sqlite://FILE?mode=rwc` creates the file when it is not there; `postgres://USER@HOST/NAME` must exist.
    #[arg(long, env, global = true, value_name = "URL", default_value = "sqlite://podium.db?mode=rwc", hide_env_values = true)]
    pub database_url: String,
    /// The address and port that `serve` answers on.
    #[arg(long, env, global = true, value_name = "HOST:PORT", default_value = "127.0.0.1:8000")]
    pub listen: String,
    #[command(flatten)]
    pub limits: Limits,
}

/// What the program can do.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Bring the tables up to date, load the built-in data when there is none, and answer questions.
    Serve,
    /// Change or show the state of the tables, without serving.
    Migrate {
        /// The direction.
        #[command(subcommand)]
        direction: Option<Direction>,
    },
    /// Bring in results, beside those that are there. All of it or, when anything is wrong, nothing.
    Import {
        /// Where the results come from.
        #[command(subcommand)]
        source: Source,
        /// Say what would happen, and change nothing.
        #[arg(long, global = true)]
        dry_run: bool,
        /// Where rows that are not understood are written, each with its line and the reason.
        #[arg(long, global = true, value_name = "FILE")]
        rejects: Option<PathBuf>,
        /// With more rows that are not understood nothing is imported.
        #[arg(long, global = true, value_name = "NUMBER", default_value_t = 100)]
        max_rejects: usize,
        /// Where is written what was brought in and a person may want to check, each with its line: lines that contradict each
        /// other, names that were placed by their words, athletes whom another source may know.
        #[arg(long, global = true, value_name = "FILE")]
        notes: Option<PathBuf>,
    },
    /// Write everything as files of Podium's own format; to import them again changes nothing.
    Export {
        /// A new or empty folder.
        folder: PathBuf,
    },
    /// Print the schema; needs no database.
    Schema {
        /// The schema as a gateway composes it, with the keys of its entities.
        #[arg(long)]
        federation: bool,
    },
}

/// Where results come from.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Source {
    /// A folder of CSV files in Podium's own format, which `seed/data/README.md` describes.
    Podium {
        /// The folder.
        folder: PathBuf,
    },
    /// The file "120 years of Olympic history": every athlete in every event from 1896 to 2016, with the medals.
    AthleteEvents {
        /// `athlete_events.csv`, which may be compressed with gzip; `-` is standard input.
        file: PathBuf,
        /// A file that gives names their accents back: `ID`, `name_ascii_stripped`, `name_utf8`. At a later import it mends the
        /// names of athletes who came in without it; their slugs stay, since they are addresses. A later import without it keeps
        /// what is known.
        #[arg(long, value_name = "FILE")]
        names: Option<PathBuf>,
        /// A file with the names of nations that Podium does not know: `NOC`, `region`, `notes`.
        #[arg(long, value_name = "FILE")]
        nocs: Option<PathBuf>,
    },
    /// The files of Paris 2024: every heat, match and final, the teams, the medals and the schedule.
    #[command(name = "paris-2024")]
    Paris2024 {
        /// A folder with athletes, teams, medals, medallists, schedules and a folder `results`, as CSV that may be compressed.
        folder: PathBuf,
    },
}

impl Config {
    /// The command, with `serve` for none.
    #[must_use]
    pub fn command(&self) -> Command {
        self.command.clone().unwrap_or(Command::Serve)
    }
}

/// A direction of migration; `up` when nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Subcommand)]
pub enum Direction {
    /// Make the tables what this version expects.
    #[default]
    Up,
    /// Take all tables away, with everything in them.
    Down,
    /// Show which steps have been made.
    Status,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn options_are_consistent() {
        <Config as CommandFactory>::command().debug_assert();
    }

    #[test]
    fn serving_is_the_default() {
        let config = Config::try_parse_from(["podium", "--listen", "127.0.0.1:9"]).expect("flags without a command");
        assert_eq!((config.command(), config.listen.as_str()), (Command::Serve, "127.0.0.1:9"));
    }

    #[test]
    fn the_database_is_named_before_or_behind_the_command() {
        for arguments in [
            ["podium", "--database-url", "sqlite://x", "migrate", "status"],
            ["podium", "migrate", "status", "--database-url", "sqlite://x"],
        ] {
            assert_eq!(Config::try_parse_from(arguments).expect("a URL").database_url, "sqlite://x");
        }
    }

    #[test]
    fn limits_are_flags() {
        let config = Config::try_parse_from(["podium", "serve", "--max-depth", "7"]).expect("a limit behind the command");
        assert_eq!((config.limits.max_depth, config.limits.max_nodes), (7, 50_000));
        assert!(Config::try_parse_from(["podium", "--max-brackets", "61"]).is_err(), "more would exhaust the stack");
    }

    #[test]
    fn every_option_is_explained() {
        let mut commands = vec![<Config as CommandFactory>::command()];
        while let Some(command) = commands.pop() {
            for option in command.get_arguments() {
                assert!(option.get_help().is_some(), "{} {}", command.get_name(), option.get_id());
            }
            assert!(command.get_about().is_some(), "{}", command.get_name());
            commands.extend(command.get_subcommands().cloned());
        }
    }
}
