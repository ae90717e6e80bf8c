//! The header of a CSV file: where its columns are, and what separates them.

use csv::StringRecord;

/// The separators that are looked for.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// The columns that the file must have. A column whose name ends in `?` may be missing.
pub(super) fn needed(columns: &[&'static str]) -> Vec<&'static str> {
    columns.iter().copied().filter(|column| !column.ends_with('?')).collect()
}

/// The separator under which a file that begins like this has the columns; a comma where no separator gives them.
pub(super) fn separator<const N: usize>(start: &[u8], columns: [&'static str; N]) -> u8 {
    let has_columns = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new().delimiter(*separator).from_reader(start);
        reader.headers().is_ok_and(|header| places(header, columns).is_ok())
    };
    SEPARATORS.into_iter().find(has_columns).unwrap_or(b',')
}

/// The place of each column, or the reason why there is none. Letter case, and spaces or hyphens for underscores, do not matter.
pub(super) fn places<const N: usize>(header: &StringRecord, columns: [&'static str; N]) -> Result<[Option<usize>; N], String> {
    let header: Vec<String> = header.iter().map(plain).collect();
    let mut places = [None; N];
    for (place, column) in places.iter_mut().zip(columns) {
        let name = plain(column.trim_end_matches('?'));
        let mut found = header.iter().enumerate().filter(|(_, known)| **known == name).map(|(place, _)| place);
        *place = found.next();
        if found.next().is_some() {
            return Err(format!("there are two columns `{}`; remove one", column.trim_end_matches('?')));
        }
        if place.is_none() && !column.ends_with('?') {
            return Err(format!("there is no column `{column}`; the columns that are needed are {}", needed(&columns).join(", ")));
        }
    }
    Ok(places)
}

fn plain(column: &str) -> String {
    column.trim_start_matches('\u{feff}').trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::{places, separator};
    use csv::StringRecord;

    #[test]
    fn columns_are_found_by_their_words() {
        let header = StringRecord::from(vec!["\u{feff}Unnamed: 0", "NOC", " birth date ", "Id"]);
        assert_eq!(places(&header, ["ID", "birth_date", "noc", "height?"]), Ok([Some(3), Some(2), Some(1), None]));
        assert_eq!(places(&header, ["name"]), Err("there is no column `name`; the columns that are needed are name".to_owned()));
        let twice = StringRecord::from(vec!["ID", "id"]);
        assert_eq!(places(&twice, ["ID"]), Err("there are two columns `ID`; remove one".to_owned()));
    }

    #[test]
    fn the_header_tells_the_separator() {
        for (start, expected) in [("ID,Name", b','), ("id;name\n1;\"A, B\"", b';'), ("Name\tID\n", b'\t'), ("Name|ID", b'|'), ("x;y", b',')]
        {
            assert_eq!(separator(start.as_bytes(), ["ID", "Name"]), expected, "{start}");
        }
    }
}
