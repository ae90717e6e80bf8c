//! `Medalist`: athletes ranked by medals.

use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use futures_util::FutureExt;
use podium_entity::athlete;
use uuid::Uuid;

use crate::cursor::{self, Key, Kind};
use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::connection::{Count, Edge, Paged};
use crate::graph::list_size;
use crate::graph::medal_award::MedalFilter;
use crate::graph::medal_count::Colours;
use crate::graph::medal_table::{MedalRanking, TieRanking};
use crate::graph::nation::Nation;
use crate::load::Load;
use crate::load::medal::Scope;
use crate::load::medalist::{AthleteTallies, AthleteTally, NationsOfMedalist};
use crate::page::{DEFAULT_PAGE, MAXIMUM_PAGE, PageArgs};
use crate::rules::programme::span_text;
use crate::rules::ranking::{By, Rank, Tally, ranks};

/// An athlete ranked by medals.
#[derive(Description, Clone)]
pub(crate) struct Medalist {
    rank: Rank,
    tally: AthleteTally,
    scope: Scope,
    filter: MedalFilter,
}

#[Object(use_type_description)]
impl Medalist {
    /// The place.
    async fn rank(&self) -> i32 {
        self.rank.rank
    }

    /// The place as printed: `1`, or `=2` when shared.
    async fn rank_text(&self) -> String {
        self.rank.text()
    }

    /// Whether the place is shared.
    async fn tied(&self) -> bool {
        self.rank.tied
    }

    /// The athlete.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Athlete> {
        Ok(Athlete(ctx.loads().row::<athlete::Entity>(self.tally.athlete_id).await?))
    }

    /// The nations that these medals were won for, by code.
    #[graphql(directive = list_size::Bound::apply(5))]
    async fn nations(&self, ctx: &Context<'_>) -> Result<Vec<Nation>> {
        let key = NationsOfMedalist { scope: self.scope, filter: self.filter.clone(), athlete: self.tally.athlete_id };
        Ok(ctx.loads().all(key).await?.into_iter().map(Nation).collect())
    }

    /// The Games of the first and of the last of these medals: `1968–1976`, or `2012` for a single one.
    async fn span(&self) -> String {
        span_text((self.tally.first_year, self.tally.last_year))
    }

    /// The year of the Games of the first of these medals.
    async fn first_year(&self) -> i32 {
        self.tally.first_year
    }

    /// The year of the Games of the last of these medals.
    async fn last_year(&self) -> i32 {
        self.tally.last_year
    }

    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.tally.tally)
    }
}

impl Medalist {
    /// The athletes with at least so many medals within a scope, best first; equals by family name.
    pub(crate) async fn ranked(
        ctx: &Context<'_>,
        scope: Scope,
        filter: Option<MedalFilter>,
        minimum: i32,
        (ranking, ties): (MedalRanking, TieRanking),
    ) -> Result<Vec<Self>> {
        if minimum < 1 {
            return Err(Error::bad_input(format!("`minMedals` is {minimum}, but must be at least 1.")));
        }
        let (filter, by) = (filter.unwrap_or_default(), By::from(ranking));
        let mut tallies = ctx.loads().all(AthleteTallies { scope, filter: filter.clone(), minimum }).await?;
        tallies.sort_by_cached_key(|tally| (by.key(tally.tally), tally.sort_fold.clone(), tally.athlete_id));
        let sorted: Vec<Tally> = tallies.iter().map(|tally| tally.tally).collect();
        let ranks = ranks(&sorted, by, ties.into());
        let ranked = ranks.into_iter().zip(tallies).map(|(rank, tally)| Self { rank, tally, scope, filter: filter.clone() });
        Ok(ranked.collect())
    }

    /// A page of a ranking. The ranking is made whole, since a rank depends on all before it.
    pub(crate) fn page(ranking: &[Self], by: MedalRanking, args: &PageArgs) -> Result<Paged<Self>> {
        let extent = args.extent(DEFAULT_PAGE, MAXIMUM_PAGE)?;
        let by = By::from(by);
        let place = |medalist: &Self| (by.key(medalist.tally.tally), medalist.tally.sort_fold.clone(), medalist.tally.athlete_id);
        let total = i32::try_from(ranking.len()).unwrap_or(i32::MAX);
        let after = args.after.as_deref().map(decode).transpose()?.map(|(tally, name, id)| (by.key(tally), name, id));
        let before = args.before.as_deref().map(decode).transpose()?.map(|(tally, name, id)| (by.key(tally), name, id));
        let start = after.as_ref().map_or(0, |cursor| ranking.partition_point(|medalist| place(medalist) <= *cursor));
        let end = before.as_ref().map_or(ranking.len(), |cursor| ranking.partition_point(|medalist| place(medalist) < *cursor)).max(start);
        let count = (extent.count.cast_unsigned() as usize).min(end - start);
        let (start, end) = if extent.from_end { (end - count, end) } else { (start, start + count) };
        let edges = ranking[start..end].iter().map(|medalist| Edge { cursor: encode(&medalist.tally), node: medalist.clone() }).collect();
        let count: Count = Arc::new(move |_| std::future::ready(Ok(total)).boxed());
        Ok(Paged { edges, has_previous_page: start > 0, has_next_page: end < ranking.len(), count })
    }
}

const ORDER: &str = "medals";
const KINDS: [Kind; 5] = [Kind::Int, Kind::Int, Kind::Int, Kind::Text, Kind::Id];

fn encode(tally: &AthleteTally) -> String {
    let Tally { gold, silver, bronze } = tally.tally;
    let [gold, silver, bronze] = [gold, silver, bronze].map(|count| Key::Int(count.into()));
    cursor::encode(ORDER, &[gold, silver, bronze, Key::Text(tally.sort_fold.clone()), Key::Id(tally.athlete_id)])
}

fn decode(cursor: &str) -> Result<(Tally, String, Uuid)> {
    let count = |number: &i64| i32::try_from(*number).unwrap_or_default();
    match &cursor::decode(ORDER, &KINDS, cursor)?[..] {
        [Key::Int(gold), Key::Int(silver), Key::Int(bronze), Key::Text(name), Key::Id(id)] => {
            Ok((Tally { gold: count(gold), silver: count(silver), bronze: count(bronze) }, name.clone(), *id))
        }
        _ => Err(Error::Inconsistent("a cursor of other kinds than it was read as")),
    }
}
