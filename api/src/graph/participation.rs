//! `Participation`, and `Statistic`.

use std::sync::Arc;

use async_graphql::{Description, Object};
use podium_entity::games::Coverage;
use podium_entity::{games, participation};

use crate::rules::statistic::{Sums, number};

/// How many athletes took part in the medal events of a Games, and their ages, heights and weights. Athletes count once, however many events
/// they took part in. Those who did not start, and reserves who did not compete, do not count.
#[derive(Description)]
pub(crate) struct Participation {
    /// `None` where no loaded athlete matches.
    counted: Option<Arc<participation::Model>>,
    coverage: Coverage,
}

#[Object(use_type_description)]
impl Participation {
    /// The number of athletes.
    async fn athletes(&self) -> i32 {
        self.count(|counted| counted.athletes)
    }

    /// The number of women among them.
    async fn women(&self) -> i32 {
        self.count(|counted| counted.women)
    }

    /// The number of men among them.
    async fn men(&self) -> i32 {
        self.count(|counted| counted.men)
    }

    /// The number of entries: of athletes and teams in events.
    async fn entries(&self) -> i32 {
        self.count(|counted| counted.entries)
    }

    /// The number of nations.
    async fn nations(&self) -> i32 {
        self.count(|counted| counted.nations)
    }

    /// The share of women among the athletes of known gender, from 0 to 1; 0 when there are none.
    async fn women_share(&self) -> f64 {
        let (women, men) = (self.count(|counted| counted.women), self.count(|counted| counted.men));
        if women == 0 { 0.0 } else { f64::from(women) / f64::from(women + men) }
    }

    /// The ages on the opening day, in years of 365.2425 days. Those with only a year of birth count as born in its middle, and on its
    /// first day where the year was calculated from an age.
    async fn age(&self) -> Statistic {
        let sums = self.sums(|of| (of.ages, of.age_least, of.age_most, of.age_sum, of.age_squares));
        Statistic { sums, unit: 365.2425 }
    }

    /// The heights in centimetres.
    async fn height_cm(&self) -> Statistic {
        let sums = self.sums(|of| (of.heights, of.height_least, of.height_most, of.height_sum, of.height_squares));
        Statistic { sums, unit: 1.0 }
    }

    /// The weights in kilograms.
    async fn weight_kg(&self) -> Statistic {
        let sums = self.sums(|of| (of.weights, of.weight_least, of.weight_most, of.weight_sum, of.weight_squares));
        Statistic { sums, unit: 10.0 }
    }

    /// Whether all participants of the Games are loaded. Otherwise the numbers cover only the loaded ones, such as the medallists.
    async fn complete(&self) -> bool {
        matches!(self.coverage, Coverage::FullResults | Coverage::Participants)
    }
}

impl Participation {
    pub(super) fn new(games: &games::Model, counted: Option<Arc<participation::Model>>) -> Self {
        Self { counted, coverage: games.coverage }
    }

    fn count(&self, of: fn(&participation::Model) -> i32) -> i32 {
        self.counted.as_deref().map_or(0, of)
    }

    fn sums(&self, of: fn(&participation::Model) -> (i32, i64, i64, i64, i64)) -> Sums {
        let (known, least, most, sum, squares) = self.counted.as_deref().map_or((0, 0, 0, 0, 0), of);
        Sums { known, least, most, sum, squares }
    }
}

/// The spread of one measure over the athletes. All numbers but `known` are rounded to two decimals.
#[derive(Description)]
pub(crate) struct Statistic {
    sums: Sums,
    /// How many of the stored numbers make one.
    unit: f64,
}

#[Object(use_type_description)]
impl Statistic {
    /// How many athletes have a known value.
    async fn known(&self) -> i32 {
        self.sums.known
    }

    /// The least; null when none is known.
    async fn min(&self) -> Option<f64> {
        self.shown((self.sums.known > 0).then(|| number(self.sums.least)))
    }

    /// The greatest; null when none is known.
    async fn max(&self) -> Option<f64> {
        self.shown((self.sums.known > 0).then(|| number(self.sums.most)))
    }

    /// The mean; null when none is known.
    async fn mean(&self) -> Option<f64> {
        self.shown(self.sums.mean())
    }

    /// The standard deviation over all of them, not of a sample; null when none is known.
    async fn deviation(&self) -> Option<f64> {
        self.shown(self.sums.deviation())
    }
}

impl Statistic {
    /// A stored number in its unit, to two decimals.
    fn shown(&self, number: Option<f64>) -> Option<f64> {
        number.map(|number| (number / self.unit * 100.0).round() / 100.0)
    }
}
