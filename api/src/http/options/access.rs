//! Which clients may use the server, and how they are identified.

use axum::http::{HeaderName, HeaderValue, Uri};
use clap::{ArgAction, Args, FromArgMatches};

use crate::http::graphql::trusted_documents::TrustedDocuments;

/// Which clients may use the server, and how they are identified.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
#[command(next_help_heading = "Clients")]
pub struct Access {
    /// An origin whose pages may send requests from a browser, such as `https://example.org`; `*` allows all. Separate several by commas.
    /// Credentials are never accepted.
    #[arg(long, env, global = true, value_name = "ORIGIN", value_delimiter = ',', value_parser = origin)]
    pub cors_origin: Vec<HeaderValue>,
    /// A manifest of documents, as graphql-codegen, Relay or Apollo write it. Then no other documents are answered.
    #[arg(long, env, global = true, value_name = "FILE", value_parser = TrustedDocuments::read)]
    pub documents: Option<TrustedDocuments>,
    /// Whether errors name what a misspelt field may have meant.
    #[arg(long, env, global = true, value_name = "BOOL", action = ArgAction::Set, default_value_t = true)]
    pub suggestions: bool,
    /// The request header with the address of the client, such as `X-Forwarded-For`, when a trusted proxy sets it. Its last address
    /// counts.
    #[arg(long, env, global = true, value_name = "HEADER")]
    pub client_address_header: Option<HeaderName>,
    /// The address at which people reach this server, such as `https://results.example.org`. Then the pages name it, and `/sitemap.xml`
    /// lists them for search engines.
    #[arg(long, env, global = true, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
}

/// The options when no flag is given.
impl Default for Access {
    fn default() -> Self {
        let nothing = Self::augment_args(clap::Command::new("podium")).get_matches_from(["podium"]);
        Self::from_arg_matches(&nothing).expect("every option has a default")
    }
}

fn origin(text: &str) -> Result<HeaderValue, String> {
    let is_origin = |text: &str| {
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', ' ', '*', '?', '#', '@']))
    };
    let value = (text == "*" || is_origin(text)).then(|| text.to_ascii_lowercase().parse().ok()).flatten();
    value.ok_or_else(|| "an origin is written like https://example.org or http://localhost:3000, without a path".to_owned())
}

fn public_url(text: &str) -> Result<String, String> {
    let url: Option<Uri> =
        text.parse().ok().filter(|url: &Uri| matches!(url.scheme_str(), Some("http" | "https")) && url.query().is_none());
    let url = url.ok_or("it is written like https://results.example.org, or with a path like https://example.org/results")?;
    Ok(url.to_string().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{origin, public_url};

    #[test]
    fn a_public_url_has_a_host() {
        assert_eq!(public_url("https://example.org/").as_deref(), Ok("https://example.org"));
        assert_eq!(public_url("http://example.org:8000/results").as_deref(), Ok("http://example.org:8000/results"));
        for text in ["", "example.org", "ftp://example.org", "https://", "https://example.org/?a", "/results", "https://a b"] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_has_no_path() {
        for (text, is_origin) in [
            ("*", true),
            ("https://example.org", true),
            ("http://localhost:3000", true),
            ("https://example.org/", false),
            ("example.org", false),
            ("https://", false),
            ("https://*.example.org", false),
            ("null", false),
        ] {
            assert_eq!(origin(text).is_ok(), is_origin, "{text}");
        }
    }
}
