//! `Distance`.

use async_graphql::SimpleObject;

/// The distance of a competition.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject)]
pub(crate) struct Distance {
    /// The distance in millimetres; one third of a kilometre is 333333.
    millimetres: i32,
    /// The distance as usually written: `1 km`, `500 m`, `333⅓ m`.
    label: String,
}

impl Distance {
    /// A distance with its label. When there is no label, it is derived from the number.
    pub(crate) fn new(millimetres: Option<i32>, label: Option<&String>) -> Option<Self> {
        let millimetres = millimetres?;
        Some(Self { millimetres, label: label.cloned().unwrap_or_else(|| write(millimetres)) })
    }
}

/// Writes whole kilometres, and all distances from ten kilometres on, in kilometres; others in metres.
fn write(millimetres: i32) -> String {
    let in_kilometres = millimetres % 1_000_000 == 0 || millimetres >= 10_000_000;
    let (unit, name) = if in_kilometres { (1_000_000, "km") } else { (1000, "m") };
    let width = if in_kilometres { 6 } else { 3 };
    let number = format!("{}.{:0width$}", millimetres / unit, millimetres % unit);
    format!("{} {name}", number.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::Distance;

    #[test]
    fn distances_are_written_as_people_do() {
        for (millimetres, label) in [
            (44_000_000, "44 km"),
            (1_000_000, "1 km"),
            (500_000, "500 m"),
            (46_800_000, "46.8 km"),
            (1_500_000, "1500 m"),
            (2_500, "2.5 m"),
        ] {
            assert_eq!(Distance::new(Some(millimetres), None).expect("a distance").label, label);
        }
        assert_eq!(Distance::new(Some(333_333), Some(&"333⅓ m".to_owned())).expect("a distance").label, "333⅓ m");
        assert_eq!(Distance::new(None, None), None);
    }
}
