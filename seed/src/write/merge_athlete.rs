//! Merges the rows of an athlete that two sources know. The result does not depend on which source is imported first: the better
//! source wins, and the other one fills its gaps. A gap is also a name without accents where the other source has them, or initials
//! where it has the given name.

use podium_entity::athlete::Gender;
use podium_entity::athlete_name::AthleteNameKind;
use podium_entity::names::fold::fold;
use podium_entity::{athlete, athlete_name};

/// The row of the better source, its gaps filled from the other row.
pub(crate) fn fill_gaps(better: athlete::Model, other: &athlete::Model) -> athlete::Model {
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
        return with_name_of(better, other);
    }
    let spelled = |text: &str| restore_accents(&other.name, text);
    athlete::Model {
        name: spelled(&better.name),
        given_name: better.given_name.as_deref().map(spelled),
        family_name: better.family_name.as_deref().map(spelled),
        sort_name: spelled(&better.sort_name),
        ..better
    }
}

/// An athlete with the name of another row of the same person.
pub(crate) fn with_name_of(athlete: athlete::Model, other: &athlete::Model) -> athlete::Model {
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

/// The name in another source, when it differs from the athlete's.
pub(crate) fn other_name(athlete: &athlete::Model, name: &str) -> Option<athlete_name::Model> {
    (athlete.name != name).then(|| athlete_name::Model::new(athlete.id, AthleteNameKind::AsPrinted, name))
}

/// Whether a given name is only initials of words in a name.
fn are_initials_of(given: &str, name: &str) -> bool {
    let is_short = given.len() <= 3 && given.chars().all(char::is_uppercase);
    is_short && given.chars().all(|initial| name.split(' ').any(|word| word.starts_with(initial) && word.len() > 1))
}

/// The text, each word spelled with the accents of the same word in `name`.
fn restore_accents(name: &str, text: &str) -> String {
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
        assert_eq!(restore_accents("José Manuel Moreno Periñán", "Jose Moreno Perinan"), "José Moreno Periñán");
        assert_eq!(restore_accents("Pauline Schäfer", "Schaefer-Betz, Pauline"), "Schaefer-Betz, Pauline");
        assert_eq!(restore_accents("Tomáš Babek", "Babek, Tomas"), "Babek, Tomáš");
        assert_eq!(restore_accents("Michał Kwiatkowski", "Kwiatkowski, Michal"), "Kwiatkowski, Michał");
        assert_eq!(restore_accents("Nora Moerk", "Nora Mørk"), "Nora Mørk");
    }

    #[test]
    fn initials_are_no_given_name() {
        assert!(are_initials_of("C", "Churandy Thomas Martina") && are_initials_of("WH", "Shek Wai Hung"));
        assert!(!are_initials_of("CJ", "Kenneth Allen") && !are_initials_of("Amy", "Amelia Yang"));
    }
}
