//! Checks the slugs of a filter. An unknown slug is an error: an empty list would read like a fact.

use async_graphql::Context;
use futures_util::future::try_join_all;
use podium_entity::{discipline, event, event_edition, event_family, games, lineage, nation, sport};

use crate::error::{Error, Result};
use crate::graph::athlete::Athlete;
use crate::graph::nation::Nation;
use crate::load::similar::{SlugCandidate, SlugsOf};
use crate::loader::LoaderContext;
use crate::question::NamesSlugs;
use crate::question::slug::{SlugKind, Slugs};

/// The most letters in which a slug may differ from what was probably meant.
const FEW_LETTERS: usize = 3;

/// Replaces former slugs in criteria by those of today.
///
/// # Errors
/// When a slug names nothing, with the nearest one that does.
pub(super) async fn resolve(ctx: &Context<'_>, criteria: &mut impl NamesSlugs) -> Result<()> {
    let resolved = criteria.slugs().into_iter().map(|slugs| async move {
        let kind = slugs.kind();
        let today = try_join_all(slugs.iter().map(|slug| named(ctx, kind, slug))).await?;
        *slugs = Slugs::of(kind, today);
        Ok(())
    });
    try_join_all(resolved).await.map(drop)
}

/// The slug or code of today.
pub(crate) async fn named(ctx: &Context<'_>, kind: SlugKind, slug: &str) -> Result<String> {
    match find(ctx, kind, slug).await? {
        Some(slug) => Ok(slug),
        None => Err(Error::bad_input(format!("\"{slug}\" names no {}{}", kind.thing(), hint(ctx, kind, slug).await?))),
    }
}

async fn find(ctx: &Context<'_>, kind: SlugKind, slug: &str) -> Result<Option<String>> {
    let (loader, owned) = (ctx.loader(), slug.to_owned());
    Ok(match kind {
        SlugKind::Games => loader.by_slug::<games::Entity>(owned).await?.map(|games| games.slug.clone()),
        SlugKind::Sport => loader.by_slug::<sport::Entity>(owned).await?.map(|sport| sport.slug.clone()),
        SlugKind::Discipline => loader.by_slug::<discipline::Entity>(owned).await?.map(|discipline| discipline.slug.clone()),
        SlugKind::EventFamily => loader.by_slug::<event_family::Entity>(owned).await?.map(|family| family.slug.clone()),
        SlugKind::Event => loader.by_slug::<event::Entity>(owned).await?.map(|event| event.slug.clone()),
        SlugKind::EventEdition => loader.by_slug::<event_edition::Entity>(owned).await?.map(|edition| edition.slug.clone()),
        SlugKind::Athlete => Athlete::by_slug(ctx, owned).await?.map(|athlete| athlete.0.slug.clone()),
        SlugKind::Lineage => loader.by_slug::<lineage::Entity>(owned).await?.map(|lineage| lineage.slug.clone()),
        SlugKind::Nation => {
            let nation = match loader.by_slug::<nation::Entity>(owned.clone()).await? {
                Some(nation) => Some(nation),
                None => Nation::by_code(ctx, owned, None).await?.map(|nation| nation.0),
            };
            // A code that several nations had matches all of them.
            nation.map(|nation| {
                let kept = if nation.code == slug { &nation.code } else { &nation.slug };
                kept.clone()
            })
        }
    })
}

/// The end of a sentence that says what may have been meant.
async fn hint(ctx: &Context<'_>, kind: SlugKind, slug: &str) -> Result<String> {
    // Sports and disciplines are easily confused, and their slugs look alike.
    let other = match kind {
        SlugKind::Sport => Some(SlugKind::Discipline),
        SlugKind::Discipline => Some(SlugKind::Sport),
        _ => None,
    };
    if let Some(other) = other
        && find(ctx, other, slug).await?.is_some()
    {
        return Ok(format!(", but a {}.", other.thing()));
    }
    let nearest = nearest(kind, slug, &ctx.loader().get_or_default(SlugsOf(kind)).await?);
    Ok(nearest.map_or_else(|| ".".to_owned(), |nearest| format!("; did you mean \"{nearest}\"?")))
}

/// The nearest of all slugs.
fn nearest(kind: SlugKind, slug: &str, all: &[SlugCandidate]) -> Option<String> {
    let nearest = match kind {
        SlugKind::Nation => {
            let by_code = all.iter().find(|named| named.other_code.as_deref() == Some(slug));
            by_code.or_else(|| closest(all, |named| letters(slug, &named.slug)))
        }
        SlugKind::Games => closest(all, |named| years(slug, &named.slug)),
        _ => closest(all, |named| letters(slug, &named.slug)),
    };
    nearest.map(|named| named.slug.clone())
}

/// The slug with the smallest distance; of several, the first.
fn closest<D: Ord>(all: &[SlugCandidate], distance: impl Fn(&SlugCandidate) -> Option<D>) -> Option<&SlugCandidate> {
    let near = all.iter().filter_map(|named| Some((distance(named)?, named)));
    near.min_by(|(one, _), (other, _)| one.cmp(other)).map(|(_, named)| named)
}

/// In how many letters two slugs differ, if they are few. Letters that only changed places count for less than other letters.
fn letters(one: &str, other: &str) -> Option<(usize, bool)> {
    let few = FEW_LETTERS.min(one.len() / 2);
    // Most need not be compared, so that many wrong slugs cost little.
    if one.len().abs_diff(other.len()) > few {
        return None;
    }
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let distance = Some(strsim::osa_distance(one, other)).filter(|distance| *distance <= few);
    distance.map(|distance| (distance, sorted(one) != sorted(other)))
}

/// How many years lie between two Games of the same season.
fn years(one: &str, other: &str) -> Option<usize> {
    let ((one, season), (other, other_season)) = (one.split_once('-')?, other.split_once('-')?);
    let (one, other): (usize, usize) = (one.parse().ok()?, other.parse().ok()?);
    (season == other_season).then(|| one.abs_diff(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_slug_is_found() {
        let named =
            |slug: &str, other_code: Option<&str>| SlugCandidate { slug: slug.to_owned(), other_code: other_code.map(str::to_owned) };
        let nations = [
            named("FRG", Some("DEU")),
            named("GBR", Some("GBR")),
            named("GAB", Some("GAB")),
            named("GER", Some("DEU")),
            named("USA", Some("USA")),
        ];
        let games = ["2012-summer", "2016-summer", "2018-winter"].map(|slug| named(slug, None));
        let sports = ["athletics", "aquatics", "cycling"].map(|slug| named(slug, None));
        for (kind, slug, all, expected) in [
            (SlugKind::Nation, "GRB", nations.as_slice(), Some("GBR")),
            (SlugKind::Nation, "XYZ", nations.as_slice(), None),
            (SlugKind::Games, "2017-summer", games.as_slice(), Some("2016-summer")),
            (SlugKind::Games, "2017-winter", games.as_slice(), Some("2018-winter")),
            (SlugKind::Games, "2018-winter-youth", games.as_slice(), None),
            (SlugKind::Sport, "atletics", sports.as_slice(), Some("athletics")),
            (SlugKind::Sport, "snooker", sports.as_slice(), None),
        ] {
            assert_eq!(nearest(kind, slug, all).as_deref(), expected, "{slug}");
        }
    }
}
