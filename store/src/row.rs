//! A row that a statement selected, whichever driver read it.

use std::sync::Arc;

use podium_entity::table::Table;
use rusqlite::types::Value as Stored;
use sea_orm::sea_query::ValueType;
use sea_orm::{ActiveModelTrait, DbErr, FromQueryResult, IdenStatic, Iterable, ModelTrait, QueryResult, TryGetable, TryIntoModel};

use crate::sqlite_value;

/// A row, whose values are read by the names of their columns.
#[derive(Debug)]
pub struct Row(Values);

#[derive(Debug)]
enum Values {
    OfPool(QueryResult),
    OfFile(FileRow),
}

/// A row of a `SQLite` file.
#[derive(Debug)]
pub(crate) struct FileRow {
    /// The names of the columns, which all rows of a statement share.
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Stored>,
}

impl From<QueryResult> for Row {
    fn from(row: QueryResult) -> Self {
        Self(Values::OfPool(row))
    }
}

impl From<FileRow> for Row {
    fn from(row: FileRow) -> Self {
        Self(Values::OfFile(row))
    }
}

impl Row {
    /// The value in a column.
    ///
    /// # Errors
    /// When there is no such column, or it holds another type.
    pub fn get<T: TryGetable + ValueType>(&self, column: &str) -> Result<T, DbErr> {
        match &self.0 {
            Values::OfPool(row) => row.try_get("", column),
            Values::OfFile(row) => {
                let value = row.values[row.place("", column, 0)?].clone();
                T::try_from(sqlite_value::read(value, &T::array_type(), column)?).map_err(|_| sqlite_value::wrong(column))
            }
        }
    }

    /// The row of a table, of which all columns were selected under their names behind a prefix. Takes its values.
    ///
    /// # Errors
    /// When a column is missing, or holds another type.
    pub fn model<E: Table>(&mut self, prefix: &str) -> Result<E::Model, DbErr> {
        match &mut self.0 {
            Values::OfPool(row) => E::Model::from_query_result(row, prefix),
            Values::OfFile(row) => row.model::<E>(prefix),
        }
    }
}

impl FileRow {
    /// The place of a column, which is probably the expected one.
    fn place(&self, prefix: &str, name: &str, expected: usize) -> Result<usize, DbErr> {
        // Most names differ in length.
        let length = prefix.len() + name.len();
        let is_it = |column: &String| column.len() == length && column.ends_with(name) && column.starts_with(prefix);
        if self.columns.get(expected).is_some_and(is_it) {
            return Ok(expected);
        }
        self.columns.iter().position(is_it).ok_or_else(|| DbErr::Type(format!("there is no column {prefix}{name}")))
    }

    fn model<E: Table>(&mut self, prefix: &str) -> Result<E::Model, DbErr> {
        let mut active = <E::ActiveModel as ActiveModelTrait>::default();
        let mut expected = 0;
        for column in E::Column::iter() {
            let place = self.place(prefix, column.as_str(), expected)?;
            let stored = std::mem::replace(&mut self.values[place], Stored::Null);
            active.try_set(column, sqlite_value::read(stored, &E::Model::get_value_type(column), column.as_str())?)?;
            expected = place + 1;
        }
        active.try_into_model()
    }
}
