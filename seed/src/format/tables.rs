//! The registry of the `podium` format: every file with its line type and exported columns, in the order of the tables' foreign
//! keys. Loading, exporting and the list of built-in files all follow it.

use super::lines::awards::{MedalAwardLine, RecordMarkLine};
use super::lines::editions::{CourseLine, EventEditionLine, PhaseLine, WaypointLine};
use super::lines::entries::{EntryLine, EntryMemberLine, ResultLine};
use super::lines::games::{CityLine, DelegationLine, GamesHostLine, GamesLine, SourceLine, VenueLine};
use super::lines::nations::{LineageLine, LineageMemberLine, NationCodeLine, NationLine, NationNameLine, NationRelationLine};
use super::lines::people::{AthleteLine, AthleteNameLine};
use super::lines::programme::{DisciplineLine, EventAliasLine, EventFamilyLine, EventLine, SportLine};
use super::lines::texts::{ExternalIdLine, NarrativeLine, PreviewNoteLine, QualificationRuleLine, QuotaPlaceLine, SlugHistoryLine};
use super::lines::{Line, Parts, Table};
use crate::error::Error;

/// An operation on every table.
pub(crate) trait Visitor {
    fn table<L: Line>(&mut self) -> impl Future<Output = Result<(), Error>> + Send;
}

macro_rules! tables {
    ($($line:ident: $file:literal, $parts:ident, $columns:literal;)*) => {
        /// The built-in files by name.
        pub(crate) const BUILT_IN: &[(&str, &str)] = &[$(($file, include_str!(concat!("../../data/", $file, ".csv")))),*];

        $(impl Table for $line {
            const FILE: &'static str = $file;
            const COLUMNS: &'static str = $columns;
            const PARTS: Parts = Parts::$parts;
        })*

        /// Visits every table, referenced tables first.
        pub(crate) async fn visit(visitor: &mut (impl Visitor + Send)) -> Result<(), Error> {
            $(visitor.table::<$line>().await?;)*
            Ok(())
        }
    };
}

tables! {
    SourceLine: "sources", Whole, "key title url licence precedence";
    CityLine: "cities", Whole, "key name native_name country latitude longitude time_zone";
    VenueLine: "venues", Whole, "key name city* country latitude longitude time_zone";
    NationLine: "nations", Whole, "key slug code valid_from valid_to name official_name kind iso2 iso3 source*";
    NationNameLine: "nation_names", Whole, "nation* name language valid_from valid_to";
    NationCodeLine: "nation_codes", Whole, "nation* scheme code valid_from valid_to";
    NationRelationLine: "nation_relations", Whole, "from* to* kind year";
    LineageLine: "lineages", Whole, "key=slug name display_nation*";
    LineageMemberLine: "lineage_members", Whole, "lineage* nation*";
    GamesLine: "games", Whole,
        "key slug year season kind name olympiad_number edition_number opened_on closed_on status recognition \
         competitors=competitors_published nations=nations_published coverage source*";
    GamesHostLine: "games_hosts", Whole, "games* city* nation* role sequence";
    DelegationLine: "delegations", Whole, "games* nation* name ranked=ranks_in_medal_table men women source*";
    SportLine: "sports", Whole, "key slug name";
    DisciplineLine: "disciplines", Whole, "key slug sport* name";
    EventFamilyLine: "event_families", Whole, "key slug discipline* name";
    EventLine: "events", Whole, "key slug family* name gender class participant_kind mark_kind better discontinued_after known_until source*";
    EventAliasLine: "event_aliases", Whole, "event* name kind from_year to_year";
    EventEditionLine: "event_editions", Whole,
        "event* games* variant title venue* city* distance_mm distance_label starts_on ends_on format status coverage \
         competitors=competitors_published nations=nations_published entry_list_published_on source*";
    CourseLine: "courses", Whole, "EDITION distance_mm distance_label laps start_format";
    WaypointLine: "waypoints", Whole, "EDITION sequence name role km";
    PhaseLine: "phases", Whole, "EDITION sequence kind name starts_at local_date local_time time_zone";
    AthleteLine: "athletes", Athletes,
        "key slug name given_name family_name name_order sort_name gender born died birth_place height_cm weight_kg \
         source*";
    AthleteNameLine: "athlete_names", Athletes, "athlete* name kind language";
    EntryLine: "entries", Editions, "EDITION athlete* team=team_name nation* bib status source*";
    EntryMemberLine: "entry_members", Teams, "TEAM athlete* OWN_NATION role competed MEDAL position";
    ResultLine: "results", Editions,
        "EDITION COMPETITOR PHASE rank tied=rank_tied mark=mark_text mark_kind irm irm_code qualified lane timing status source*";
    MedalAwardLine: "medal_awards", Editions,
        "EDITION COMPETITOR medal status won_on valid_from valid_to ended_by reason REPLACES source*";
    RecordMarkLine: "record_marks", Whole,
        "event* distance_mm kind sequence mark=mark_text athlete* RECORD_TEAM nation* games* RECORD_VARIANT set_on phase \
         equalled ratification source*";
    QualificationRuleLine: "qualification_rules", Whole, "EDITION sequence basis top_ranked places_per_nation places source*";
    QuotaPlaceLine: "quota_places", Whole, "EDITION nation* places kind basis counterpart* source*";
    PreviewNoteLine: "preview_notes", Whole, "EDITION sequence role athlete* text=body source*";
    NarrativeLine: "narratives", Whole, "key ABOUT family* section sequence language body source*";
    ExternalIdLine: "external_ids", Athletes, "games* nation* event* athlete* scheme value";
    SlugHistoryLine: "slug_history", Whole, "SUBJECT old_slug";
}
