//! Values as the `SQLite` driver of `SeaORM` stores them, which our own reading of a file must match.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use sea_orm::prelude::{ChronoDate, ChronoDateTimeUtc, Uuid};
use sea_orm::sea_query::ArrayType;
use sea_orm::{DbErr, Value};

/// A stored value. Ids are the only blobs.
#[derive(Clone, Debug)]
pub(crate) enum Stored {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Id(Uuid),
}

impl FromSql for Stored {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Text(_) => Self::Text(value.as_str()?.to_owned()),
            ValueRef::Blob(bytes) => Self::Id(Uuid::from_slice(bytes).map_err(FromSqlError::other)?),
        })
    }
}

/// A parameter of a statement.
pub(crate) fn bound(value: &Value) -> Result<ToSqlOutput<'_>, DbErr> {
    let integer = |number: Option<i64>| number.map_or(ValueRef::Null, ValueRef::Integer);
    Ok(ToSqlOutput::Borrowed(match value {
        Value::Bool(truth) => integer(truth.map(i64::from)),
        Value::Int(number) => integer(number.map(i64::from)),
        Value::BigInt(number) => integer(*number),
        Value::BigUnsigned(number) => integer(number.map(|number| i64::try_from(number).unwrap_or(i64::MAX))),
        Value::Double(number) => number.map_or(ValueRef::Null, ValueRef::Real),
        Value::String(text) => text.as_ref().map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes())),
        Value::Uuid(id) => id.as_ref().map_or(ValueRef::Null, |id| ValueRef::Blob(id.as_bytes())),
        Value::ChronoDate(Some(date)) => return Ok(ToSqlOutput::from(date.to_string())),
        Value::ChronoDate(None) => ValueRef::Null,
        other => return Err(DbErr::Type(format!("no statement binds {other:?}"))),
    }))
}

/// A stored value as the type that it is read as.
pub(crate) fn read(stored: Stored, wanted: &ArrayType, column: &str) -> Result<Value, DbErr> {
    Ok(match (wanted, stored) {
        (ArrayType::Bool, Stored::Integer(number)) => Value::Bool(Some(number != 0)),
        (ArrayType::Bool, Stored::Null) => Value::Bool(None),
        (ArrayType::Int, Stored::Integer(number)) => Value::Int(Some(i32::try_from(number).map_err(|_| wrong(column))?)),
        (ArrayType::Int, Stored::Null) => Value::Int(None),
        (ArrayType::BigInt, Stored::Integer(number)) => Value::BigInt(Some(number)),
        (ArrayType::BigInt, Stored::Null) => Value::BigInt(None),
        (ArrayType::Double, Stored::Real(number)) => Value::Double(Some(number)),
        (ArrayType::Double, Stored::Null) => Value::Double(None),
        (ArrayType::String, Stored::Text(text)) => Value::String(Some(text)),
        (ArrayType::String, Stored::Null) => Value::String(None),
        (ArrayType::Uuid, Stored::Id(id)) => Value::Uuid(Some(id)),
        (ArrayType::Uuid, Stored::Null) => Value::Uuid(None),
        (ArrayType::ChronoDate, Stored::Text(text)) => Value::ChronoDate(Some(text.parse::<ChronoDate>().map_err(|_| wrong(column))?)),
        (ArrayType::ChronoDate, Stored::Null) => Value::ChronoDate(None),
        (ArrayType::ChronoDateTimeUtc, Stored::Text(text)) => {
            Value::ChronoDateTimeUtc(Some(text.parse::<ChronoDateTimeUtc>().map_err(|_| wrong(column))?))
        }
        (ArrayType::ChronoDateTimeUtc, Stored::Null) => Value::ChronoDateTimeUtc(None),
        _ => return Err(wrong(column)),
    })
}

/// A column does not hold what it is read as.
pub(crate) fn wrong(column: &str) -> DbErr {
    DbErr::Type(format!("the column {column} holds another type"))
}
