//! What a source says: this medal was won by this competitor in this event.

use std::fmt;

use chrono::NaiveDate;
use podium_entity::athlete::Gender;
use podium_entity::medal_award::Medal;
use serde::{Deserialize, Serialize};

/// A list of medals, with the family it descends from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Source {
    AthleteEvents,
    OlympediaMedals,
    IocMedals,
    OlympicsCom,
    #[serde(rename = "tokyo-2020")]
    Tokyo2020,
    #[serde(rename = "paris-2024")]
    Paris2024,
    #[serde(rename = "milano-cortina-2026")]
    MilanoCortina2026,
    Olympanalyt,
    Wikidata,
    Wikipedia,
}

/// Sources with a common origin count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Origin {
    Olympedia,
    Ioc,
    Olympanalyt,
    Wikimedia,
}

impl Source {
    /// Where the list comes from in the end.
    pub(crate) fn origin(self) -> Origin {
        match self {
            Self::AthleteEvents | Self::OlympediaMedals => Origin::Olympedia,
            Self::IocMedals | Self::OlympicsCom | Self::Tokyo2020 | Self::Paris2024 | Self::MilanoCortina2026 => Origin::Ioc,
            Self::Olympanalyt => Origin::Olympanalyt,
            Self::Wikidata | Self::Wikipedia => Origin::Wikimedia,
        }
    }

    /// The short form in the built-in files.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::AthleteEvents => "ae",
            Self::OlympediaMedals => "om",
            Self::IocMedals => "im",
            Self::OlympicsCom => "oc",
            Self::Tokyo2020 => "tk",
            Self::Paris2024 => "pa",
            Self::MilanoCortina2026 => "mc",
            Self::Olympanalyt => "oa",
            Self::Wikidata => "wd",
            Self::Wikipedia => "wp",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// A person as a source names them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named {
    /// The name as printed.
    pub(crate) name: String,
    pub(crate) born: Option<NaiveDate>,
    /// `M` or `F`.
    pub(crate) gender: Option<char>,
    pub(crate) wikidata: Option<String>,
    /// The number in the source, where it gives one.
    pub(crate) code: Option<String>,
}

impl Named {
    /// The gender that the source gives, otherwise another.
    pub(crate) fn gender_or(&self, other: Gender) -> Gender {
        match self.gender {
            Some('M') => Gender::Male,
            Some('F' | 'W') => Gender::Female,
            _ => other,
        }
    }
}

/// One medal in one source.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) source: Source,
    /// The key of the Games.
    pub(crate) games: String,
    /// How the source calls the event, the same for all its medals.
    pub(crate) event: String,
    pub(crate) medal: Medal,
    /// The key of the nation; empty when the source does not say.
    pub(crate) nation: String,
    /// The athletes; none when the source names only the team.
    pub(crate) people: Vec<Named>,
    pub(crate) won_on: Option<NaiveDate>,
}
