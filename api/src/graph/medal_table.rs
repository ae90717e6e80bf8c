//! `MedalTable`: nations ranked by medals, over any scope.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_graphql::{Context, Description, Enum, InputObject, Object};
use futures_util::FutureExt;
use futures_util::future::try_join_all;
use podium_entity::{games, lineage, nation};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::graph::cost::{COUNTING, cost};
use crate::graph::filter::by_criteria;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::games::Games;
use crate::graph::lineage::Lineage;
use crate::graph::list_size;
use crate::graph::medal_count::Colours;
use crate::graph::nation::Nation;
use crate::load::coverage::{IsComplete, MissingGames, NationsPresent, Present};
use crate::load::medal_tally::{NationTallies, NationTally};
use crate::load::nation::{EveryLineage, MembersOfLineage};
use crate::loader::LoaderContext;
use crate::page::args::from_the_top;
use crate::question::medals::MedalCriteria;
use crate::question::scope::Scope;
use crate::question::slug::SlugKind;
use crate::rules::chronology::chronology;
use crate::rules::ranking::{By, Rank, Tally, Ties, ranks};

/// The `medalTable` field, shared by all types with medals.
#[derive(Description)]
pub(crate) struct MedalTables(pub(crate) Scope);

/// What decides a ranking by medals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "By")]
pub(crate) enum MedalRanking {
    /// Most gold medals first, then most silver, then most bronze.
    GoldFirst,
    /// Most medals first, regardless of colour.
    Total,
}

/// How tied ranks are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Ties")]
pub(crate) enum TieRanking {
    /// Competition ranking: ties share a rank and the next ranks are skipped: 1 2 2 4.
    Competition,
    /// Dense ranking: ties share a rank and no rank is skipped: 1 2 2 3.
    Dense,
    /// Ordinal ranking: ties do not share a rank: 1 2 3 4.
    Ordinal,
}

/// The choices of a medal table as one input, so that a client can keep them in one variable.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MedalTableOptions {
    /// Rank by gold medals first, or by the total.
    ranking: Option<MedalRanking>,
    /// How tied ranks are numbered.
    ties: Option<TieRanking>,
    /// Count each of these lineages, by slug, as one nation; no two share a nation.
    lineages: Option<Vec<String>>,
    /// Include nations that took part in the Games concerned but won no medal.
    include_zero: Option<bool>,
}

#[Object(use_type_description)]
impl MedalTables {
    /// The nations, ranked by the medals won here. A team medal counts once. A vacant medal counts for no nation.
    #[graphql(directive = cost::apply(COUNTING))]
    async fn medal_table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which medals to count; by default, official Olympic medals.")] filter: Option<MedalFilter>,
        #[graphql(desc = "Rank by gold medals first, or by the total.", default_with = "MedalRanking::GoldFirst")] ranking: MedalRanking,
        #[graphql(desc = "How tied ranks are numbered.", default_with = "TieRanking::Competition")] ties: TieRanking,
        #[graphql(desc = "Count each of these lineages, by slug, as one nation; no two share a nation.")] lineages: Option<Vec<String>>,
        #[graphql(desc = "Include nations that took part in the Games concerned but won no medal.", default = false)] include_zero: bool,
        #[graphql(desc = "The choices as one input. A choice given here overrides the argument of the same name.")] options: Option<
            MedalTableOptions,
        >,
    ) -> Result<MedalTable> {
        let options = options.unwrap_or_default();
        let (ranking, ties) = (options.ranking.unwrap_or(ranking), options.ties.unwrap_or(ties));
        // The counts and totals are of nations with medals.
        let include_zero = options.include_zero.unwrap_or(include_zero) && ctx.look_ahead().field("rows").exists();
        let lineages = options.lineages.or(lineages).unwrap_or_default();
        // `complete` alone needs no medals.
        let asks_for_medals =
            ["rows", "nationCount", "gold", "silver", "bronze", "total"].iter().any(|field| ctx.look_ahead().field(field).exists());
        let scope = self.0;
        let loading = async move {
            let merges = &merges(ctx, lineages).await?;
            let table = |criteria: MedalCriteria| async move {
                let tallies = if asks_for_medals { tallies(ctx, scope, &criteria, include_zero).await? } else { Vec::new() };
                Ok(MedalTable { scope, criteria, lines: merge(tallies, merges), by: ranking.into(), ties: ties.into() })
            };
            by_criteria(ctx, filter, table).await
        };
        loading.boxed().await
    }
}

