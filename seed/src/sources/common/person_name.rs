//! Parses printed names: `Cornelia "Cor" Aalten (-Strannood)` is Cornelia Aalten, called Cor, later Strannood.

use podium_entity::athlete::NameOrder;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::names::homoglyphs::to_latin;

/// Nations that print the family name first.
const FAMILY_FIRST: [&str; 9] = ["CHN", "KOR", "PRK", "COR", "TPE", "ROC@1912", "VIE", "VNM", "MGL"];

/// Nations whose athletes have two family names.
const TWO_FAMILY_NAMES: [&str; 20] = [
    "AND", "BOL", "CHI", "COL", "CRC", "CUB", "DOM", "ECU", "ESA", "ESP", "GUA", "HON", "MEX", "NCA", "PAN", "PAR", "PER", "PUR", "URU",
    "VEN",
];

/// Particles, which belong to the name after them.
const PARTICLES: [&str; 28] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "les", "st.",
    "te", "ten", "ter", "van", "von", "y", "zu", "zur",
];

/// A parsed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonName {
    /// As it is usually printed: without nicknames and other names.
    pub(crate) usual: String,
    /// As in an index. Which of the words are the family name is not in the file, so this is a guess for ordering and finding.
    pub(crate) indexed: String,
    pub(crate) order: NameOrder,
    /// Nicknames, names before and after marriage, and the whole printed name where it says more.
    pub(crate) others: Vec<(AthleteNameKind, String)>,
}

impl PersonName {
    /// The name as printed in the file, with blanks normalised.
    pub(crate) fn printed(&self) -> &str {
        let whole = self.others.iter().rev().find(|(kind, _)| *kind == AthleteNameKind::AsPrinted);
        whole.map_or(&self.usual, |(_, printed)| printed)
    }

    /// Parses the printed name of an athlete. `nation` is the key of the nation.
    pub(crate) fn read(printed: &str, nation: &str) -> Self {
        let unmended = squeeze(printed);
        let printed = squeeze(&to_latin(printed));
        let mut others = Vec::new();
        let (rest, nicknames) = take_out(&printed, '"', '"');
        let (rest, brackets) = take_out(&rest, '(', ')');
        for nickname in nicknames {
            others.push((AthleteNameKind::Nickname, nickname));
        }
        for names in brackets.iter().flat_map(|names| names.split(", ")) {
            others.extend(other_families(names));
        }
        // A single quote or bracket is left where the file lost the other half of the pair.
        let rest = rest.replace(['"', '(', ')'], " ");
        let usual = Some(squeeze(&rest)).filter(|name| !name.is_empty()).unwrap_or_else(|| printed.clone());
        if usual != printed {
            others.push((AthleteNameKind::AsPrinted, printed.clone()));
        }
        // Kept, so that an import which prints the name without these letters still knows whose it is.
        if unmended != printed {
            others.push((AthleteNameKind::AsPrinted, unmended));
        }
        let mut seen = Vec::new();
        others.retain(|other| {
            !other.1.is_empty() && other.1 != usual && !seen.contains(other) && {
                seen.push(other.clone());
                true
            }
        });
        let order = match (usual.contains(' '), FAMILY_FIRST.contains(&nation)) {
            (false, _) => NameOrder::Mononym,
            (true, true) => NameOrder::FamilyFirst,
            (true, false) => NameOrder::GivenFirst,
        };
        let indexed = if order == NameOrder::GivenFirst { family_first(&usual, nation) } else { usual.clone() };
        Self { usual, indexed, order, others }
    }
}

/// Collapses runs of blanks into one, and trims both ends.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits off the texts between two delimiters. Returns the rest, and those texts.
fn take_out(text: &str, open: char, close: char) -> (String, Vec<String>) {
    let (mut rest, mut taken) = (String::new(), Vec::new());
    let mut remaining = text;
    while let Some((before, after)) = remaining.split_once(open) {
        let Some((inside, behind)) = after.split_once(close) else { break };
        rest.push_str(before);
        rest.push(' ');
        taken.push(squeeze(inside));
        remaining = behind;
    }
    rest.push_str(remaining);
    (rest, taken)
}

/// Parses names in brackets: `Mattila-` is the name before marriage, `-Strannood` the one after it, `Frcken-Grete` one of each.
fn other_families(names: &str) -> Vec<(AthleteNameKind, String)> {
    use AthleteNameKind::{Birth, Married};
    let split = match (names.strip_suffix('-'), names.strip_prefix('-')) {
        (Some(birth), None) => vec![(Birth, birth)],
        (None, Some(married)) => vec![(Married, married)],
        _ => match names.split_once('-') {
            Some((birth, married)) => vec![(Birth, birth), (Married, married)],
            None => vec![(AthleteNameKind::AsPrinted, names)],
        },
    };
    split.into_iter().map(|(kind, name)| (kind, name.trim_matches(['-', ' ']).to_owned())).collect()
}

/// The name in index order: `Aaby, Gunnar Nielsen`.
fn family_first(name: &str, nation: &str) -> String {
    let (name, suffix) = name.split_once(',').map_or((name, None), |(name, suffix)| (name, Some(suffix)));
    let words: Vec<&str> = name.split(' ').collect();
    let families = if words.len() > 2 && TWO_FAMILY_NAMES.contains(&nation) { 2 } else { 1 };
    let mut first = words.len().saturating_sub(families).max(1).min(words.len() - 1);
    while first > 1 && PARTICLES.contains(&words[first - 1].to_lowercase().as_str()) {
        first -= 1;
    }
    let (given, family) = words.split_at(first);
    let suffix = suffix.map(|suffix| format!(",{suffix}")).unwrap_or_default();
    format!("{}, {}{suffix}", family.join(" "), given.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        use AthleteNameKind::{AsPrinted, Birth, Married, Nickname};
        type Others<'a> = &'a [(AthleteNameKind, &'a str)];
        let cases: [(&str, &str, &str, Others<'_>); 10] = [
            ("Gunnar Nielsen Aaby", "DEN", "Aaby, Gunnar Nielsen", &[]),
            (
                "Cornelia \"Cor\" Aalten (-Strannood)",
                "NED",
                "Aalten, Cornelia",
                &[(Nickname, "Cor"), (Married, "Strannood"), (AsPrinted, "Cornelia \"Cor\" Aalten (-Strannood)")],
            ),
            ("Minna Aalto (Mattila-)", "FIN", "Aalto, Minna", &[(Birth, "Mattila"), (AsPrinted, "Minna Aalto (Mattila-)")]),
            ("Ann B (C-D)", "SWE", "B, Ann", &[(Birth, "C"), (Married, "D"), (AsPrinted, "Ann B (C-D)")]),
            ("Kim Yu-Na", "KOR", "Kim Yu-Na", &[]),
            ("Gerard  Bosch van Drakestein", "NED", "van Drakestein, Gerard Bosch", &[]),
            ("José Manuel Moreno Periñán", "ESP", "Moreno Periñán, José Manuel", &[]),
            ("Joseph Guyon, Jr.", "USA", "Guyon, Joseph, Jr.", &[]),
            ("Marta", "BRA", "Marta", &[]),
            ("Irmeli Rautanen )", "FIN", "Rautanen, Irmeli", &[(AsPrinted, "Irmeli Rautanen )")]),
        ];
        for (printed, nation, indexed, others) in cases {
            let name = PersonName::read(printed, nation);
            let told: Vec<(AthleteNameKind, &str)> = name.others.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
            assert_eq!((name.indexed.as_str(), told.as_slice()), (indexed, others), "{printed}");
        }
    }
}
