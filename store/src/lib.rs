//! The database as a resource: connections, statement timeouts, migrations, write transactions, and errors.
//!
//! Nothing here knows the meaning of the rows. The server reads through a [`Store`]; imports and exports change it through one.

mod backup;
mod connect;
pub mod data_version;
mod error;
mod migrate;
mod postgres_reader;
mod row;
mod sessions;
mod sqlite_reader;
mod sqlite_value;
mod store;
mod transaction;
mod watch;
mod write_lock;

pub use error::{StoreError, is_cancelled};
pub use migrate::migrate_within;
pub use row::{Row, RowOf};
pub use sessions::{ConnectionUse, Session, Sessions, StatementHook};
pub use store::Store;
pub use transaction::skip_reference_checks;
pub use watch::{CurrentVersion, KnownVersion, LEARNT_WITHIN};
