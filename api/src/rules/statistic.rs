//! A summary of numbers by their sums.

/// Numbers, by how many there are, the least, the greatest, the sum and the sum of squares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) known: i32,
    pub(crate) least: i64,
    pub(crate) most: i64,
    pub(crate) sum: i64,
    pub(crate) squares: i64,
}

impl Sums {
    /// The mean; none of no numbers.
    pub(crate) fn mean(self) -> Option<f64> {
        (self.known > 0).then(|| number(self.sum) / f64::from(self.known))
    }

    /// The standard deviation of all these numbers, not of a sample; none of no numbers.
    pub(crate) fn deviation(self) -> Option<f64> {
        let mean = self.mean()?;
        // Rounding can leave a little less than nothing.
        Some((number(self.squares) / f64::from(self.known) - mean * mean).max(0.0).sqrt())
    }
}

/// Sums of the measures of all athletes are far below 2 to the 53, so nothing is lost.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub(crate) fn number(sum: i64) -> f64 {
    sum as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_give_mean_and_deviation() {
        let sums = Sums { known: 4, least: 2, most: 8, sum: 20, squares: 4 + 16 + 36 + 64 };
        assert_eq!(sums.mean(), Some(5.0));
        assert!(sums.deviation().is_some_and(|deviation| (deviation - 5.0_f64.sqrt()).abs() < 1e-12));
        let nothing = Sums { known: 0, least: 0, most: 0, sum: 0, squares: 0 };
        assert_eq!((nothing.mean(), nothing.deviation()), (None, None));
    }
}
