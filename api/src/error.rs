//! The errors of a request: whose fault they are, and a code that clients can rely on.

use async_graphql::{ErrorExtensionValues, ErrorExtensions, Pos, ServerError, Value};
use podium_store::is_cancelled;
use sea_orm::DbErr;

/// The result of a resolver.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// The result of a nullable field. A mistake of the client makes only this field null; any other error fails the whole response.
pub(crate) type Nullable<T> = Result<Option<Result<T>>>;

/// Keeps a mistake of the client at the field where it was made.
pub(crate) fn nullable<T>(result: Result<Option<T>>) -> Nullable<T> {
    match result {
        Err(mistake @ Error::BadInput(_)) => Ok(Some(Err(mistake))),
        other => Ok(other?.map(Ok)),
    }
}

/// Why a field has no value. It has no `Display`, so a client sees only the messages that `From` below returns.
#[derive(Clone, Debug)]
pub(crate) enum Error {
    /// The request is malformed; the message states the rule. The client's fault.
    BadInput(String),
    /// Rows could not be loaded. Not the client's fault.
    Load(LoadError),
}

/// Why rows could not be loaded. A loader fails only if the store fails: a mistake of the client is rejected at its field.
#[derive(Clone, Debug)]
pub(crate) enum LoadError {
    /// The store did not answer.
    Store(DbErr),
    /// The store holds inconsistent data. Our fault.
    Inconsistent(&'static str),
}

impl Error {
    /// An error in the client's input.
    pub(crate) fn bad_input(rule: impl Into<String>) -> Self {
        Self::BadInput(rule.into())
    }

    /// The error of an answer as a whole.
    pub(crate) fn of_answer(self) -> ServerError {
        let error = async_graphql::Error::from(self);
        ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) }
    }
}

impl From<DbErr> for LoadError {
    fn from(error: DbErr) -> Self {
        Self::Store(error)
    }
}

impl<E: Into<LoadError>> From<E> for Error {
    fn from(error: E) -> Self {
        Self::Load(error.into())
    }
}

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        let (code, message) = match error {
            Error::BadInput(rule) => (BAD_USER_INPUT, rule),
            Error::Load(LoadError::Store(cause)) if is_cancelled(&cause) => (TIMEOUT, "The answer took too long.".to_owned()),
            Error::Load(LoadError::Store(cause)) => {
                tracing::error!(%cause, "the store failed");
                (UNAVAILABLE, UNAVAILABLE_MESSAGE.to_owned())
            }
            Error::Load(LoadError::Inconsistent(what)) => {
                tracing::error!(what, "the store is inconsistent");
                (INTERNAL, INTERNAL_MESSAGE.to_owned())
            }
        };
        Self::new(message).extend_with(|_, extensions| extensions.set("code", code))
    }
}

/// The request is wrong; retrying does not help.
pub(crate) const BAD_USER_INPUT: &str = "BAD_USER_INPUT";
/// The request exceeds a limit of this server.
pub(crate) const LIMIT_EXCEEDED: &str = "LIMIT_EXCEEDED";
/// The answer took too long.
pub(crate) const TIMEOUT: &str = "TIMEOUT";
/// The store is unavailable; the same request may succeed later.
pub(crate) const UNAVAILABLE: &str = "UNAVAILABLE";
/// A fault of the server.
pub(crate) const INTERNAL: &str = "INTERNAL_SERVER_ERROR";

/// The code of an error.
pub(crate) fn code(error: &ServerError) -> Option<&str> {
    extension(error, "code")
}

/// The limit that a request exceeded.
pub(crate) fn limit(error: &ServerError) -> Option<&str> {
    extension(error, "limit")
}

