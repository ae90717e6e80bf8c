//! Tells cargo when the pages have been built anew; without Node its folder stays empty.

fn main() {
    let built = std::path::Path::new("../web/dist");
    // A path that is not there would be looked for, and the server compiled, at every build.
    let _ = std::fs::create_dir_all(built);
    println!("cargo::rerun-if-changed={}", built.display());
}
