//! Rate limits: a token bucket of complexity for each client.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_mins(1);

/// The number of clients above which those with a full budget are forgotten.
const MANY: usize = 1024;

/// The budgets of all clients.
pub(crate) struct Budgets {
    /// 0 is unlimited.
    per_minute: u32,
    spent: Mutex<HashMap<IpAddr, Spent>>,
}

/// What a client had spent at a time.
#[derive(Clone, Copy)]
struct Spent {
    complexity: f64,
    at: Instant,
}

/// A client is over its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OverBudget {
    pub(crate) per_minute: u32,
    pub(crate) retry_after: Duration,
}

impl Budgets {
    pub(crate) fn new(per_minute: u32) -> Self {
        Self { per_minute, spent: Mutex::default() }
    }

    /// Refuses a client whose budget is spent. Each admitted request may overdraw it once.
    pub(crate) fn check(&self, client: IpAddr) -> Result<(), OverBudget> {
        match self.left(client, Instant::now()) {
            Some(left) if left <= 0.0 => {
                // When one unit is left again.
                let retry_after = MINUTE.mul_f64((1.0 - left) / f64::from(self.per_minute));
                Err(OverBudget { per_minute: self.per_minute, retry_after })
            }
            _ => Ok(()),
        }
    }

    /// Charges what an answer costs.
    pub(crate) fn charge(&self, client: IpAddr, complexity: u64) {
        self.charge_at(client, complexity, Instant::now());
    }

    /// What a client has left, and what each has; none when there is no bound.
    pub(crate) fn state(&self, client: IpAddr) -> Option<(u64, u32)> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is not negative, and at most a `u32`")]
        self.left(client, Instant::now()).map(|left| (left.max(0.0) as u64, self.per_minute))
    }

    fn left(&self, client: IpAddr, now: Instant) -> Option<f64> {
        let per_minute = (self.per_minute > 0).then(|| f64::from(self.per_minute))?;
        Some(per_minute - self.spent().get(&client).map_or(0.0, |spent| self.still_spent(spent, now)))
    }

    fn charge_at(&self, client: IpAddr, complexity: u64, now: Instant) {
        if self.per_minute == 0 {
            return;
        }
        let mut spent = self.spent();
        if spent.len() >= MANY && !spent.contains_key(&client) {
            spent.retain(|_, spent| self.still_spent(spent, now) > 0.0);
        }
        let before = spent.get(&client).map_or(0.0, |spent| self.still_spent(spent, now));
        #[expect(clippy::cast_precision_loss, reason = "a document may cost far less than 2^52")]
        let complexity = before + complexity as f64;
        spent.insert(client, Spent { complexity, at: now });
    }

    fn still_spent(&self, spent: &Spent, now: Instant) -> f64 {
        let back = now.saturating_duration_since(spent.at).as_secs_f64() / MINUTE.as_secs_f64() * f64::from(self.per_minute);
        (spent.complexity - back).max(0.0)
    }

    fn spent(&self) -> MutexGuard<'_, HashMap<IpAddr, Spent>> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn what_is_spent_comes_back_within_a_minute() {
        let (budgets, now) = (Budgets::new(600), Instant::now());
        budgets.charge_at(CLIENT, 590, now);
        assert_eq!(budgets.left(CLIENT, now), Some(10.0));
        budgets.charge_at(CLIENT, 110, now);
        assert_eq!(budgets.left(CLIENT, now), Some(-100.0), "the last one may cost more than is left");
        assert_eq!(budgets.left(OTHER, now), Some(600.0));
        let refusal = budgets.check(CLIENT).expect_err("nothing is left");
        assert!((9..=11).contains(&refusal.retry_after.as_secs()), "{refusal:?}");
        assert_eq!(budgets.left(CLIENT, now + Duration::from_secs(20)), Some(100.0));
        assert_eq!(budgets.left(CLIENT, now + Duration::from_mins(5)), Some(600.0));
    }

    #[test]
    fn without_a_bound_nothing_is_counted() {
        let budgets = Budgets::new(0);
        budgets.charge(CLIENT, u64::MAX);
        assert_eq!((budgets.check(CLIENT), budgets.state(CLIENT)), (Ok(()), None));
    }

    #[test]
    fn who_has_everything_left_is_forgotten() {
        let (budgets, now) = (Budgets::new(60), Instant::now());
        for number in 0..5_000_u32 {
            // One after another, two seconds apart.
            budgets.charge_at(IpAddr::V4(number.into()), 1, now + Duration::from_secs(2) * number);
        }
        assert!(budgets.spent().len() <= MANY, "{}", budgets.spent().len());
    }
}
