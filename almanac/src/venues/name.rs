//! The English names of venues.

/// Words of English names for a place of competition.
const ENGLISH: &str = "arena basin bay beach canal center centre club coliseum course court field garden ground gymnasium hall harbour hill \
                       hotel jump lake museum oval palace park pavilion pool range rink river society stadium track university venue";

/// Words that tell no place either.
const GENERIC: &str = "and artificial at aquatic aquatics archery athletics basketball bob bobsleigh boxing canoeing city combined complex congress country cricket cross cycling \
                       equestrian exhibition fencing football grand gymnastics hockey i ice ii indoor judo jumping luge minor municipal national nordic \
                       of olympic physical polo regatta road rowing run shooting skating ski skiing slalom snow speed sports state swim swimming tennis the town velodrome volleyball \
                       water weightlifting winter wrestling";

fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    name.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_english(word: &str) -> bool {
    is_in(ENGLISH, word) || is_in(ENGLISH, word.trim_end_matches('s'))
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|other| other == word)
}

/// Whether a name tells no place: `Ski Stadium`.
pub(super) fn is_generic(name: &str) -> bool {
    words(name).iter().all(|word| is_english(word) || is_in(GENERIC, word))
}

/// The English name at the time of the Games; else the second name, else the first. `None` without a name in Latin letters.
pub(super) fn english_name(names: &[String]) -> Option<String> {
    let is_latin = |name: &str| name.chars().filter(|letter| letter.is_alphabetic()).all(|letter| letter < '\u{250}');
    // A name of other years has them in brackets.
    let is_year = |letter: char| letter.is_ascii_digit() || letter == '?';
    let is_dated = |name: &str| name.split_once('(').is_some_and(|(_, rest)| rest.contains(is_year));
    let without_brackets = |name: &str| name.split(" (").next().unwrap_or_default().trim().to_owned();
    let usable = names.iter().filter(|name| !name.is_empty() && is_latin(name) && !is_dated(name));
    let names: Vec<String> = usable.map(|name| without_brackets(name)).collect();
    let is_english = |name: &&String| words(name).iter().any(|word| is_english(word));
    // The first name is usually in the language of the country, the second in English.
    let mut in_order = names.get(1).into_iter().chain(names.first()).chain(names.iter().skip(2));
    in_order.clone().find(is_english).or(in_order.next()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_name_of_the_time_is_found() {
        let name = |names: &[&str]| english_name(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        for (names, english) in [
            (&["Stadion imeni Kirova", "Kirov Stadium"][..], Some("Kirov Stadium")),
            (&["Varsity Stadium", "Stade Varsity"], Some("Varsity Stadium")),
            (&["Stadio Adriatico", "Adriatic Stadium", "Stadio Giovanni Cornacchia (2009-Present)"], Some("Adriatic Stadium")),
            (&["Palavela (also known as Palazzo a Vela)", "Palazzo delle Mostre (?-?)"], Some("Palavela")),
            (&["Yongpyong Alpine Centre", "용평리조트"], Some("Yongpyong Alpine Centre")),
            (&[""], None),
        ] {
            assert_eq!(name(names).as_deref(), english);
        }
    }

    #[test]
    fn a_generic_name_tells_no_place() {
        assert!(is_generic("Ski Stadium") && is_generic("Olympic Fencing Hall"));
        assert!(!is_generic("Bislett Stadium") && !is_generic("Olympic Stadium, Rome"));
    }
}