fn extension<'a>(error: &'a ServerError, name: &str) -> Option<&'a str> {
    match error.extensions.as_ref()?.get(name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// An error without a place in the document.
pub(crate) fn refusal(code: &'static str, message: impl Into<String>) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    ServerError { extensions: Some(extensions), ..ServerError::new(message, None) }
}

/// The error for a response key with conflicting selections.
pub(crate) fn ambiguous(key: &str, place: Pos) -> ServerError {
    let message = format!("`{key}` stands for different things: give one of them another alias.");
    ServerError { locations: vec![place], ..refusal(BAD_USER_INPUT, message) }
}

/// The error for a document that is not GraphQL.
pub(crate) fn malformed(why: &str) -> ServerError {
    refusal(BAD_USER_INPUT, format!("The document is not GraphQL: {why}."))
}

/// The error for an exceeded limit, with the name and value of the limit in its extensions.
pub(crate) fn exceeded(limit: &'static str, message: &str, most: u32) -> ServerError {
    let mut error = refusal(LIMIT_EXCEEDED, message);
    if let Some(extensions) = &mut error.extensions {
        extensions.set("limit", limit);
        extensions.set("maximum", most);
    }
    error
}

/// The message for an unavailable store; the log has the details.
pub(crate) const UNAVAILABLE_MESSAGE: &str = "The results cannot be read at the moment; try again later.";

/// The message for an internal error; the log has the details.
pub(crate) const INTERNAL_MESSAGE: &str = "The server could not answer this; it has been noted.";

/// Rewords an error message of async-graphql as one sentence that states the rule.
pub(crate) fn in_words(message: &str, place: Option<(usize, usize)>) -> String {
    let of_a_date = message.strip_prefix("Invalid value for argument \"").and_then(|rest| rest.strip_suffix("\", expected type \"Date\""));
    if let Some(argument) = of_a_date {
        return format!("`{argument}` is not a date, which is written like 2012-08-01 and must exist.");
    }
    // A parser error is an excerpt of several lines; the last line says what the parser expected.
    if let Some((_, wanted)) = message.rsplit_once("= ").filter(|_| message.contains('\n')) {
        let place = place.map(|(line, column)| format!(" at line {line}, column {column}")).unwrap_or_default();
        return format!("The document is not GraphQL{place}: {}.", wanted.trim());
    }
    if message == "Schema is not configured for mutations." {
        return "Podium has no mutations.".to_owned();
    }
    if message == "Operation name required in request." {
        return "The document has several operations: name one in `operationName`.".to_owned();
    }
    if message.starts_with("invalid number: ") {
        return "A number of the document is too large.".to_owned();
    }
    let of_a_value = message.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": "));
    sentence(of_a_value.map_or(message, |(_, rule)| rule))
}

/// With a capital at the beginning and a full stop at the end.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let mut letters = text.chars();
    let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    if capital.ends_with(['.', '!', '?']) { capital } else { capital + "." }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(error: Error) -> (String, String) {
        let shown = async_graphql::Error::from(error);
        let code = shown.extensions.as_ref().and_then(|extensions| extensions.get("code")).map(ToString::to_string);
        (shown.message, code.expect("every error has a code"))
    }

    #[test]
    fn a_rule_reaches_the_client() {
        let (message, code) = shown(Error::bad_input("`first` is at most 100."));
        assert_eq!((message.as_str(), code.as_str()), ("`first` is at most 100.", "\"BAD_USER_INPUT\""));
    }

    #[test]
    fn nothing_internal_reaches_the_client() {
        let (message, code) = shown(Error::from(DbErr::Custom("no such table: athlete".into())));
        assert!(!message.contains("athlete"), "{message}");
        assert_eq!(code, "\"UNAVAILABLE\"");
        let (message, code) = shown(Error::from(LoadError::Inconsistent("an entry without its nation")));
        assert!(!message.contains("entry"), "{message}");
        assert_eq!(code, "\"INTERNAL_SERVER_ERROR\"");
    }

    #[test]
    fn the_library_is_put_into_words() {
        let said = |message: &str| in_words(message, Some((1, 2)));
        assert_eq!(
            said(" --> 1:2\n  |\n1 | {\n  |  ^---\n  |\n  = expected selection"),
            "The document is not GraphQL at line 1, column 2: expected selection."
        );
        let date = "Invalid value for argument \"filter.asOf\", expected type \"Date\"";
        assert_eq!(said(date), "`filter.asOf` is not a date, which is written like 2012-08-01 and must exist.");
        assert_eq!(said("Failed to parse \"Int\": Only integers up to 7 are accepted."), "Only integers up to 7 are accepted.");
        assert_eq!(said("operation A is defined twice"), "Operation A is defined twice.");
        assert_eq!(said("Unknown field \"nope\" on type \"Query\"."), "Unknown field \"nope\" on type \"Query\".");
    }
}
