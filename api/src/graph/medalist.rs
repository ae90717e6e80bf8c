//! `Medalist`: athletes ranked by medals.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;
use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use chrono::NaiveDate;
use futures_util::FutureExt;
use podium_entity::{athlete, key};
use uuid::Uuid;

use crate::error::{LoadError, Result};
use crate::graph::athlete::Athlete;
use crate::graph::filter::criteria;
use crate::graph::filter::medals::MedalFilter;
use crate::graph::list_size;
use crate::graph::medal_count::Colours;
use crate::graph::medal_table::{MedalRanking, TieRanking};
use crate::graph::nation::Nation;
use crate::load::medalist::{AthleteTallies, AthleteTally, CareerTallies, NamesOf, NamesOfMedalists, NationsOfMedalist};
use crate::loader::LoaderContext;
use crate::page::args::{DEFAULT_PAGE, MAXIMUM_PAGE, PageArgs, from_the_top};
use crate::page::connection::{Count, Edge, Paged};
use crate::page::cursor::{CursorOf, Key, Kind};
use crate::question::athletes::at_least_one;
use crate::question::medals::{AsOf, MedalCriteria, MedalistOrder, MedalistOrderField};
use crate::question::scope::Scope;
use crate::rules::event_history::span_text;
use crate::rules::ranking::{By, Rank, Tally, Ties, ranks};

/// An athlete in a ranking by medals.
#[derive(Description, Clone)]
pub(crate) struct Medalist {
    rank: Rank,
    tally: AthleteTally,
    scope: Scope,
    criteria: MedalCriteria,
}

#[Object(use_type_description)]
impl Medalist {
    /// The rank.
    async fn rank(&self) -> i32 {
        self.rank.rank
    }

    /// The rank as printed: `1`, or `=2` when shared.
    async fn rank_text(&self) -> String {
        self.rank.text()
    }

    /// Whether the rank is shared.
    async fn tied(&self) -> bool {
        self.rank.tied
    }

    /// The athlete.
    async fn athlete(&self, ctx: &Context<'_>) -> Result<Athlete> {
        Ok(Athlete(ctx.loader().row::<athlete::Entity>(self.tally.athlete_id).await?))
    }

    /// The nations for which these medals were won, sorted by code.
    #[graphql(directive = list_size::Bound::apply(5))]
    async fn nations(&self, ctx: &Context<'_>) -> Result<Vec<Nation>> {
        let key = NationsOfMedalist { scope: self.scope, criteria: self.criteria.clone(), athlete: self.tally.athlete_id };
        Ok(ctx.loader().get_or_default(key).await?.into_iter().map(Nation).collect())
    }

    /// The years of the Games of the first and last of these medals: `1968–1976`, or `2012` for a single Games.
    async fn span(&self) -> String {
        span_text((self.tally.first_year, self.tally.last_year))
    }

    /// The year of the Games at which the first of these medals was won.
    async fn first_year(&self) -> i32 {
        self.tally.first_year
    }

    /// The year of the Games at which the last of these medals was won.
    async fn last_year(&self) -> i32 {
        self.tally.last_year
    }

    #[graphql(flatten)]
    async fn colours(&self) -> Colours {
        Colours(self.tally.tally)
    }
}

/// Which athletes a ranking is about, and how they are ranked.
pub(crate) struct Medalists {
    scope: Scope,
    criteria: MedalCriteria,
    minimum: i32,
    sorting: Sorting,
    ties: Ties,
    cursor_of: CursorOf,
    /// Whether the medals are those of whole careers, which are already counted.
    is_of_careers: bool,
}

impl Medalists {
    /// The athletes with at least `minimum` medals within a scope.
    pub(crate) async fn new(
        ctx: &Context<'_>,
        scope: Scope,
        filter: Option<MedalFilter>,
        minimum: i32,
        (ranking, ties): (MedalRanking, TieRanking),
    ) -> Result<Self> {
        at_least_one("minMedals", minimum)?;
        let criteria: MedalCriteria = criteria(ctx, filter).await?;
        let sorting = Sorting { by: ranking.into(), order: None };
        let cursor_of = cursor_of(scope, &criteria, sorting);
        let is_of_careers = scope == Scope::WORLD && criteria == MedalCriteria::held_today(ctx.today());
        Ok(Self { scope, criteria, minimum, sorting, ties: ties.into(), cursor_of, is_of_careers })
    }

    /// The same athletes with the same ranks, in another order.
    pub(crate) fn ordered(mut self, order: Option<MedalistOrder>) -> Self {
        self.sorting.order = order;
        if let Some(order) = order {
            self.cursor_of.order = format!("{} {order:?}", self.cursor_of.order);
        }
        self
    }

