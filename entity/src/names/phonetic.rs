//! How names sound, so that they are found by other spellings: Larysa and Larisa, Sergei, Serhiy and Sergey.
//!
//! A word sounds like one or several codes of the Daitch–Mokotoff system, which was made for Slavic and Yiddish names in Latin letters. Beyond
//! it, initial letters that languages write in different ways count as equal, and common short forms as the names that they stand for.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use rphonetic::{DaitchMokotoffSoundex, DaitchMokotoffSoundexBuilder};

/// The code of a sound.
pub type Sound = i32;

/// Its rules are a text, which is read once.
static ENCODER: LazyLock<DaitchMokotoffSoundex> =
    LazyLock::new(|| DaitchMokotoffSoundexBuilder::default().build().expect("the built-in rules are well-formed"));

/// Encodes words, and remembers those that it has seen: names repeat.
#[derive(Debug, Default)]
pub struct Sounds {
    known: RefCell<HashMap<String, Vec<Sound>>>,
}

/// Initial letters and what they count as. The first match counts.
const INITIALS: [(&str, &str); 10] = [
    ("iou", "yu"),
    ("iu", "yu"),
    ("ju", "yu"),
    ("ia", "ya"),
    ("ja", "ya"),
    ("ye", "e"),
    ("je", "e"),
    ("io", "yo"),
    ("jo", "yo"),
    ("gh", "g"),
];

/// Letters anywhere in a word that languages write in different ways, and how they count.
const LETTERS: [(&str, &str); 9] =
    [("kh", "h"), ("rrh", "rr"), ("gue", "ge"), ("gui", "gi"), ("aye", "ae"), ("aje", "ae"), ("iye", "ie"), ("ije", "ie"), ("oye", "oe")];

/// Given names that are variants of each other.
const EQUAL_NAMES: [&[&str]; 28] = [
    &["alex", "alexander", "alexandra", "aleksandr", "aleksandra", "sasha"],
    &["andy", "andrew", "andreas"],
    &["ben", "benjamin"],
    &["bill", "billy", "will", "william", "willie"],
    &["bob", "bobby", "rob", "robert", "robbie"],
    &["charlie", "charles", "chuck"],
    &["chris", "christopher", "christian", "christine", "christina"],
    &["dan", "danny", "daniel"],
    &["dave", "david"],
    &["dick", "rick", "richard"],
    &["ed", "eddie", "edward", "edwin"],
    &["fred", "freddie", "frederick", "frederik"],
    &["greg", "gregory"],
    &["jeff", "jeffrey", "geoff", "geoffrey"],
    &["jim", "jimmy", "james"],
    &["joe", "joey", "joseph"],
    &["jon", "jonathan", "john", "johnny", "jack"],
    &["kate", "katie", "kathy", "katherine", "catherine", "kathleen"],
    &["ken", "kenny", "kenneth"],
    &["larry", "lawrence", "laurence"],
    &["liz", "betty", "beth", "elizabeth"],
    &["matt", "matthew"],
    &["mike", "michael", "mick", "mickey"],
    &["nick", "nicholas", "nikolai", "nikolay"],
    &["pete", "peter"],
    &["steve", "stephen", "steven", "stephan", "stefan"],
    &["tom", "tommy", "thomas"],
    &["tony", "anthony", "antonio"],
];

impl Sounds {
    /// The sounds of a folded word. Empty for one without Latin letters, or with only one.
    pub fn of_word(&self, word: &str) -> Vec<Sound> {
        if word.len() < 2 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Vec::new();
        }
        if let Some(sounds) = self.known.borrow().get(word) {
            return sounds.clone();
        }
        let initial = INITIALS.iter().find_map(|(written, spoken)| Some(format!("{spoken}{}", word.strip_prefix(written)?)));
        let spoken =
            LETTERS.iter().fold(initial.unwrap_or_else(|| word.to_owned()), |word, (written, spoken)| word.replace(written, spoken));
        let codes = ENCODER.inner_soundex(&spoken, true);
        let sounds: Vec<Sound> = codes.iter().filter_map(|code| code.parse().ok()).collect();
        self.known.borrow_mut().insert(word.to_owned(), sounds.clone());
        sounds
    }

    /// The sounds of all words of folded names, one name a line.
    pub fn of_names(&self, names: &str) -> BTreeSet<Sound> {
        names.lines().flat_map(words).flat_map(|word| self.of_word(&word)).collect()
    }
}

/// The words of a folded name. Neighbouring short words also count as one, and so do particles with the word after them, since these are written
/// together or apart: `yu na` is `yuna`, and `el guerrouj` is `elguerrouj`.
pub fn words(name: &str) -> Vec<Cow<'_, str>> {
    const SHORT: usize = 5;
    const PARTICLE: usize = 2;
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_joined = |pair: &&[&str]| pair[0].len() <= PARTICLE || pair.iter().all(|word| word.len() <= SHORT);
    let joined: Vec<_> = words.windows(2).filter(is_joined).map(|pair| Cow::Owned(pair.concat())).collect();
    words.into_iter().map(Cow::Borrowed).chain(joined).collect()
}

/// The variants of a given name, without itself.
pub fn equal_names(word: &str) -> impl Iterator<Item = &'static str> {
    let equal = EQUAL_NAMES.iter().filter(move |names| names.contains(&word)).copied().flatten().copied();
    let word = word.to_owned();
    equal.filter(move |name| *name != word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_sound_alike() {
        let sounds = Sounds::default();
        for spellings in [
            ["larisa", "larysa", "larissa"],
            ["alexei", "aleksey", "oleksiy"],
            ["sergei", "serhiy", "sergey"],
            ["boris", "borys", "borris"],
            ["yelena", "elena", "jelena"],
            ["yuri", "iouri", "juri"],
            ["shakhlin", "chakhline", "shahlin"],
            ["isinbayeva", "isinbaeva", "isinbajewa"],
            ["serguei", "sergei", "sergej"],
            ["caslavska", "chaslavska", "tschaslawska"],
            ["zatopek", "satopek", "zatopeck"],
            ["hicham", "hisham", "hisham"],
            ["mueller", "muller", "mueler"],
        ] {
            let [first, second, third] = spellings.map(|word| sounds.of_word(word).into_iter().collect::<BTreeSet<_>>());
            assert!(!first.is_disjoint(&second) && !first.is_disjoint(&third), "{spellings:?}");
        }
    }

    #[test]
    fn neighbouring_words_are_one_word_too() {
        let sounds = Sounds::default();
        let all = sounds.of_names("\n kim yu na \n");
        assert!(sounds.of_word("yuna").iter().all(|sound| all.contains(sound)));
        assert!(sounds.of_word("7").is_empty() && sounds.of_word("王艳").is_empty() && sounds.of_word("a").is_empty());
    }

    #[test]
    fn short_forms_stand_for_names() {
        assert_eq!(equal_names("steve").collect::<Vec<_>>(), ["stephen", "steven", "stephan", "stefan"]);
        assert_eq!(equal_names("usain").count(), 0);
    }
}
