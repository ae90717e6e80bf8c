//! Import files with new athletes, other ones for each name.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

/// Writes new athletes, in Podium's own format.
pub(super) fn write(folder: &Path, name: &str, athletes: usize) -> Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("sources.csv"), format!("key,title,url,licence,precedence\n{name},Chaos,,,1\n"))?;
    let head = "key,slug,name,given_name,family_name,name_order,sort_name,gender,born,died,birth_place,height_cm,weight_kg,source\n";
    let rows = (0..athletes).map(|number| {
        format!("{name}-{number},,Chaos {name} {number},Chaos,{name} {number},GIVEN_FIRST,\"{name} {number}, Chaos\",FEMALE,,,,,,{name}\n")
    });
    fs::write(folder.join("athletes.csv"), rows.fold(head.to_owned(), |file, row| file + &row))?;
    Ok(())
}

/// The command that imports them.
pub(super) fn import(program: &Path, folder: &Path, url: &str) -> Command {
    let mut command = Command::new(program);
    command.env_clear().args(["import", "podium", "--database-url", url]).arg(folder);
    command
}