    /// The best `first` athletes.
    pub(crate) async fn top(self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<Medalist>> {
        let count = from_the_top(first)?;
        let mut ranking = self.rank(ctx).await?;
        let part = 0..ranking.list.len().min(count);
        ranking.order_equals(ctx, part.clone()).await?;
        Ok(ranking.medalists(part).collect())
    }

    /// A page of the ranking.
    pub(crate) async fn page(self, ctx: &Context<'_>, args: &PageArgs) -> Result<Paged<Medalist>> {
        let size = args.extent(DEFAULT_PAGE, MAXIMUM_PAGE)?;
        let decoded = |cursor: &Option<String>| cursor.as_deref().map(|cursor| decode(&self.cursor_of, self.sorting, cursor)).transpose();
        let (after, before) = (decoded(&args.after)?, decoded(&args.before)?);
        let mut ranking = self.rank(ctx).await?;
        let all = ranking.list.len();
        let start = match after {
            Some(cursor) => ranking.until(ctx, cursor, Ordering::is_le).await?,
            None => 0,
        };
        let end = match before {
            Some(cursor) => ranking.until(ctx, cursor, Ordering::is_lt).await?.max(start),
            None => all,
        };
        let count = (size.count.cast_unsigned() as usize).min(end - start);
        let part = if size.from_end { end - count..end } else { start..start + count };
        let names = ranking.order_equals(ctx, part.clone()).await?;
        let (cursor_of, sorting) = (&ranking.of.cursor_of, ranking.of.sorting);
        let cursor = |tally: &AthleteTally| encode(cursor_of, sorting, tally, names.get(tally.athlete_id));
        let edges = ranking.medalists(part.clone()).map(|node| Edge { cursor: cursor(&node.tally), node }).collect();
        let total = i32::try_from(all).unwrap_or(i32::MAX);
        let count: Count = Arc::new(move |_| std::future::ready(Ok(total)).boxed());
        Ok(Paged { edges, has_previous_page: part.start > 0, has_next_page: part.end < all, count })
    }

    /// Ranks all athletes, since a rank depends on all athletes before it.
    async fn rank(self, ctx: &Context<'_>) -> Result<Ranking> {
        let minimum = self.minimum;
        let tallies = match self.is_of_careers {
            true => ctx.loader().get_or_default(CareerTallies { minimum }).await?,
            false => ctx.loader().get_or_default(AthleteTallies { scope: self.scope, criteria: self.criteria.clone(), minimum }).await?,
        };
        let Sorting { by, order } = self.sorting;
        // The ranks of equals follow their names, wherever they are listed.
        let names = match order.is_some() && self.ties == Ties::Ordinal {
            true => names_of(ctx, tallies.iter()).await?,
            false => NamesOf::default(),
        };
        let in_rank = Sorting { by, order: None };
        let mut list: Vec<u32> = (0..).take(tallies.len()).collect();
        list.sort_by_cached_key(|number| in_rank.place(&tallies[*number as usize], &names));
        let sorted: Vec<Tally> = list.iter().map(|number| tallies[*number as usize].tally).collect();
        let mut ranks = ranks(&sorted, by, self.ties);
        if order.is_some() {
            let mut ranked: Vec<(u32, Rank)> = list.into_iter().zip(ranks).collect();
            ranked.sort_by_cached_key(|(number, _)| self.sorting.place(&tallies[*number as usize], &names));
            (list, ranks) = ranked.into_iter().unzip();
        }
        Ok(Ranking { tallies, list, ranks, of: self })
    }
}

/// How a ranking is listed: by rank, or in another order.
#[derive(Clone, Copy, Debug)]
struct Sorting {
    by: By,
    order: Option<MedalistOrder>,
}

/// What athletes are listed by, in ascending order; those with equal keys are listed by family name.
type SortKey = (i32, Reverse<(i32, i32, i32)>);

impl Sorting {
    /// The number of the order, in its direction, and then the rank.
    fn key(self, tally: &AthleteTally) -> SortKey {
        let number = self.order.map_or(0, |MedalistOrder { field, direction }| {
            let number = match field {
                MedalistOrderField::Total => tally.tally.total(),
                MedalistOrderField::Gold => tally.tally.gold,
                MedalistOrderField::Span => tally.last_year - tally.first_year,
                MedalistOrderField::FirstYear => tally.first_year,
            };
            if direction.is_descending() { -number } else { number }
        });
        (number, self.by.key(tally.tally))
    }

    /// The sort key of an athlete with their name.
    fn place<'a>(self, tally: &AthleteTally, names: &'a NamesOf) -> (SortKey, &'a str, Uuid) {
        (self.key(tally), names.get(tally.athlete_id), tally.athlete_id)
    }
}

/// Athletes with their ranks, in the order of the list; ties by family name. Lists of the same athletes share their tallies.
struct Ranking {
    tallies: Arc<[AthleteTally]>,
    /// The athletes, by their place in `tallies`.
    list: Vec<u32>,
    ranks: Vec<Rank>,
    of: Medalists,
}

impl Ranking {
    fn tally(&self, number: u32) -> &AthleteTally {
        &self.tallies[number as usize]
    }

    /// The number of athletes before a cursor.
    async fn until(
        &mut self,
        ctx: &Context<'_>,
        (key, name, id): (SortKey, String, Uuid),
        is_passed: fn(Ordering) -> bool,
    ) -> Result<usize> {
        let sorting = self.of.sorting;
        let equals = self.equals(key);
        let names = self.order_equals(ctx, equals.clone()).await?;
        let cursor = (key, name.as_str(), id);
        let is_before = |number: &u32| is_passed(sorting.place(self.tally(*number), &names).cmp(&cursor));
        Ok(equals.start + self.list[equals].partition_point(is_before))
    }

