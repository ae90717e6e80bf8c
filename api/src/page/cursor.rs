//! Cursors: the sort key of a row, as opaque text. A cursor names its list and order, so a cursor of another list is rejected instead of
//! returning a wrong page.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use podium_store::Row;
use sea_orm::DbErr;
use sea_orm::prelude::*;
use serde_json::Value;

use crate::error::{Error, Result};

/// The type of a value in a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Id,
}

/// One value of a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Text(String),
    Int(i64),
    Id(Uuid),
}

impl Kind {
    /// The value in a column of a row.
    pub(crate) fn read(self, row: &Row, column: &str) -> std::result::Result<Key, DbErr> {
        Ok(match self {
            Self::Text => Key::Text(row.get(column)?),
            Self::Int => Key::Int(row.get(column)?),
            Self::Id => Key::Id(row.get(column)?),
        })
    }

    fn parse(self, value: &Value) -> Option<Key> {
        match self {
            Self::Text => value.as_str().filter(|text| !text.contains('\0')).map(|text| Key::Text(text.to_owned())),
            Self::Int => value.as_i64().map(Key::Int),
            Self::Id => value.as_str()?.parse().ok().map(Key::Id),
        }
    }
}

impl Key {
    /// The value as SQL.
    pub(crate) fn sql(&self) -> Expr {
        match self {
            Self::Text(text) => Expr::value(text.clone()),
            Self::Int(number) => Expr::value(*number),
            Self::Id(id) => Expr::value(*id),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Int(number) => (*number).into(),
            Self::Id(id) => id.simple().to_string().into(),
        }
    }
}

/// The list and the order that cursors belong to. If the order also depends on other arguments, its name includes them: a ranking by medals
/// depends on which medals count.
#[derive(Clone, Debug)]
pub(crate) struct CursorOf {
    pub(crate) list: &'static str,
    pub(crate) order: String,
}

impl CursorOf {
    /// The cursor of a row.
    pub(crate) fn encode(&self, keys: &[Key]) -> String {
        let names = [self.list.into(), self.order.as_str().into()];
        let values: Vec<Value> = names.into_iter().chain(keys.iter().map(Key::json)).collect();
        BASE64_URL_SAFE_NO_PAD.encode(Value::Array(values).to_string())
    }

    /// Decodes the values of a cursor. Rejects a cursor of another list or order.
    pub(crate) fn decode(&self, kinds: &[Kind], cursor: &str) -> Result<Vec<Key>> {
        self.parse(kinds, cursor).ok_or_else(|| {
            Error::bad_input(
                "That is not a cursor of this list; take one from `edges { cursor }` or `pageInfo` of the same field with the same \
                 arguments.",
            )
        })
    }

    fn parse(&self, kinds: &[Kind], cursor: &str) -> Option<Vec<Key>> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let values: Vec<Value> = serde_json::from_slice(&bytes).ok()?;
        let [list, order, values @ ..] = values.as_slice() else { return None };
        if list != self.list || *order != self.order || values.len() != kinds.len() {
            return None;
        }
        kinds.iter().zip(values).map(|(kind, value)| kind.parse(value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 3] = [Kind::Text, Kind::Int, Kind::Id];

    fn of(list: &'static str, order: &str) -> CursorOf {
        CursorOf { list, order: order.to_owned() }
    }

    #[test]
    fn a_cursor_comes_back() {
        let keys = [Key::Text("żyła".into()), Key::Int(-7), Key::Id(Uuid::from_u128(7))];
        let names = of("athletes", "name");
        assert_eq!(names.decode(&KINDS, &names.encode(&keys)).expect("our own cursor"), keys);
    }

    #[test]
    fn a_cursor_of_another_list_or_order_is_refused() {
        let keys = [Key::Text("a".into()), Key::Int(1), Key::Id(Uuid::nil())];
        let cursor = of("athletes", "name").encode(&keys);
        assert!(of("athletes", "name").decode(&KINDS, &cursor).is_ok());
        assert!(of("athletes", "year").decode(&KINDS, &cursor).is_err());
        assert!(of("events", "name").decode(&KINDS, &cursor).is_err());
        assert!(of("athletes", "name").decode(&KINDS[..2], &cursor).is_err());
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let names = of("athletes", "name");
        let with_nul = names.encode(&[Key::Text("\0".into()), Key::Int(1), Key::Id(Uuid::nil())]);
        for cursor in ["", "!", "MTA", "WyJuYW1lIl0", &with_nul] {
            assert!(names.decode(&KINDS, cursor).is_err(), "{cursor}");
        }
    }
}
