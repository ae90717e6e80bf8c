//! An alternative code of a nation, which differs from `nation.code`.

use std::cmp::Reverse;

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "nation_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nation_id: Uuid,
    pub scheme: String,
    pub code: String,
    pub valid_from: Option<i32>,
    pub valid_to: Option<i32>,
    #[sea_orm(belongs_to, from = "nation_id", to = "id")]
    pub nation: BelongsTo<super::nation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How a nation uses a code or a name: in which years, and whether it is the nation's own. Codes were reused, and lists have codes of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    pub from: Option<i32>,
    pub to: Option<i32>,
    pub is_own: bool,
}

/// Resolves a code or name that several nations use to the nation of a year. Years with a beginning and an end win over open ones: `GER` in
/// 1972 is West Germany. Then a nation's own code wins, then the newest.
pub fn resolve_code<N: Ord + Copy>(uses: impl IntoIterator<Item = (Use, N)>, year: i32) -> Option<N> {
    let in_that_year = uses.into_iter().filter(|(used, _)| used.holds_in(year));
    in_that_year.min_by_key(|(used, nation)| (used.is_open(), !used.is_own, Reverse(used.from), *nation)).map(|(_, nation)| nation)
}

impl Use {
    fn holds_in(self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    fn is_open(self) -> bool {
        self.from.is_none() || self.to.is_none()
    }
}