    /// The athletes with the same sort key.
    fn equals(&self, key: SortKey) -> Range<usize> {
        let sorting = self.of.sorting;
        let before =
            |is_passed: fn(Ordering) -> bool| self.list.partition_point(|number| is_passed(sorting.key(self.tally(*number)).cmp(&key)));
        before(Ordering::is_lt)..before(Ordering::is_le)
    }

    /// Sorts ties by family name: those of one part, and of the athletes tied with its ends. Returns their names.
    async fn order_equals(&mut self, ctx: &Context<'_>, part: Range<usize>) -> Result<NamesOf> {
        let (sorting, tallies) = (self.of.sorting, Arc::clone(&self.tallies));
        let [Some(first), Some(last)] = [self.list[part.clone()].first(), self.list[part].last()] else { return Ok(NamesOf::default()) };
        let part = self.equals(sorting.key(self.tally(*first))).start..self.equals(sorting.key(self.tally(*last))).end;
        let part = &mut self.list[part];
        let names = names_of(ctx, part.iter().map(|number| &tallies[*number as usize])).await?;
        part.sort_by_cached_key(|number| sorting.place(&tallies[*number as usize], &names));
        Ok(names)
    }

    fn medalists(&self, part: Range<usize>) -> impl Iterator<Item = Medalist> {
        let shown = self.ranks[part.clone()].iter().zip(&self.list[part]);
        shown.map(|(rank, number)| {
            let (scope, criteria) = (self.of.scope, self.of.criteria.clone());
            Medalist { rank: *rank, tally: *self.tally(*number), scope, criteria }
        })
    }
}

/// Up to so many tied athletes are loaded whole, since some of them will be shown. For more, the names of all medallists are loaded.
const FEW_EQUALS: usize = 1_000;

/// The names of athletes.
async fn names_of<'a>(ctx: &Context<'_>, tallies: impl ExactSizeIterator<Item = &'a AthleteTally>) -> Result<NamesOf> {
    if tallies.len() > FEW_EQUALS {
        return ctx.loader().get_or_default(NamesOfMedalists).await;
    }
    let athletes = ctx.loader().rows::<athlete::Entity>(tallies.map(|tally| tally.athlete_id)).await?;
    Ok(athletes.iter().map(|athlete| (athlete.id, athlete.sort_fold.as_str().into())).collect())
}

/// The list and order that cursors belong to. The medals that count decide the order, so a cursor is valid only for the same scope and filter.
/// One for the medals held today stays valid the next day.
fn cursor_of(scope: Scope, criteria: &MedalCriteria, sorting: Sorting) -> CursorOf {
    let as_of = match criteria.as_of {
        AsOf::Today(_) => AsOf::Today(NaiveDate::MAX),
        day @ AsOf::Day(_) => day,
    };
    let owner = scope.id.map(|id| id.to_string()).unwrap_or_default();
    let criteria = format!("{owner}{:?}", MedalCriteria { as_of, ..criteria.clone() });
    let list = if scope == Scope::WORLD { "multipleMedalists" } else { "Event.medalists" };
    CursorOf { list, order: format!("{:?} {:x}", sorting.by, key::id("criteria", &criteria).as_fields().0) }
}

/// A cursor holds the medals, the family name and the id. With `orderBy`, its sort value comes first.
const KINDS: [Kind; 6] = [Kind::Int, Kind::Int, Kind::Int, Kind::Int, Kind::Text, Kind::Id];

fn encode(cursor_of: &CursorOf, sorting: Sorting, tally: &AthleteTally, name: &str) -> String {
    let Tally { gold, silver, bronze } = tally.tally;
    let number = sorting.order.map(|_| sorting.key(tally).0);
    let mut keys: Vec<Key> = number.into_iter().chain([gold, silver, bronze]).map(|number| Key::Int(number.into())).collect();
    keys.extend([Key::Text(name.to_owned()), Key::Id(tally.athlete_id)]);
    cursor_of.encode(&keys)
}

fn decode(cursor_of: &CursorOf, sorting: Sorting, cursor: &str) -> Result<(SortKey, String, Uuid)> {
    let int = |number: &i64| i32::try_from(*number).unwrap_or_default();
    let kinds = if sorting.order.is_some() { &KINDS[..] } else { &KINDS[1..] };
    let keys = cursor_of.decode(kinds, cursor)?;
    let (number, keys) = keys.split_at(usize::from(sorting.order.is_some()));
    let number = number.first().map_or(0, |number| if let Key::Int(number) = number { int(number) } else { 0 });
    match keys {
        [Key::Int(gold), Key::Int(silver), Key::Int(bronze), Key::Text(name), Key::Id(id)] => {
            let tally = Tally { gold: int(gold), silver: int(silver), bronze: int(bronze) };
            Ok(((number, sorting.by.key(tally)), name.clone(), *id))
        }
        _ => Err(LoadError::Inconsistent("a cursor of other kinds than it was read as").into()),
    }
}
