//! `Athlete`, and the lists of athletes.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object, SimpleObject};
use podium_entity::{athlete, athlete_career, athlete_name};
use uuid::Uuid;

use crate::error::Result;
use crate::graph::entry::Entry;
use crate::graph::event_result::EventResult;
use crate::graph::external_id::ExternalId;
use crate::graph::filter::athletes::{AthleteFilter, AthleteOrder};
use crate::graph::filter::entries::AthleteEntryFilter;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::filter::results::AthleteResultFilter;
use crate::graph::filter::{by_criteria, filtered_page};
use crate::graph::games::Games;
use crate::graph::list_size;
use crate::graph::medal_award::MedalAward;
use crate::graph::medal_count::MedalCount;
use crate::graph::nation::Nation;
use crate::graph::node::{NodeType, global_id};
use crate::graph::partial_date::PartialDate;
use crate::load::athlete::{AthleteList, NamesOfAthlete};
use crate::load::games::GamesOfAthlete;
use crate::load::medal_award::AwardsOfAthlete;
use crate::load::narrative::ExternalIdsOfAthlete;
use crate::load::nation::NationsOfAthlete;
use crate::load::phonetic::OnlyAthleteNamed;
use crate::load::result::{EntriesOfAthlete, ResultsOfAthlete};
use crate::loader::{ById, LoaderContext};
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::page::{PageRequest, wants_rows};
use crate::question::athletes::AthletesOf;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;

/// A person who took part in the Games, or was expected to.
#[derive(Description)]
pub(crate) struct Athlete(pub(crate) Arc<athlete::Model>);

/// The order of an athlete's given name and family name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "athlete::NameOrder")]
pub(crate) enum NameOrder {
    /// Given name first, as in Bradley Wiggins.
    GivenFirst,
    /// Family name first, as in Wang Yan.
    FamilyFirst,
    /// A single name, as in Marta.
    Mononym,
}

/// The gender category that an athlete competed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "athlete::Gender")]
pub(crate) enum Gender {
    /// Men's events.
    Male,
    /// Women's events.
    Female,
    /// Not recorded.
    Unknown,
}

#[Object(use_type_description)]
impl Athlete {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Athlete, self.0.id)
    }

    /// The readable identifier for lookups: `bradley-wiggins`. When athletes share a name, the year of birth is appended.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as usually printed, with its parts in the athlete's own order.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The athlete alone, since a competitor can also be a team.
    #[graphql(directive = list_size::Bound::apply(1))]
    pub(crate) async fn athletes(&self) -> Vec<Athlete> {
        vec![Self(self.0.clone())]
    }

    /// The given name; null when the parts of the name are not known.
    async fn given_name(&self) -> Option<&str> {
        self.0.given_name.as_deref()
    }

    /// The family name with its particles; null when the athlete has none or the parts of the name are not known.
    async fn family_name(&self) -> Option<&str> {
        self.0.family_name.as_deref()
    }

    /// The order of the given name and the family name.
    async fn name_order(&self) -> NameOrder {
        self.0.name_order.into()
    }

    /// The name in index form: `Wiggins, Bradley`. Lists sorted by name use this form and ignore case and accents.
    async fn sort_name(&self) -> &str {
        &self.0.sort_name
    }

    /// Other forms of the name.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<AthleteName>> {
        Ok(ctx.loader().get_or_default(NamesOfAthlete(self.0.id)).await?.into_iter().map(Into::into).collect())
    }

    /// The gender category that the athlete competed in.
    async fn gender(&self) -> Gender {
        self.0.gender.into()
    }

    /// The date of birth, as precise as it is known; null when unknown.
    async fn born(&self) -> Option<PartialDate> {
        PartialDate::stored(self.0.born.as_ref())
    }

    /// The date of death, as precise as it is known; null for living athletes and when unknown.
    async fn died(&self) -> Option<PartialDate> {
        PartialDate::stored(self.0.died.as_ref())
    }

    /// The place of birth; null when unknown.
    async fn birth_place(&self) -> Option<&str> {
        self.0.birth_place.as_deref()
    }

    /// The height in centimetres; null when unknown.
    async fn height_cm(&self) -> Option<i32> {
        self.0.height_cm
    }

    /// The weight in kilograms; null when unknown.
    async fn weight_kg(&self) -> Option<f64> {
        self.0.weight_kg
    }

    /// The nations that the athlete was entered for, in chronological order. There can be more than one.
    #[graphql(directive = list_size::Bound::apply(5))]
    async fn nations(&self, ctx: &Context<'_>) -> Result<Vec<Nation>> {
        Ok(ctx.loader().get_or_default(NationsOfAthlete(self.0.id)).await?.into_iter().map(Nation).collect())
    }

    /// The Games that the athlete was entered at, oldest first. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn games(&self, ctx: &Context<'_>) -> Result<Vec<Games>> {
        Ok(ctx.loader().get_or_default(GamesOfAthlete(self.0.id)).await?.into_iter().map(Games).collect())
    }

    /// The number of Games that the athlete was entered at. Only loaded data counts.
    async fn games_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let career = ctx.loader().get(ById::<athlete_career::Entity>::new(self.0.id)).await?;
        Ok(career.map_or(0, |career| career.games))
    }

    /// The number of medals that the athlete won, individually and in teams.
    async fn medal_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<MedalCount> {
        MedalCount::of(ctx, Scope::of(ScopeKind::Athlete, self.0.id), filter).await
    }

    /// The athlete's medals, individual and team: newest Games first, then by event.
    #[graphql(directive = list_size::Bound::apply(30))]
    async fn medals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to list; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<Vec<MedalAward>> {
        let awards = |criteria| ctx.loader().get_or_default(AwardsOfAthlete { athlete: self.0.id, criteria });
        Ok(by_criteria(ctx, filter, awards).await?.into_iter().map(MedalAward).collect())
    }

    /// The athlete's entries, individual and team: newest Games first, then by event.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only entries that match this filter.")] filter: Option<AthleteEntryFilter>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Entry>> {
        let list = |criteria| EntriesOfAthlete { criteria };
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, Entry).await
    }

    /// The athlete's overall results, individual and team: newest Games first, then by event. Annulled results are included only if
    /// the filter asks for them.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only results that match this filter.")] filter: Option<AthleteResultFilter>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<EventResult>> {
        let list = |criteria| ResultsOfAthlete { criteria };
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, EventResult).await
    }

    /// The identifiers of this athlete in other data sets.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        let other = ctx.loader().get_or_default(ExternalIdsOfAthlete(self.0.id)).await?.into_iter().map(ExternalId::from);
        let mut all: Vec<ExternalId> = other.chain(ExternalId::of_key(&self.0)).collect();
        all.sort();
        all.dedup();
        Ok(all)
    }
}

