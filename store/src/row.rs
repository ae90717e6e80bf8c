//! A row that a statement selected, whichever driver read it.

use std::any::TypeId;
use std::sync::{Arc, OnceLock};

use podium_entity::table::Table;
use sea_orm::sea_query::ValueType;
use sea_orm::{
    ActiveModelTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, ModelTrait, QueryResult, TryGetable, TryIntoModel,
};

use crate::sqlite_value::{self, Stored};

/// A row of a table. All who read it share it.
pub type RowOf<E> = Arc<<E as EntityTrait>::Model>;

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
    /// The columns, which all rows of a statement share.
    pub(crate) columns: Arc<Columns>,
    pub(crate) values: Vec<Stored>,
}

/// The columns that a statement selected.
#[derive(Debug)]
pub(crate) struct Columns {
    names: Vec<String>,
    /// Where the columns of the table are that was first read from a row: usually the only one.
    first_table: OnceLock<TableColumns>,
}

/// Where the columns of a table are among those of a statement.
#[derive(Debug)]
struct TableColumns {
    table: TypeId,
    prefix: String,
    places: Vec<usize>,
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
                let value = row.values[row.columns.place("", column, 0)?].clone();
                T::try_from(sqlite_value::read(value, &T::array_type(), column)?).map_err(|_| sqlite_value::wrong(column))
            }
        }
    }

    /// The row of a table, of which all columns were selected under their names behind a prefix. Takes its values.
    ///
    /// # Errors
    /// When a column is missing, or holds another type.
    pub fn model<E: Table>(&mut self, prefix: &str) -> Result<RowOf<E>, DbErr> {
        match &mut self.0 {
            Values::OfPool(row) => E::Model::from_query_result(row, prefix),
            Values::OfFile(row) => row.model::<E>(prefix),
        }
        .map(Arc::new)
    }
}

impl FileRow {
    fn model<E: Table>(&mut self, prefix: &str) -> Result<E::Model, DbErr> {
        let columns = Arc::clone(&self.columns);
        match columns.first_table.get() {
            Some(known) if known.table == TypeId::of::<E>() && known.prefix == prefix => self.take::<E>(&known.places),
            known => {
                let places = columns.places::<E>(prefix)?;
                let model = self.take::<E>(&places)?;
                if known.is_none() {
                    // Another thread may have been first.
                    let _ = columns.first_table.set(TableColumns { table: TypeId::of::<E>(), prefix: prefix.to_owned(), places });
                }
                Ok(model)
            }
        }
    }

    /// The row of a table whose columns are at these places.
    fn take<E: Table>(&mut self, places: &[usize]) -> Result<E::Model, DbErr> {
        let mut active = <E::ActiveModel as ActiveModelTrait>::default();
        for (column, place) in E::Column::iter().zip(places) {
            let stored = std::mem::replace(&mut self.values[*place], Stored::Null);
            active.try_set(column, sqlite_value::read(stored, &E::Model::get_value_type(column), column.as_str())?)?;
        }
        active.try_into_model()
    }
}

impl Columns {
    pub(crate) fn new(names: Vec<String>) -> Self {
        Self { names, first_table: OnceLock::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The place of a column, which is probably the expected one.
    fn place(&self, prefix: &str, name: &str, expected: usize) -> Result<usize, DbErr> {
        // Most names differ in length.
        let length = prefix.len() + name.len();
        let is_it = |column: &String| column.len() == length && column.ends_with(name) && column.starts_with(prefix);
        if self.names.get(expected).is_some_and(is_it) {
            return Ok(expected);
        }
        self.names.iter().position(is_it).ok_or_else(|| DbErr::Type(format!("there is no column {prefix}{name}")))
    }

    /// The places of the columns of a table.
    fn places<E: Table>(&self, prefix: &str) -> Result<Vec<usize>, DbErr> {
        let mut expected = 0;
        let places = E::Column::iter().map(|column| {
            let place = self.place(prefix, column.as_str(), expected)?;
            expected = place + 1;
            Ok(place)
        });
        places.collect()
    }
}
