//! The options in a file: `--config podium.toml`, or the file that `--profile` names. Flags override environment variables, those
//! override the file, and that overrides the profile.

use std::ffi::OsString;

use clap::{ArgAction, Command, CommandFactory, FromArgMatches};
use toml::{Table, Value};

use crate::options::Options;

/// The options of `--profile production`.
const PRODUCTION: &str = include_str!("production.toml");

/// The options of the program. As `clap` does, this ends the program after printing help, or why they are wrong.
pub(crate) fn options() -> Result<Options, String> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let mut command = <Options as CommandFactory>::command();
    // Another profile is refused when all arguments are read.
    if named("--profile", &arguments).as_deref() == Some("production") {
        command = with_defaults(command, PRODUCTION)?;
    }
    if let Some(path) = named("--config", &arguments).or_else(|| std::env::var("CONFIG").ok()) {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{path} cannot be read ({error}): name a file with options, or leave --config out"))?;
        command = with_defaults(command, &text).map_err(|refusal| format!("{path}: {refusal}"))?;
    }
    let matches = command.get_matches_from(arguments);
    Ok(Options::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()))
}

/// What the arguments give for a flag.
fn named(flag: &str, arguments: &[OsString]) -> Option<String> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix(flag) {
            Some("") => return arguments.next().map(str::to_owned),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].to_owned()),
            _ => {}
        }
    }
    None
}

/// The command whose options have the values of a file when nothing else is said.
fn with_defaults(mut command: Command, text: &str) -> Result<Command, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string().trim_end().replace('\n', " "))?;
    for (name, value) in table {
        let id = name.replace('-', "_");
        let is_option =
            |argument: &clap::Arg| argument.get_id() == id.as_str() && matches!(argument.get_action(), ArgAction::Set | ArgAction::Append);
        if !command.get_arguments().any(is_option) || ["config", "profile"].contains(&id.as_str()) {
            return Err(format!("`{name}` is no option; `podium --help` lists them, such as max-depth = 7"));
        }
        let values = values(&value).ok_or_else(|| format!("`{name}` must be a text, a number, true, false, or a list of them"))?;
        // Once, for as long as the program runs.
        let values: Vec<&'static str> = values.into_iter().map(|value| &*value.leak()).collect();
        // It may hold a password.
        let is_hidden = id.starts_with("database_");
        command = command.mut_arg(id, |argument| argument.default_values(values).hide_default_value(is_hidden));
    }
    Ok(command)
}

fn values(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Boolean(is_so) => Some(vec![is_so.to_string()]),
        Value::Array(items) => {
            let items: Option<Vec<_>> = items.iter().map(values).collect();
            items.map(|items| items.concat())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(text: &str, arguments: &[&str]) -> Result<Options, String> {
        let arguments = ["podium"].iter().chain(arguments);
        let matches = with_defaults(<Options as CommandFactory>::command(), text)?
            .try_get_matches_from(arguments)
            .map_err(|error| error.to_string())?;
        Options::from_arg_matches(&matches).map_err(|error| error.to_string())
    }

    #[test]
    fn a_flag_stands_above_the_file() {
        let text = "listen = '127.0.0.1:9'\nmax-depth = 7\nmax_nodes = 5\ncors-origin = ['https://a.example', 'https://b.example']";
        let read = options(text, &["serve", "--max-nodes", "6"]).expect("options");
        assert_eq!((read.listen.as_str(), read.limits.max_depth, read.limits.max_nodes), ("127.0.0.1:9", 7, 6));
        assert_eq!(read.access.cors_origin.len(), 2);
        assert_eq!(read.caches.row_cache_mib, 256, "what the file does not name keeps its value");
    }

    #[test]
    fn the_profile_has_options() {
        let read = options(PRODUCTION, &["--suggestions", "true"]).expect("options");
        assert!(read.access.suggestions && read.traffic.max_complexity_per_minute > 0);
        assert!(!options(PRODUCTION, &[]).expect("options").access.suggestions);
    }

    #[test]
    fn what_is_wrong_in_the_file_is_told() {
        for (text, told) in [
            ("max-dept = 7", "`max-dept` is no option"),
            ("config = 'x'", "`config` is no option"),
            ("help = 'x'", "`help` is no option"),
            ("max-depth = 7.5", "`max-depth` must be a text"),
            ("max-depth = 'deep'", "invalid value 'deep' for '--max-depth"),
            ("max-depth = 700", "it must be a whole number from 0 to 40"),
            ("max-depth", "TOML parse error at line 1"),
        ] {
            let refusal = options(text, &[]).expect_err("it is wrong");
            assert!(refusal.contains(told), "{text}: {refusal}");
        }
    }

    #[test]
    fn the_file_is_named_in_two_ways() {
        let of = |arguments: &[&str]| named("--config", &arguments.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["podium", "--config", "a.toml", "serve"]).as_deref(), Some("a.toml"));
        assert_eq!(of(&["podium", "serve", "--config=a.toml"]).as_deref(), Some("a.toml"));
        assert_eq!(of(&["podium", "serve", "--configure", "a.toml"]), None);
    }
}
