//! Prints the medal table of a Games. The types come from the schema and the document, when this is compiled.

use std::process::ExitCode;

use graphql_client::{GraphQLQuery, Response};
use medals::{MedalRanking, MedalTableOptions, MedalsGames, ResponseData, Variables};

/// A date as `YYYY-MM-DD`.
type Date = String;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../../schema.graphql", query_path = "src/medals.graphql", response_derives = "Debug")]
struct Medals;

#[expect(clippy::print_stdout, reason = "it prints its answer")]
fn main() -> ExitCode {
    let games = std::env::args().nth(1).unwrap_or_else(|| "2012-summer".to_owned());
    match table(games) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn table(games: String) -> Result<String, String> {
    let none = format!("there is no Games \"{games}\"");
    let options = MedalTableOptions { ranking: Some(MedalRanking::TOTAL), ties: None, lineages: None, include_zero: None };
    let answer = ask(Variables { games, options: Some(options) })?;
    let MedalsGames { name, opened_on, medal_table } = answer.games.ok_or(none)?;
    let opened = opened_on.map(|day| format!(", opened on {day}")).unwrap_or_default();
    let loaded = if medal_table.complete { "" } else { ", as far as loaded" };
    let mut lines = vec![format!("{name}{opened}: medals{loaded}")];
    lines.extend(medal_table.rows.iter().map(|row| {
        let rank = row.rank_text.as_deref().unwrap_or("–");
        format!("{rank:>3} {:<20} {:>3} {:>3} {:>3} {:>4}", row.nation.name, row.gold, row.silver, row.bronze, row.total)
    }));
    Ok(lines.join("\n"))
}

fn ask(variables: Variables) -> Result<ResponseData, String> {
    let url = std::env::var("PODIUM_URL").unwrap_or_else(|_| "http://127.0.0.1:8000/graphql".to_owned());
    let body = serde_json::to_string(&Medals::build_query(variables)).map_err(|error| error.to_string())?;
    let request = ureq::post(&url).config().http_status_as_error(false).build();
    let nobody = |_| format!("no Podium at {url}: start one with `make run`");
    let sent = request.header("content-type", "application/json").header("accept", "application/graphql-response+json").send(body);
    let text = sent.map_err(nobody)?.body_mut().read_to_string().map_err(|error| error.to_string())?;
    let Response { data, errors, .. }: Response<ResponseData> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    match (errors.unwrap_or_default().into_iter().next(), data) {
        (Some(error), _) => Err(error.message),
        (None, Some(data)) => Ok(data),
        (None, None) => Err("the answer has no data".to_owned()),
    }
}