/// The medals of each nation; with `include_zero`, also of those that took part and won none.
async fn tallies(ctx: &Context<'_>, scope: Scope, criteria: &MedalCriteria, include_zero: bool) -> Result<Vec<NationTally>> {
    let mut tallies = ctx.loader().get_or_default(NationTallies { scope, criteria: criteria.clone() }).await?;
    if include_zero {
        let present = ctx.loader().get_or_default(NationsPresent { scope, criteria: criteria.clone() }).await?;
        let with_medals: HashSet<Uuid> = tallies.iter().map(|tally| tally.nation_id).collect();
        let without = present.into_iter().filter(|nation| !with_medals.contains(&nation.nation_id));
        tallies.extend(without.map(|Present { nation_id, is_ranked }| NationTally { nation_id, tally: Tally::default(), is_ranked }));
    }
    Ok(tallies)
}

/// A medal table: nations ranked by medals, with the totals of all rows.
#[derive(Description)]
pub(crate) struct MedalTable {
    scope: Scope,
    criteria: MedalCriteria,
    lines: Vec<Line>,
    by: By,
    ties: Ties,
}

#[Object(use_type_description)]
impl MedalTable {
    /// Whether the table is certain to be complete: all data that it could draw on is loaded.
    async fn complete(&self, ctx: &Context<'_>) -> Result<bool> {
        ctx.loader().get_or_default(IsComplete { scope: self.scope, criteria: self.criteria.clone() }).await
    }

    /// The Games whose medals belong in this table but are not loaded, or only in part; oldest first.
    #[graphql(directive = list_size::Bound::apply(70))]
    async fn missing(&self, ctx: &Context<'_>) -> Result<Vec<Games>> {
        let ids = ctx.loader().get_or_default(MissingGames { scope: self.scope, criteria: self.criteria.clone() }).await?;
        let mut games = ctx.loader().rows::<games::Entity>(ids).await?;
        games.sort_by_key(|games| chronology(games));
        Ok(games.into_iter().map(Games).collect())
    }

    /// The rows, best first. Ties are listed by name, and unranked nations come last.
    #[graphql(directive = list_size::First::apply(200))]
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Return only this many rows from the top.")] first: Option<i32>,
    ) -> Result<Vec<MedalTableRow>> {
        let first = from_the_top(first)?;
        let standings = standings(ctx, &self.lines).await?;
        let mut rows = rank(standings, self.by, self.ties);
        rows.truncate(first);
        Ok(rows)
    }

    /// The number of rows with at least one medal.
    async fn nation_count(&self) -> usize {
        self.lines.iter().filter(|line| line.tally.total() > 0).count()
    }

    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.lines.iter().fold(Tally::default(), |sum, line| sum.plus(line.tally)))
    }
}

/// A row of a medal table: one nation, or several counted as one.
#[derive(Description)]
pub(crate) struct MedalTableRow {
    rank: Option<Rank>,
    standing: UnrankedRow,
}

#[Object(use_type_description)]
impl MedalTableRow {
    /// The rank; null for unranked nations.
    async fn rank(&self) -> Option<i32> {
        self.rank.map(|rank| rank.rank)
    }

    /// The rank as printed: `1`, or `=2` when shared; null for unranked nations.
    async fn rank_text(&self) -> Option<String> {
        self.rank.map(Rank::text)
    }

    /// Whether the rank is shared.
    async fn tied(&self) -> bool {
        self.rank.is_some_and(|rank| rank.tied)
    }

    /// Whether the nation is ranked. Individual neutral athletes are not.
    async fn ranked(&self) -> bool {
        self.rank.is_some()
    }

    /// The nation, or the nation that a lineage is shown as.
    async fn nation(&self) -> Nation {
        Nation(self.standing.nation.clone())
    }

    /// The lineage that this row merges; null for a single nation.
    async fn lineage(&self) -> Option<Lineage> {
        self.standing.lineage.clone().map(Lineage)
    }

    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.standing.tally)
    }
}

