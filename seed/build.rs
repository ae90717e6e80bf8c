//! Packs the files of `almanac` into one compressed file, which the program contains.

use std::fs::File;
use std::io::{Result, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=almanac");
    let target = Path::new(&std::env::var("OUT_DIR").expect("Cargo sets it")).join("almanac.gz");
    let mut packed = GzEncoder::new(File::create(target)?, Compression::best());
    for folder in ["athletes", "medals"] {
        let mut files: Vec<_> = std::fs::read_dir(Path::new("almanac").join(folder))?.collect::<Result<_>>()?;
        files.sort_by_key(std::fs::DirEntry::path);
        for file in files {
            // A line with the name of the file stands before its text.
            let path = file.path();
            let name = path.file_stem().unwrap_or_default().display();
            write!(packed, "\u{1}{folder}/{name}\n{}", std::fs::read_to_string(&path)?)?;
        }
    }
    write!(packed, "\u{1}venues\n{}", std::fs::read_to_string("almanac/venues.csv")?)?;
    packed.finish().map(drop)
}
