//! Cells as spreadsheets and data-frame programs write them.

/// The words for an empty cell.
const EMPTY: [&str; 10] = ["NA", "N/A", "#N/A", "NaN", "nan", "NaT", "NULL", "null", "None", "<NA>"];

/// The text of a cell, without the spaces around it; empty where the cell has a word for that.
pub(super) fn text(cell: &str) -> &str {
    let text = cell.trim();
    if text.len() <= 4 && EMPTY.contains(&text) { "" } else { text }
}

/// A number without the decimals that data-frame programs add to whole numbers: `1903136` for `1903136.0` and `1903136,0`. Three zeros may
/// be thousands.
pub(crate) fn without_decimals(text: &str) -> &str {
    match text.split_once(['.', ',']) {
        Some((whole, "0" | "00")) if !whole.is_empty() => whole,
        _ => text,
    }
}

/// A whole number.
pub(crate) fn whole(text: &str) -> Option<i32> {
    without_decimals(text).parse().ok()
}

/// A number whose decimals follow a point or a comma.
pub(crate) fn decimal(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_in_many_ways() {
        assert!(EMPTY.into_iter().chain(["", "  "]).all(|cell| text(cell).is_empty()));
        assert_eq!((text(" Na "), text("NONE"), text("0")), ("Na", "NONE", "0"));
    }

    #[test]
    fn numbers_are_written_in_many_ways() {
        assert_eq!((whole("24"), whole("24.0"), whole("24,00"), whole("24.5"), whole("24.")), (Some(24), Some(24), Some(24), None, None));
        assert_eq!((decimal("60.5"), decimal("60,5"), decimal("1.000,5"), decimal("tall")), (Some(60.5), Some(60.5), None, None));
        assert_eq!((whole("135,000"), whole("1.000")), (None, None));
        assert_eq!((without_decimals("1903136.0"), without_decimals("ARC.0x"), without_decimals(".0")), ("1903136", "ARC.0x", ".0"));
    }
}
