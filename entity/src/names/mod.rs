//! How names are compared: without accents and case, without look-alike letters of other alphabets, and by their sound.

pub mod fold;
pub mod homoglyphs;
pub mod phonetic;
