//! `SearchResults`.

use async_graphql::{Context, Description, Enum, Object, SimpleObject, Union};
use futures_util::future::try_join_all;
use podium_entity::{athlete, discipline, event, event_family, games, nation, search_term, sport};

use crate::error::Result;
use crate::graph::athlete::Athlete;
use crate::graph::discipline::Discipline;
use crate::graph::event::Event;
use crate::graph::event_family::EventFamily;
use crate::graph::games::Games;
use crate::graph::nation::Nation;
use crate::graph::sport::Sport;
use crate::load::phonetic::{Alike, SoundingLike};
use crate::load::search::{Found, Matching};
use crate::loader::LoaderContext;
use crate::page::args::at_most_100;
use crate::question::search_text::SearchText;

/// The results of a search.
#[derive(Description)]
pub(crate) struct SearchResults {
    what: Matching,
}

/// The kinds of objects that a search can find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "search_term::SearchKind")]
pub(crate) enum SearchKind {
    /// Athletes, by any form of their name.
    Athlete,
    /// Nations, by present or former name or code.
    Nation,
    /// Games.
    Games,
    /// Events, by present or former name.
    Event,
    /// Event families.
    EventFamily,
    /// Disciplines.
    Discipline,
    /// Sports.
    Sport,
}

#[Object(use_type_description)]
impl SearchResults {
    /// The hits: first exact matches, then names that begin with the text, then names that contain it, then athletes whose names sound like it.
    /// Among equal matches, those with more medals come first. A longer name that contains all the words as one phrase is an exact match too.
    async fn hits(&self, ctx: &Context<'_>) -> Result<Vec<SearchHit>> {
        let (found, alike) = futures_util::try_join!(ctx.loader().get_or_default(self.what.clone()), self.alike(ctx))?;
        let alike = alike.into_iter().map(|Alike { athlete, spelling, .. }| {
            let found = Found { kind: search_term::SearchKind::Athlete, subject_id: athlete, name: spelling.name };
            (found, (spelling.closeness * 100.0).round() / 100.0)
        });
        let hits = found.best.into_iter().map(|found| (found, 1.0)).chain(alike);
        let hits = hits.take(usize::try_from(self.what.first).unwrap_or(usize::MAX));
        try_join_all(hits.map(|(found, closeness)| SearchHit::of(ctx, found, closeness))).await
    }

    /// The total number of objects found. Of athletes whose names only sound like the text, at most 20 are found.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let (found, alike) = futures_util::try_join!(ctx.loader().get_or_default(self.what.clone()), self.alike(ctx))?;
        Ok(found.count.saturating_add(i32::try_from(alike.len()).unwrap_or(i32::MAX)))
    }

    /// The name that was probably meant, where no name of the requested kinds contains the text or its words; null otherwise.
    async fn did_you_mean(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let (found, alike) = futures_util::try_join!(ctx.loader().get_or_default(self.what.clone()), self.alike(ctx))?;
        Ok(alike.into_iter().next().map(|alike| alike.spelling.name).filter(|_| found.count == 0))
    }
}

impl SearchResults {
    /// A search for a text with at least one letter or digit.
    pub(crate) fn new(text: &str, kinds: Option<Vec<SearchKind>>, first: i32) -> Result<Self> {
        let text = SearchText::check("text", text)?;
        let kinds = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        Ok(Self { what: Matching { text, kinds, first: at_most_100(first)? } })
    }

    /// The athletes whose names sound like the text.
    async fn alike(&self, ctx: &Context<'_>) -> Result<Vec<Alike>> {
        match self.what.is_for_athletes() {
            true => ctx.loader().get_or_default(SoundingLike(self.what.text.clone())).await,
            false => Ok(Vec::new()),
        }
    }
}

/// An object found by a search.
#[derive(SimpleObject)]
pub(crate) struct SearchHit {
    /// The object that was found.
    item: SearchItem,
    /// The form of the name that matched.
    matched_text: String,
    /// How close the name is to the text: 1 where it contains the text or its words, from 0.85 to 0.99 where it only sounds like it.
    closeness: f64,
}

/// An object that a search can find.
#[derive(Union)]
pub(crate) enum SearchItem {
    Athlete(Athlete),
    Nation(Nation),
    Games(Games),
    Event(Event),
    EventFamily(EventFamily),
    Discipline(Discipline),
    Sport(Sport),
}

impl SearchHit {
    async fn of(ctx: &Context<'_>, Found { kind, subject_id: id, name }: Found, closeness: f64) -> Result<Self> {
        use podium_entity::search_term::SearchKind as Kind;
        let item = match kind {
            Kind::Athlete => SearchItem::Athlete(Athlete(ctx.loader().row::<athlete::Entity>(id).await?)),
            Kind::Nation => SearchItem::Nation(Nation(ctx.loader().row::<nation::Entity>(id).await?)),
            Kind::Games => SearchItem::Games(Games(ctx.loader().row::<games::Entity>(id).await?)),
            Kind::Event => SearchItem::Event(Event(ctx.loader().row::<event::Entity>(id).await?)),
            Kind::EventFamily => SearchItem::EventFamily(EventFamily(ctx.loader().row::<event_family::Entity>(id).await?)),
            Kind::Discipline => SearchItem::Discipline(Discipline(ctx.loader().row::<discipline::Entity>(id).await?)),
            Kind::Sport => SearchItem::Sport(Sport(ctx.loader().row::<sport::Entity>(id).await?)),
        };
        Ok(Self { item, matched_text: name, closeness })
    }
}
