//! The moment of a response: the data version and the date that all of it holds for. No code below this module reads the clock.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use chrono::{NaiveDate, Utc};
use podium_store::{Session, data_version};
use sea_orm::DbErr;

/// The data version and the day of one answer.
#[derive(Debug)]
pub(crate) struct Moment {
    data_version: i64,
    today: NaiveDate,
    /// Whether the response includes the data version.
    tells_version: AtomicBool,
}

impl Moment {
    /// A moment with this data version and today's date.
    #[expect(clippy::disallowed_methods, reason = "here an answer reads the clock, once")]
    pub(crate) fn now(data_version: i64) -> Self {
        Self { data_version, today: Utc::now().date_naive(), tells_version: AtomicBool::new(false) }
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.today
    }

    pub(crate) fn data_version(&self) -> i64 {
        self.tells_version.store(true, Ordering::Relaxed);
        self.data_version
    }

    /// Whether the response includes the data version. Then the version must be current, even if the request read nothing else.
    pub(crate) fn tells_version(&self) -> bool {
        self.tells_version.load(Ordering::Relaxed)
    }
}

/// The newest data version that the server has read from the store.
///
/// Versions only increase. If the store has the same version before and after a request, everything in between belongs to that version. The
/// version before is already known, so one statement at the end of a request is enough.
#[derive(Debug)]
pub(crate) struct NewestVersion(AtomicI64);

/// No version has been seen yet.
const UNSEEN: i64 = -1;

impl Default for NewestVersion {
    fn default() -> Self {
        Self(AtomicI64::new(UNSEEN))
    }
}

impl NewestVersion {
    /// The newest version, read when none has been seen yet.
    pub(crate) async fn get(&self, db: &Session) -> Result<i64, DbErr> {
        match self.0.load(Ordering::Acquire) {
            UNSEEN => self.refresh(db).await,
            version => Ok(version),
        }
    }

    /// Reads the version of the store.
    pub(crate) async fn refresh(&self, db: &Session) -> Result<i64, DbErr> {
        let version = data_version::read(db).await?;
        self.0.store(version, Ordering::Release);
        Ok(version)
    }
}
