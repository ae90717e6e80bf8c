//! Slugs: what they look like, so that a mistyped one is told apart from an unknown one.

use podium_entity::slug::is_path;

use crate::error::{Error, Result};

/// What a slug names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slug {
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

impl Slug {
    /// Refuses a text that no slug of this kind can be.
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

    /// Refuses a list with a text that no slug of this kind can be.
    pub(crate) fn check_all(self, slugs: Option<&Vec<String>>) -> Result<()> {
        const MAXIMUM: usize = 1000;
        let count = slugs.map_or(0, Vec::len);
        if count > MAXIMUM {
            return Err(Error::bad_input(format!("A filter has {count} slugs, but at most {MAXIMUM} can be given.")));
        }
        slugs.into_iter().flatten().try_for_each(|slug| self.check(slug))
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

/// The beginning of what was sent on one line, so that an answer does not grow with the question.
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
    use super::Slug;

    #[test]
    fn well_formed_slugs_pass() {
        let slugs = [
            (Slug::Games, "2012-summer"),
            (Slug::Games, "1906-intercalated"),
            (Slug::Games, "2010-summer-youth"),
            (Slug::Nation, "GBR"),
            (Slug::Nation, "ROC@1912"),
            (Slug::Event, "cycling-track/time-trial/men"),
            (Slug::EventEdition, "2012-summer/cycling-road/individual-time-trial/men"),
            (Slug::Athlete, "bradley-wiggins"),
            (Slug::Athlete, "wang-yan-1974-2"),
        ];
        for (kind, slug) in slugs {
            assert!(kind.check(slug).is_ok(), "{slug}");
        }
    }

    #[test]
    fn malformed_slugs_are_told_the_rule() {
        let slugs = [
            (Slug::Games, "2012"),
            (Slug::Games, "summer-2012"),
            (Slug::Nation, "gbr"),
            (Slug::Nation, "ROC@19"),
            (Slug::Event, "cycling-track/time-trial"),
            (Slug::Athlete, "Bradley Wiggins"),
            (Slug::Athlete, "bradley--wiggins"),
            (Slug::Athlete, ""),
        ];
        for (kind, slug) in slugs {
            assert!(kind.check(slug).is_err(), "{slug}");
        }
    }
}