impl Athlete {
    /// The athlete with this slug, or the only one with the name that it spells.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Athlete.check(&slug)?;
        match ctx.loader().by_slug::<athlete::Entity>(slug.clone()).await? {
            Some(athlete) => Ok(Some(Self(athlete))),
            None => match ctx.loader().get(OnlyAthleteNamed(slug.replace('-', " "))).await? {
                Some(id) => Ok(Some(Self(ctx.loader().row::<athlete::Entity>(id).await?))),
                None => Ok(None),
            },
        }
    }

    /// The athletes with these ids, sorted by name.
    pub(crate) async fn rows(ctx: &Context<'_>, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Self>> {
        let rows = ctx.loader().rows::<athlete::Entity>(ids).await?;
        let mut athletes: Vec<Self> = rows.into_iter().map(Self).collect();
        athletes.sort_by(|one, other| (&one.0.sort_fold, one.0.id).cmp(&(&other.0.sort_fold, other.0.id)));
        Ok(athletes)
    }
}

/// Another form of an athlete's name.
#[derive(SimpleObject)]
pub(crate) struct AthleteName {
    /// The name.
    name: String,
    /// The kind of name.
    kind: AthleteNameKind,
}

/// The kind of an athlete's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "athlete_name::AthleteNameKind")]
pub(crate) enum AthleteNameKind {
    /// A name that the athlete used, now or in other years.
    Used,
    /// The full name.
    Full,
    /// The name at birth.
    Birth,
    /// The name taken on marriage.
    Married,
    /// The name in the script of the athlete's language.
    OriginalScript,
    /// A nickname.
    Nickname,
    /// The name as a source prints it.
    AsPrinted,
}

impl From<Arc<athlete_name::Model>> for AthleteName {
    fn from(row: Arc<athlete_name::Model>) -> Self {
        Self { name: row.name.clone(), kind: row.kind.into() }
    }
}

/// The `athletes` field, shared by all types with a list of athletes.
#[derive(Description)]
pub(crate) struct Athletes {
    pub(crate) of: AthletesOf,
    pub(crate) parent: Option<Uuid>,
}

#[Object(use_type_description)]
impl Athletes {
    /// Athletes, sorted by name by default.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn athletes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only athletes who match this filter within a single entry.")] filter: Option<AthleteFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<AthleteOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<Athlete>> {
        let (args, order) = (PageArgs { first, after, last, before }, order_by.map(Into::into));
        let page = async |criteria| {
            let mut list = AthleteList::new(self.of, criteria, order);
            // A count reads all who took part in any case.
            if let Some(are_few) = list.are_few().filter(|_| wants_rows(ctx)) {
                list = list.with_participations(ctx.loader().get_or_default(are_few).await?);
            }
            let counts_along = list.counts_along();
            let request = PageRequest::new(ctx, list, self.parent, &args)?;
            let request = if counts_along { request.counting_along() } else { request };
            request.page(ctx, Athlete).await
        };
        by_criteria(ctx, filter, page).await
    }
}
