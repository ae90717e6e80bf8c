//! Also makes `cargo test` build the program, which `tests/node/clients.test.mjs` runs against a live server.

use std::process::Command;

#[test]
fn it_says_how_to_start_one() {
    let run = Command::new(env!("CARGO_BIN_EXE_podium-example-client")).env("PODIUM_URL", "http://127.0.0.1:1/graphql").output();
    let run = run.expect("the program starts");
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&run.stderr), "no Podium at http://127.0.0.1:1/graphql: start one with `make run`\n");
}
