//! `Nation`: the team of a National Olympic Committee.

use std::sync::Arc;

use async_graphql::{Context, Description, Enum, ID, Object};
use podium_entity::{games, lineage, medal_award, nation};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::athlete::Athletes;
use crate::graph::cost::{COUNTING, cost};
use crate::graph::delegation::Delegation;
use crate::graph::external_id::ExternalId;
use crate::graph::filter::medals::{MedalAwardOrder, MedalFilter};
use crate::graph::filter::{by_criteria, filtered_page};
use crate::graph::games::{Games, Season};
use crate::graph::host_effect::HostEffect;
use crate::graph::lineage::Lineage;
use crate::graph::list_size;
use crate::graph::medal_award::MedalAward;
use crate::graph::medal_count::MedalCount;
use crate::graph::node::{NodeType, global_id};
use crate::load::games::GamesOfNation;
use crate::load::medal_award::AwardList;
use crate::load::narrative::ExternalIdsOfNation;
use crate::load::nation::{LineagesOfNation, NationByCode, RelationsFrom, RelationsTo};
use crate::loader::LoaderContext;
use crate::page::args::{DEFAULT_PAGE, PageArgs};
use crate::page::connection::Paged;
use crate::question::athletes::AthletesOf;
use crate::question::medals::MedalCriteria;
use crate::question::scope::{Scope, ScopeKind};
use crate::question::slug::SlugKind;

/// The team of a National Olympic Committee under one code: a country, a territory, a joint team of several nations, or athletes
/// without a national flag. It is not a citizenship.
#[derive(Description)]
pub(crate) struct Nation(pub(crate) Arc<nation::Model>);

/// The kind of team that a nation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "nation::NationKind")]
pub(crate) enum NationKind {
    /// A state that exists today.
    Country,
    /// A territory with its own National Olympic Committee, such as Puerto Rico.
    Territory,
    /// A state that no longer exists.
    Historic,
    /// A joint team of several states, such as the Unified Team of 1992.
    JointTeam,
    /// Athletes under a neutral flag.
    Neutral,
    /// A team of refugees.
    Refugee,
    /// Teams with members from several nations, mostly before 1906.
    Mixed,
    /// Not known.
    Unknown,
}

#[Object(use_type_description)]
impl Nation {
    /// The global id, the same in every copy of Podium.
    pub(crate) async fn id(&self) -> ID {
        global_id(NodeType::Nation, self.0.id)
    }

    /// The readable identifier for lookups: the code, or `ROC@1912` when another team has reused the code.
    pub(crate) async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The three-letter code of the International Olympic Committee; not the ISO code.
    #[graphql(shareable)]
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// The short English name.
    pub(crate) async fn name(&self) -> &str {
        &self.0.name
    }

    /// The formal name; null when not recorded.
    async fn official_name(&self) -> Option<&str> {
        self.0.official_name.as_deref()
    }

    /// The kind of team.
    async fn kind(&self) -> NationKind {
        self.0.kind.into()
    }

    /// The two-letter ISO 3166 code, for a flag; null when there is no such country.
    async fn iso2(&self) -> Option<&str> {
        self.0.iso2.as_deref()
    }

    /// The three-letter ISO 3166 code; null when there is no such country.
    async fn iso3(&self) -> Option<&str> {
        self.0.iso3.as_deref()
    }

    /// The first year under this code; null where it is not recorded.
    async fn first_year(&self) -> Option<i32> {
        self.0.valid_from
    }

    /// The last year under this code; null while it is in use.
    async fn last_year(&self) -> Option<i32> {
        self.0.valid_to
    }

