//! Bulk inserts, in the form that each database executes fastest: SQLite takes one parameter for each cell, PostgreSQL one array
//! for each column. The SQL is written by hand: a query builder would take a good part of the time of importing the whole history.

use std::fmt::Write;

use sea_orm::sea_query::ColumnType;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait, PrimaryKeyToColumn, Statement, Value,
};

/// What happens to a row that is already stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conflict {
    Skip,
    Overwrite,
}

/// The number of rows in one statement.
pub(crate) fn chunk_size(db: &impl ConnectionTrait) -> usize {
    match db.get_database_backend() {
        DbBackend::Postgres => 10_000,
        _ => 200,
    }
}

/// Inserts rows in one statement. Returns how many rows were inserted or changed.
pub(crate) async fn insert<E: EntityTrait>(db: &impl ConnectionTrait, rows: &[E::Model], conflict: Conflict) -> Result<usize, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let backend = db.get_database_backend();
    let (source, values) = match backend {
        DbBackend::Postgres => arrays::<E>(rows)?,
        _ => cells::<E>(rows),
    };
    let columns: Vec<String> = E::Column::iter().map(quoted).collect();
    let key: Vec<String> = E::PrimaryKey::iter().map(|key| quoted(key.into_column())).collect();
    let overwritten = columns.iter().filter(|column| !key.contains(column)).map(|column| format!("{column} = excluded.{column}"));
    let action = match conflict {
        // No conflict target, since the index of the key may be deferred. A caller that must know which rows were skipped, and
        // whether by their key, looks them up by id.
        Conflict::Skip => "DO NOTHING".to_owned(),
        Conflict::Overwrite => format!("({}) DO UPDATE SET {}", key.join(", "), overwritten.collect::<Vec<_>>().join(", ")),
    };
    let table = quoted(E::default());
    // With `OR FAIL`, SQLite need not journal pages to roll back a single statement that skips rows. The caller aborts the whole
    // transaction when a statement fails.
    let insert = if backend == DbBackend::Sqlite { "INSERT OR FAIL" } else { "INSERT" };
    let sql = format!("{insert} INTO {table} ({}) {source} ON CONFLICT {action}", columns.join(", "));
    let done = db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(usize::try_from(done.rows_affected()).unwrap_or(usize::MAX))
}

fn quoted(column: impl IdenStatic) -> String {
    format!("\"{}\"", column.as_str())
}

/// A `VALUES` list of placeholders, and the cells of all rows in that order.
fn cells<E: EntityTrait>(rows: &[E::Model]) -> (String, Vec<Value>) {
    let row = format!("({})", vec!["?"; E::Column::iter().count()].join(", "));
    let values = rows.iter().flat_map(|row| E::Column::iter().map(|column| row.get(column)));
    (format!("VALUES {}", vec![row; rows.len()].join(", ")), values.collect())
}

/// An `unnest` of one array for each column, and the arrays as text literals.
fn arrays<E: EntityTrait>(rows: &[E::Model]) -> Result<(String, Vec<Value>), DbErr> {
    let (mut casts, mut values) = (Vec::new(), Vec::new());
    for (place, column) in E::Column::iter().enumerate() {
        casts.push(format!("${}::{}[]", place + 1, sql_type(column.def().get_column_type())?));
        let mut array = String::from("{");
        for row in rows {
            write_item(&mut array, &row.get(column))?;
        }
        array.pop();
        array.push('}');
        values.push(array.into());
    }
    Ok((format!("SELECT * FROM unnest({})", casts.join(", ")), values))
}

/// The PostgreSQL name of a column type.
fn sql_type(column: &ColumnType) -> Result<&'static str, DbErr> {
    Ok(match column {
        ColumnType::Uuid => "uuid",
        ColumnType::Text | ColumnType::String(_) => "text",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Double => "double precision",
        ColumnType::Boolean => "boolean",
        ColumnType::Date => "date",
        ColumnType::TimestampWithTimeZone => "timestamptz",
        other => return Err(DbErr::Type(format!("a column of the type {other:?}, which no table has"))),
    })
}

/// Writes one array element and the comma after it.
fn write_item(array: &mut String, value: &Value) -> Result<(), DbErr> {
    let written = match value {
        Value::Uuid(Some(id)) => write!(array, "{id},"),
        Value::Int(Some(number)) => write!(array, "{number},"),
        Value::BigInt(Some(number)) => write!(array, "{number},"),
        Value::Double(Some(number)) => write!(array, "{number},"),
        Value::Bool(Some(flag)) => write!(array, "{flag},"),
        Value::ChronoDate(Some(date)) => write!(array, "{date},"),
        Value::ChronoDateTimeUtc(Some(time)) => write!(array, "{},", time.to_rfc3339()),
        Value::String(Some(text)) => write!(array, "\"{}\",", text.replace('\\', "\\\\").replace('"', "\\\"")),
        empty if *empty == empty.as_null() => write!(array, "NULL,"),
        other => return Err(DbErr::Type(format!("a value such as {other:?}, which no table has"))),
    };
    written.map_err(|error| DbErr::Custom(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_what_they_are_in_an_array() {
        let written = |value: Value| {
            let mut array = String::new();
            write_item(&mut array, &value).expect("a value that tables have");
            array
        };
        let text = |text: &str| written(Value::String(Some(text.to_owned())));
        assert_eq!([text("NULL"), text(""), text("{a,b}")], ["\"NULL\",", "\"\",", "\"{a,b}\","]);
        assert_eq!([text("\"Doc\" O'Neill"), text("a\\b"), text("é")], ["\"\\\"Doc\\\" O'Neill\",", "\"a\\\\b\",", "\"é\","]);
        assert_eq!(
            [written(Value::String(None)), written(Value::Int(Some(-7))), written(Value::Bool(Some(true)))],
            ["NULL,", "-7,", "true,"]
        );
    }
}
