//! Validates slugs from clients. The error for a malformed slug states the rule. Whether a slug names something is found out at its field.

use std::fmt;

use podium_entity::slug::is_path;

use crate::error::{Error, Result};

/// The maximum number of slugs in an argument.
const MAX_SLUGS: usize = 1000;

/// Well-formed slugs of one kind; a list of them means "or".
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Slugs {
    kind: SlugKind,
    slugs: Vec<String>,
}

impl Slugs {
    pub(crate) fn of(kind: SlugKind, slugs: Vec<String>) -> Self {
        Self { kind, slugs }
    }

    pub(crate) fn kind(&self) -> SlugKind {
        self.kind
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.slugs.iter().map(String::as_str)
    }
}

/// Without the kind: cursors hash this text, and those of clients stay valid.
impl fmt::Debug for Slugs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Slugs").field(&self.slugs).finish()
    }
}

/// What a slug names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SlugKind {
    Games,
    Nation,
    Sport,
    Discipline,
    EventFamily,
    Event,
    EventEdition,
    Athlete,
    Lineage,
}

impl SlugKind {
    /// Refuses a malformed slug.
    pub(crate) fn check(self, slug: &str) -> Result<()> {
        let well_formed = slug.len() <= 200
            && match self {
                Self::Games => is_games(slug),
                Self::Nation => is_nation(slug),
                Self::Sport | Self::Discipline | Self::Athlete | Self::Lineage => is_path(slug, 1),
                Self::EventFamily => is_path(slug, 2),
                Self::Event => is_path(slug, 3),
                Self::EventEdition => is_path(slug, 4) || is_path(slug, 5),
            };
        match well_formed {
            true => Ok(()),
            false => Err(Error::bad_input(format!("\"{}\" is not {}, which looks like {}.", shorten(slug), self.noun(), self.example()))),
        }
    }

    /// Validates the slugs of an argument.
    pub(crate) fn check_all(self, slugs: Option<Vec<String>>) -> Result<Option<Slugs>> {
        let Some(slugs) = slugs else { return Ok(None) };
        if slugs.len() > MAX_SLUGS {
            return Err(Error::bad_input(format!("A filter has {} slugs, but at most {MAX_SLUGS} can be given.", slugs.len())));
        }
        slugs.iter().try_for_each(|slug| self.check(slug))?;
        Ok(Some(Slugs::of(self, slugs)))
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Games => "a slug of a Games",
            Self::Nation => "a code or slug of a nation",
            Self::Sport => "a slug of a sport",
            Self::Discipline => "a slug of a discipline",
            Self::EventFamily => "a slug of an event family",
            Self::Event => "a slug of an event",
            Self::EventEdition => "a slug of an event edition",
            Self::Athlete => "a slug of an athlete",
            Self::Lineage => "a slug of a lineage",
        }
    }

    /// What such a slug names.
    pub(crate) fn thing(self) -> &'static str {
        match self {
            Self::Games => "Games",
            Self::Nation => "nation",
            Self::Sport => "sport",
            Self::Discipline => "discipline",
            Self::EventFamily => "event family",
            Self::Event => "event",
            Self::EventEdition => "event edition",
            Self::Athlete => "athlete",
            Self::Lineage => "lineage",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Games => "`2012-summer`",
            Self::Nation => "`GBR`, or `ROC@1912` where a code was reused",
            Self::Sport => "`cycling`",
            Self::Discipline => "`cycling-track`",
            Self::EventFamily => "`cycling-track/time-trial`",
            Self::Event => "`cycling-track/time-trial/men`",
            Self::EventEdition => "`2012-summer/cycling-road/individual-time-trial/men`",
            Self::Athlete => "`bradley-wiggins`",
            Self::Lineage => "`german`",
        }
    }
}

/// The beginning of a text on one line, so that an error message does not grow with the request.
fn shorten(text: &str) -> String {
    text.chars().take(60).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn is_games(slug: &str) -> bool {
    let (year, rest) = slug.split_once('-').unwrap_or((slug, ""));
    let season = rest.strip_suffix("-youth").or_else(|| rest.strip_suffix("-para")).unwrap_or(rest);
    is_year(year) && matches!(season, "summer" | "winter" | "intercalated")
}

fn is_nation(slug: &str) -> bool {
    let (code, year) = slug.split_once('@').map_or((slug, None), |(code, year)| (code, Some(year)));
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) && year.is_none_or(is_year)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::SlugKind;

    #[test]
    fn well_formed_slugs_pass() {
        let slugs = [
            (SlugKind::Games, "2012-summer"),
            (SlugKind::Games, "1906-intercalated"),
            (SlugKind::Games, "2010-summer-youth"),
            (SlugKind::Nation, "GBR"),
            (SlugKind::Nation, "ROC@1912"),
            (SlugKind::Event, "cycling-track/time-trial/men"),
            (SlugKind::EventEdition, "2012-summer/cycling-road/individual-time-trial/men"),
            (SlugKind::Athlete, "bradley-wiggins"),
            (SlugKind::Athlete, "wang-yan-1974-2"),
        ];
        for (kind, slug) in slugs {
            assert!(kind.check(slug).is_ok(), "{slug}");
        }
    }

    #[test]
    fn malformed_slugs_are_told_the_rule() {
        let slugs = [
            (SlugKind::Games, "2012"),
            (SlugKind::Games, "summer-2012"),
            (SlugKind::Nation, "gbr"),
            (SlugKind::Nation, "ROC@19"),
            (SlugKind::Event, "cycling-track/time-trial"),
            (SlugKind::Athlete, "Bradley Wiggins"),
            (SlugKind::Athlete, "bradley--wiggins"),
            (SlugKind::Athlete, ""),
        ];
        for (kind, slug) in slugs {
            assert!(kind.check(slug).is_err(), "{slug}");
        }
    }
}
