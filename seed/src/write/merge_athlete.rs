//! An athlete whom two sources know is the same whichever of them comes in first: what the better source knows stays, and the
//! other one fills in what it does not. So it is with letters, where the better source prints none with accents, and with given
//! names, where it has initials.

use podium_entity::athlete::Gender;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::fold::fold;
use podium_entity::{athlete, athlete_name};

use crate::format::lines::people::name_row;

/// An athlete as a better source knows him, filled in with what another one knows.
pub(crate) fn filled(better: athlete::Model, other: &athlete::Model) -> athlete::Model {
    let better = athlete::Model {
        gender: if better.gender == Gender::Unknown { other.gender } else { better.gender },
        born: better.born.or_else(|| other.born.clone()),
        died: better.died.or_else(|| other.died.clone()),
        birth_place: better.birth_place.or_else(|| other.birth_place.clone()),
        height_cm: better.height_cm.or(other.height_cm),
        weight_kg: better.weight_kg.or(other.weight_kg),
        ..better
    };
    if better.given_name.as_deref().is_some_and(|given| are_initials_of(given, &other.name)) {
        return called_as(better, other);
    }
    let spelled = |text: &str| spelled_as(&other.name, text);
    athlete::Model {
        name: spelled(&better.name),
        given_name: better.given_name.as_deref().map(spelled),
        family_name: better.family_name.as_deref().map(spelled),
        sort_name: spelled(&better.sort_name),
        ..better
    }
}

/// An athlete with the name that another row of him has.
pub(crate) fn called_as(athlete: athlete::Model, other: &athlete::Model) -> athlete::Model {
    athlete::Model {
        name: other.name.clone(),
        given_name: other.given_name.clone(),
        family_name: other.family_name.clone(),
        name_order: other.name_order,
        sort_name: other.sort_name.clone(),
        sort_fold: other.sort_fold.clone(),
        ..athlete
    }
}

/// The name by which another source calls an athlete, when it is another one.
pub(crate) fn other_name(athlete: &athlete::Model, name: &str) -> Option<athlete_name::Model> {
    (athlete.name != name).then(|| name_row(athlete.id, AthleteNameKind::AsPrinted, name))
}

/// Whether a given name is no more than the first letters of words in a name.
fn are_initials_of(given: &str, name: &str) -> bool {
    let is_short = given.len() <= 3 && given.chars().all(char::is_uppercase);
    is_short && given.chars().all(|initial| name.split(' ').any(|word| word.starts_with(initial) && word.len() > 1))
}

/// A text in which each word has the accents that it has in a name.
fn spelled_as(name: &str, text: &str) -> String {
    let accents = |word: &str| word.chars().filter(|letter| !letter.is_ascii()).count();
    let spelled = text.split(' ').map(|word| {
        let (plain, comma) = word.strip_suffix(',').map_or((word, ""), |plain| (plain, ","));
        let better = name.split(' ').find(|other| accents(other) > accents(plain) && fold(other) == fold(plain));
        better.map_or_else(|| word.to_owned(), |better| format!("{better}{comma}"))
    });
    spelled.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_get_their_accents() {
        assert_eq!(spelled_as("José Manuel Moreno Periñán", "Jose Moreno Perinan"), "José Moreno Periñán");
        assert_eq!(spelled_as("Pauline Schäfer", "Schaefer-Betz, Pauline"), "Schaefer-Betz, Pauline");
        assert_eq!(spelled_as("Tomáš Babek", "Babek, Tomas"), "Babek, Tomáš");
        assert_eq!(spelled_as("Michał Kwiatkowski", "Kwiatkowski, Michal"), "Kwiatkowski, Michał");
        assert_eq!(spelled_as("Nora Moerk", "Nora Mørk"), "Nora Mørk");
    }

    #[test]
    fn initials_are_no_given_name() {
        assert!(are_initials_of("C", "Churandy Thomas Martina") && are_initials_of("WH", "Shek Wai Hung"));
        assert!(!are_initials_of("CJ", "Kenneth Allen") && !are_initials_of("Amy", "Amelia Yang"));
    }
}