    /// The identifiers of this nation in other data sets.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn external_ids(&self, ctx: &Context<'_>) -> Result<Vec<ExternalId>> {
        Ok(ctx.loader().get_or_default(ExternalIdsOfNation(self.0.id)).await?.into_iter().map(ExternalId::from).collect())
    }

    /// The lineages that count this nation together with others.
    #[graphql(directive = list_size::Bound::apply(5))]
    async fn lineages(&self, ctx: &Context<'_>) -> Result<Vec<Lineage>> {
        let memberships = ctx.loader().get_or_default(LineagesOfNation(self.0.id)).await?;
        let mut lineages = ctx.loader().rows::<lineage::Entity>(memberships.iter().map(|membership| membership.lineage_id)).await?;
        lineages.sort_by(|one, other| one.slug.cmp(&other.slug));
        Ok(lineages.into_iter().map(Lineage).collect())
    }

    /// The predecessors of this nation, through a split, a merger, a union or a change of name; sorted by code.
    #[graphql(directive = list_size::Bound::apply(10))]
    async fn predecessors(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let relations = ctx.loader().get_or_default(RelationsTo(self.0.id)).await?;
        Self::rows(ctx, relations.into_iter().map(|relation| relation.from_id)).await
    }

    /// The successors of this nation, sorted by code.
    #[graphql(directive = list_size::Bound::apply(20))]
    async fn successors(&self, ctx: &Context<'_>) -> Result<Vec<Self>> {
        let relations = ctx.loader().get_or_default(RelationsFrom(self.0.id)).await?;
        Self::rows(ctx, relations.into_iter().map(|relation| relation.to_id)).await
    }

    /// The Games that the nation took part in, oldest first. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn games(&self, ctx: &Context<'_>) -> Result<Vec<Games>> {
        Ok(ctx.loader().get_or_default(GamesOfNation(self.0.id)).await?.into_iter().map(Games).collect())
    }

    /// The teams that the nation sent to Games, with their medals; oldest first. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(60))]
    async fn delegations(&self, ctx: &Context<'_>) -> Result<Vec<Delegation>> {
        Delegation::of_nation(ctx, &self.0).await
    }

    /// The number of Games that the nation took part in. Only loaded data counts.
    async fn games_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Count only Games of one of these seasons.")] season: Option<Vec<Season>>,
    ) -> Result<i32> {
        let seasons = season.map(|seasons| seasons.into_iter().map(Into::into).collect::<Vec<games::Season>>());
        let games = ctx.loader().get_or_default(GamesOfNation(self.0.id)).await?;
        let counted = games.iter().filter(|games| seasons.as_ref().is_none_or(|seasons| seasons.contains(&games.season)));
        Ok(i32::try_from(counted.count()).unwrap_or(i32::MAX))
    }

    /// The number of medals that the nation won. A team medal counts once.
    async fn medal_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<MedalCount> {
        MedalCount::of(ctx, Scope::of(ScopeKind::Nation, self.0.id), filter).await
    }

    /// The nation's medal awards. By default, newest Games first, then by event, then gold, silver, bronze.
    #[graphql(directive = list_size::Page::apply(DEFAULT_PAGE))]
    async fn medal_awards(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to list; by default, official Olympic medals.")] filter: Option<MedalFilter>,
        #[graphql(desc = "The sort order of the list.")] order_by: Option<MedalAwardOrder>,
        #[graphql(desc = "The number of items from the start of the list; 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "The number of items from the end of the list, instead of `first`; at most 100.")] last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Paged<MedalAward>> {
        let list = |criteria| AwardList::new(ScopeKind::Nation, criteria, order_by.map(Into::into));
        filtered_page(ctx, filter, list, Some(self.0.id), PageArgs { first, after, last, before }, MedalAward).await
    }

    /// The nation's first medals of each colour: gold, silver, bronze. There are several of one colour where they were won on the same day. Where
    /// the day of some is unknown, each that may be the first is included, up to 100 medals. Only loaded data is included.
    #[graphql(directive = list_size::Bound::apply(100), directive = cost::apply(COUNTING))]
    async fn firsts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to consider; by default, official Olympic medals.")] filter: Option<MedalFilter>,
    ) -> Result<Vec<MedalAward>> {
        let scope = Scope::of(ScopeKind::Nation, self.0.id);
        by_criteria(ctx, filter, move |criteria| MedalAward::firsts(ctx, scope, criteria)).await
    }

    /// The nation's first gold medal; null when it has none. If several could be the first, it is the first of them by event. Only
    /// loaded data is included.
    #[graphql(directive = cost::apply(COUNTING))]
    async fn first_gold(&self, ctx: &Context<'_>) -> Result<Option<MedalAward>> {
        let golds = MedalCriteria { medal: Some(vec![medal_award::Medal::Gold]), ..MedalCriteria::held_today(ctx.today()) };
        let firsts = MedalAward::firsts(ctx, Scope::of(ScopeKind::Nation, self.0.id), golds).await?;
        Ok(firsts.into_iter().next())
    }

    /// The nation's medals at each Games that it hosted, beside those at the Games before and after, oldest first.
    #[graphql(directive = list_size::Bound::apply(10), directive = cost::apply(COUNTING))]
    async fn host_effect(&self, ctx: &Context<'_>) -> Result<Vec<HostEffect>> {
        HostEffect::of_nation(ctx, self.0.id).await
    }

    #[graphql(flatten)]
    async fn athletes(&self) -> Athletes {
        Athletes { of: AthletesOf::Nation, parent: Some(self.0.id) }
    }
}

impl Nation {
    /// The nation with this slug, or the nation that used this code in a year; the most recent one when no year is given.
    pub(crate) async fn by_code(ctx: &Context<'_>, code: String, year: Option<i32>) -> Result<Option<Self>> {
        SlugKind::Nation.check(&code)?;
        match (code.contains('@'), year) {
            (true, Some(_)) => Err(Error::bad_input("Give a slug with a year in it, or a code and a `year`, not both.")),
            (true, None) => match Self::by_slug(ctx, code.clone()).await? {
                None => Self::in_year(ctx, &code).await,
                found => Ok(found),
            },
            (false, year) => match ctx.loader().get(NationByCode { code: code.clone(), year }).await? {
                None if year.is_none() => Self::by_slug(ctx, code).await,
                found => Ok(found.map(Self)),
            },
        }
    }

    /// The nation with this slug.
    pub(crate) async fn by_slug(ctx: &Context<'_>, slug: String) -> Result<Option<Self>> {
        SlugKind::Nation.check(&slug)?;
        Ok(ctx.loader().by_slug::<nation::Entity>(slug).await?.map(Self))
    }

    /// The nation that a code with a year means, such as `ROC@1972`, when its slug has another year.
    async fn in_year(ctx: &Context<'_>, slug: &str) -> Result<Option<Self>> {
        let Some((code, year)) = slug.split_once('@') else { return Ok(None) };
        let key = NationByCode { code: code.to_owned(), year: year.parse().ok() };
        Ok(ctx.loader().get(key).await?.map(Self))
    }

    /// The nations with these ids.
    async fn rows(ctx: &Context<'_>, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Self>> {
        let mut seen: Vec<Uuid> = Vec::new();
        ids.for_each(|id| {
            if !seen.contains(&id) {
                seen.push(id);
            }
        });
        let rows = ctx.loader().rows::<nation::Entity>(seen).await?;
        let mut nations: Vec<Self> = rows.into_iter().map(Self).collect();
        nations.sort_by(|one, other| one.0.slug.cmp(&other.0.slug));
        Ok(nations)
    }
}