/// A row before it has a rank.
struct UnrankedRow {
    nation: Arc<nation::Model>,
    lineage: Option<Arc<lineage::Model>>,
    tally: Tally,
    is_ranked: bool,
}

/// The lineage that each nation is counted in.
type Merges = HashMap<Uuid, Arc<lineage::Model>>;

/// The requested lineages, which must exist and not share a nation.
async fn merges(ctx: &Context<'_>, slugs: Vec<String>) -> Result<Merges> {
    let mut merges = Merges::new();
    if slugs.is_empty() {
        return Ok(merges);
    }
    slugs.iter().try_for_each(|slug| SlugKind::Lineage.check(slug))?;
    let every = ctx.loader().get_or_default(EveryLineage).await?;
    let named = every.iter().filter(|lineage| slugs.contains(&lineage.slug));
    let members = try_join_all(named.map(|lineage| ctx.loader().get_or_default(MembersOfLineage(lineage.id)))).await?;
    let mut merged: Vec<String> = Vec::new();
    for slug in slugs {
        if merged.contains(&slug) {
            continue;
        }
        let known = || every.iter().map(|lineage| lineage.slug.as_str()).collect::<Vec<_>>().join(", ");
        let lineage = every.iter().find(|lineage| lineage.slug == slug);
        let lineage = lineage.ok_or_else(|| Error::bad_input(format!("There is no lineage `{slug}`; there are {}.", known())))?;
        for member in members.iter().flatten().filter(|member| member.lineage_id == lineage.id) {
            if let Some(other) = merges.insert(member.nation_id, lineage.clone()) {
                return Err(Error::bad_input(format!("The lineages `{}` and `{slug}` share a nation; give only one of them.", other.slug)));
            }
        }
        merged.push(slug);
    }
    Ok(merges)
}

/// The subject of a row: a nation or a lineage.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Holder {
    Nation(Uuid),
    Lineage(Uuid),
}

/// A row before it has a name and a rank.
struct Line {
    nation_id: Uuid,
    lineage: Option<Arc<lineage::Model>>,
    tally: Tally,
    is_ranked: bool,
}

/// The medals of each row, lineages added up.
fn merge(tallies: Vec<NationTally>, merges: &Merges) -> Vec<Line> {
    let mut lines: HashMap<Holder, Line> = HashMap::new();
    for NationTally { nation_id, tally, is_ranked } in tallies {
        let lineage = merges.get(&nation_id);
        let holder = lineage.map_or(Holder::Nation(nation_id), |lineage| Holder::Lineage(lineage.id));
        let line = lines.entry(holder).or_insert_with(|| Line {
            nation_id: lineage.map_or(nation_id, |lineage| lineage.display_nation_id),
            lineage: lineage.cloned(),
            tally: Tally::default(),
            is_ranked: false,
        });
        line.tally = line.tally.plus(tally);
        line.is_ranked |= is_ranked;
    }
    lines.into_values().collect()
}

async fn standings(ctx: &Context<'_>, lines: &[Line]) -> Result<Vec<UnrankedRow>> {
    let nations = ctx.loader().rows::<nation::Entity>(lines.iter().map(|line| line.nation_id)).await?;
    let standing = |(nation, line): (Arc<nation::Model>, &Line)| {
        let Line { lineage, tally, is_ranked, .. } = line;
        UnrankedRow { nation, lineage: lineage.clone(), tally: *tally, is_ranked: *is_ranked }
    };
    Ok(nations.into_iter().zip(lines).map(standing).collect())
}

/// Ranked rows best first, ties by name and code; then the unranked rows.
fn rank(mut standings: Vec<UnrankedRow>, by: By, ties: Ties) -> Vec<MedalTableRow> {
    standings.sort_by_cached_key(|row| (!row.is_ranked, by.key(row.tally), row.nation.name_fold.clone(), row.nation.slug.clone()));
    let tallies: Vec<Tally> = standings.iter().filter(|row| row.is_ranked).map(|row| row.tally).collect();
    let mut ranks = ranks(&tallies, by, ties).into_iter();
    standings.into_iter().map(|standing| MedalTableRow { rank: ranks.next(), standing }).collect()
}
