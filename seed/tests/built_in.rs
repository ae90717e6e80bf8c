//! The built-in data loads, once.

use podium_migration::{Migrator, MigratorTrait};
use podium_seed::{DataSet, load};
use sea_orm::Database;

#[tokio::test]
async fn loading_twice_changes_nothing() {
    let db = Database::connect("sqlite::memory:").await.expect("a database in memory");
    Migrator::up(&db, None).await.expect("the migrations run");
    let first = load(&db, &DataSet::sample()).await.unwrap_or_else(|error| panic!("{error}"));
    let second = load(&db, &DataSet::sample()).await.expect("it loads again");
    assert!(first.changed() && second.total().unchanged > 2_000, "{second}");
    assert!(!second.changed(), "{second}");
}
