//! `Medalist`: athletes ranked by medals.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
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

/// Athletes ranked by medals, best first; equals by family name. It is made whole, since a rank depends on all before it.
pub(crate) struct Ranking {
    tallies: Vec<AthleteTally>,
    ranks: Vec<Rank>,
    by: By,
    scope: Scope,
    filter: MedalFilter,
}

impl Ranking {
    /// The athletes with at least so many medals within a scope.
    pub(crate) async fn of(
        ctx: &Context<'_>,
        scope: Scope,
        filter: Option<MedalFilter>,
        minimum: i32,
        (ranking, ties): (MedalRanking, TieRanking),
    ) -> Result<Self> {
        if minimum < 1 {
            return Err(Error::bad_input(format!("`minMedals` is {minimum}, but must be at least 1.")));
        }
        let (filter, by) = (filter.unwrap_or_default(), By::from(ranking));
        let mut tallies = ctx.loads().all(AthleteTallies { scope, filter: filter.clone(), minimum }).await?;
        tallies.sort_unstable_by(|one, other| place(by, one).cmp(&place(by, other)));
        let sorted: Vec<Tally> = tallies.iter().map(|tally| tally.tally).collect();
        let ranks = ranks(&sorted, by, ties.into());
        Ok(Self { tallies, ranks, by, scope, filter })
    }

    /// So many of the best.
    pub(crate) fn top(self, count: usize) -> Vec<Medalist> {
        self.medalists(0..self.tallies.len().min(count)).collect()
    }

    /// A page of them.
    pub(crate) fn page(self, args: &PageArgs) -> Result<Paged<Medalist>> {
        let extent = args.extent(DEFAULT_PAGE, MAXIMUM_PAGE)?;
        let all = self.tallies.len();
        let total = i32::try_from(all).unwrap_or(i32::MAX);
        let (after, before) = (args.after.as_deref().map(decode).transpose()?, args.before.as_deref().map(decode).transpose()?);
        let until = |(tally, name, id): (Tally, String, Uuid), is_passed: fn(Ordering) -> bool| {
            let cursor = (self.by.key(tally), name.as_str(), id);
            self.tallies.partition_point(|tally| is_passed(place(self.by, tally).cmp(&cursor)))
        };
        let start = after.map_or(0, |cursor| until(cursor, Ordering::is_le));
        let end = before.map_or(all, |cursor| until(cursor, Ordering::is_lt)).max(start);
        let count = (extent.count.cast_unsigned() as usize).min(end - start);
        let (start, end) = if extent.from_end { (end - count, end) } else { (start, start + count) };
        let edges = self.medalists(start..end).map(|node| Edge { cursor: encode(&node.tally), node }).collect();
        let count: Count = Arc::new(move |_| std::future::ready(Ok(total)).boxed());
        Ok(Paged { edges, has_previous_page: start > 0, has_next_page: end < all, count })
    }

    fn medalists(&self, places: Range<usize>) -> impl Iterator<Item = Medalist> {
        let shown = self.ranks[places.clone()].iter().zip(&self.tallies[places]);
        shown.map(|(rank, tally)| Medalist { rank: *rank, tally: tally.clone(), scope: self.scope, filter: self.filter.clone() })
    }
}

/// Where an athlete stands: the best first, equals by family name.
fn place(by: By, tally: &AthleteTally) -> (Reverse<(i32, i32, i32)>, &str, Uuid) {
    (by.key(tally.tally), &tally.sort_fold, tally.athlete_id)
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
