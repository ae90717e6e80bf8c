//! Unique slugs for new athletes.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use podium_entity::{athlete, slug};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect};

/// The slugs in use, as hashes.
#[derive(Debug, Default)]
pub(crate) struct Slugs(HashSet<u64>);

impl Slugs {
    /// Reads the slugs of all stored athletes.
    pub(crate) async fn load(db: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let slugs = athlete::Entity::find().select_only().column(athlete::Column::Slug).into_tuple::<String>().all(db).await?;
        Ok(Self(slugs.iter().map(|slug| hash(slug)).collect()))
    }

    /// Takes the first free slug: the name, then the name with the year of birth, then that with a number.
    pub(crate) fn take(&mut self, name: &str, born: Option<i32>) -> String {
        let name = Some(slug::word(name)).filter(|word| !word.is_empty()).unwrap_or_else(|| "athlete".to_owned());
        let dated = born.map(|year| format!("{name}-{year}"));
        let numbered = dated.clone().unwrap_or_else(|| name.clone());
        let candidates = [Some(name), dated].into_iter().flatten().chain((2..).map(|number| format!("{numbered}-{number}")));
        candidates.into_iter().find(|slug| self.0.insert(hash(slug))).unwrap_or_default()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
