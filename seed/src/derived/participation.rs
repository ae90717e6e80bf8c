//! How many took part in each Games.

use podium_entity::participation::{Column, Entity, counted};
use sea_orm::sea_query::{PostgresQueryBuilder, SqliteQueryBuilder};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityName, IdenStatic, Iterable};

use super::table::DerivedTable;

const KEY: &str = "games_id";

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let columns: Vec<&str> = Column::iter().map(|column| column.as_str()).filter(|column| *column != KEY).collect();
    let table = DerivedTable { name: Entity.table_name(), key: KEY, columns: &columns };
    let backend = db.get_database_backend();
    let counted = counted(backend, |_| ());
    let counted = match backend {
        DbBackend::Postgres => counted.to_string(PostgresQueryBuilder),
        _ => counted.to_string(SqliteQueryBuilder),
    };
    table.replace(db, &counted, "SELECT d.games_id FROM event_edition d JOIN entry_member m ON m.edition_id = d.id").await
}
