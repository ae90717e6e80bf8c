//! The phonetic codes of athletes' names.

use podium_entity::names::phonetic::Sounds;
use podium_entity::search_sound;
use podium_entity::search_term::{self, SearchKind};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::write::insert::{Conflict, insert};

/// The search terms that are read at once.
const TERMS: u64 = 10_000;

/// The rows that are deleted at once, each with three parameters.
const GONE: usize = 2_000;

/// A row of `search_sound`: the sound, the medals and the number of the search term.
type Row = (i32, i32, i32);

/// The key of a row, in the order of its fields.
const KEY: [search_sound::Column; 3] = [search_sound::Column::Sound, search_sound::Column::Medals, search_sound::Column::Number];

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let rows = KEY.into_iter().fold(search_sound::Entity::find().select_only().columns(KEY), QueryOrder::order_by_asc);
    let stored: Vec<Row> = rows.into_tuple().all(db).await?;
    let heard = heard(db).await?;
    // Both are sorted by the key, so the pages of the table are written one after another.
    let new = missing(&heard, &stored).map(|(sound, medals, number)| search_sound::Model { sound, medals, number });
    for rows in new.collect::<Vec<_>>().chunks(chunk_size(db)) {
        insert::<search_sound::Entity>(db, rows, Conflict::Skip).await?;
    }
    let gone: Vec<Row> = missing(&stored, &heard).collect();
    for rows in gone.chunks(GONE) {
        let key = Expr::tuple(KEY.map(search_sound::Column::into_expr));
        search_sound::Entity::delete_many().filter(key.in_tuples(rows.iter().copied())).exec(db).await?;
    }
    Ok(())
}

/// The rows of one insert. PostgreSQL takes them as three arrays.
fn chunk_size(db: &impl ConnectionTrait) -> usize {
    if db.get_database_backend() == DbBackend::Postgres { 50_000 } else { 2_000 }
}

/// The rows that the names of athletes give, sorted.
async fn heard(db: &impl ConnectionTrait) -> Result<Vec<Row>, DbErr> {
    let sounds = Sounds::default();
    let (mut heard, mut last) = (Vec::new(), i32::MIN);
    loop {
        let terms = search_term::Entity::find()
            .select_only()
            .columns([search_term::Column::Number, search_term::Column::Weight, search_term::Column::Names])
            .filter(search_term::Column::Kind.eq(SearchKind::Athlete))
            .filter(search_term::Column::Number.gt(last))
            .order_by_asc(search_term::Column::Number)
            .limit(TERMS);
        let terms: Vec<(i32, i32, String)> = terms.into_tuple().all(db).await?;
        let Some((number, ..)) = terms.last() else { break };
        last = *number;
        heard.extend(
            terms.iter().flat_map(|(number, medals, names)| sounds.of_names(names).into_iter().map(|sound| (sound, *medals, *number))),
        );
    }
    heard.sort_unstable();
    Ok(heard)
}

/// The rows of one sorted list that another lacks.
fn missing<'a>(rows: &'a [Row], others: &'a [Row]) -> impl Iterator<Item = Row> + 'a {
    rows.iter().filter(|row| others.binary_search(row).is_err()).copied()
}
