//! How many took part in each Games.

use podium_entity::participation::{Column, Entity, counted, games_with_participants};
use sea_orm::sea_query::{PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityName, IdenStatic, Iterable};

use super::table::DerivedTable;

const KEY: &str = "games_id";

pub(super) async fn refresh(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    let columns: Vec<&str> = Column::iter().map(|column| column.as_str()).filter(|column| *column != KEY).collect();
    let table = DerivedTable { name: Entity.table_name(), key: KEY, columns: &columns };
    let backend = db.get_database_backend();
    let text = |statement: SelectStatement| match backend {
        DbBackend::Postgres => statement.to_string(PostgresQueryBuilder),
        _ => statement.to_string(SqliteQueryBuilder),
    };
    table.replace(db, &text(counted(backend, |_| ())), &text(games_with_participants())).await
}
