//! The lock of those who write, and which program holds it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};

/// The advisory lock that serialises the writers of one PostgreSQL database.
pub(crate) const ADVISORY_LOCK: i64 = 0x504f_4449_554d;

/// The byte of the file `-shm` that the writer of a SQLite file locks.
const WAL_WRITER: u64 = 120;

/// The byte of a SQLite file without write-ahead log that its writer locks.
const RESERVED: u64 = 0x4000_0001;

/// How much is shown of the name of a program, in letters.
const MAX_NAME: usize = 40;

/// Describes the program that holds the write lock, such as `podium import, process 1234`; `None` when the system does not tell.
pub(crate) async fn holder(db: &DatabaseConnection, url: &str) -> Option<String> {
    match db.get_database_backend() {
        DbBackend::Postgres => holder_in(db).await.ok()?,
        _ => holder_of_file(url),
    }
}

/// The program says its name when it connects.
async fn holder_in(db: &DatabaseConnection) -> Result<Option<String>, DbErr> {
    let holder = format!(
        "SELECT nullif(concat_ws(', ', nullif(application_name, ''), host(client_addr)), '') AS holder
         FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND (classid::bigint << 32 | objid::bigint) = {ADVISORY_LOCK}
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    );
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, holder)).await?;
    row.map_or(Ok(None), |row| row.try_get("", "holder"))
}

/// As `holder`, of a SQLite file. Linux lists who locks which bytes of which file.
pub(crate) fn holder_of_file(url: &str) -> Option<String> {
    let file = SqliteConnectOptions::from_str(url).ok()?.get_filename().canonicalize().ok()?;
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let shared_memory = PathBuf::from(format!("{}-shm", file.display()));
    let process = locked_by(&locks, inode(&shared_memory), WAL_WRITER).or_else(|| locked_by(&locks, inode(&file), RESERVED))?;
    let arguments = std::fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
    let name = program_name(arguments.split_terminator('\0').map(str::to_owned));
    Some(if name.is_empty() { format!("process {process}") } else { format!("{name}, process {process}") })
}

#[cfg(unix)]
fn inode(file: &Path) -> Option<u64> {
    std::fs::metadata(file).ok().map(|file| std::os::unix::fs::MetadataExt::ino(&file))
}

#[cfg(not(unix))]
fn inode(_: &Path) -> Option<u64> {
    None
}

/// The process that has locked a byte of a file for writing, from lines such as `4: POSIX  ADVISORY  WRITE 1234 fe:00:770064 120 120`.
/// Some file systems list another device than the file has, so only the inode is compared.
fn locked_by(locks: &str, inode: Option<u64>, byte: u64) -> Option<u32> {
    let inode = inode?.to_string();
    locks.lines().find_map(|line| {
        let [_, "POSIX", _, "WRITE", process, file, first, last] = line.split_whitespace().collect::<Vec<_>>()[..] else { return None };
        let last = if last == "EOF" { u64::MAX } else { last.parse().ok()? };
        let is_it = file.rsplit(':').next() == Some(&*inode) && (first.parse().ok()?..=last).contains(&byte);
        is_it.then(|| process.parse().ok()).flatten()
    })
}

/// The name of a program, and its command if it is Podium: `podium import`. Other arguments may hold passwords.
pub(crate) fn program_name(mut arguments: impl Iterator<Item = String>) -> String {
    let program = arguments.next().unwrap_or_default();
    let name = Path::new(&program).file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(MAX_NAME).collect();
    let is_word = |word: &String| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    match arguments.next().filter(|word| name == "podium" && is_word(word)) {
        Some(command) => format!("{name} {command}"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holder_of_a_byte_is_found() {
        let locks = "1: FLOCK  ADVISORY  WRITE 10 fe:00:77 0 EOF\n2: POSIX  ADVISORY  READ  11 fe:00:77 120 127\n\
                     3: -> POSIX  ADVISORY  WRITE 12 fe:00:77 120 120\n4: POSIX  ADVISORY  WRITE 13 fe:00:78 120 120\n\
                     5: POSIX  ADVISORY  WRITE 14 fe:00:77 100 120\n6: POSIX  ADVISORY  WRITE 15 fe:00:77 1073741824 EOF\n";
        assert_eq!(locked_by(locks, Some(77), WAL_WRITER), Some(14));
        assert_eq!(locked_by(locks, Some(77), RESERVED), Some(15));
        assert_eq!(locked_by(locks, Some(7), WAL_WRITER), None);
        assert_eq!(locked_by(locks, None, WAL_WRITER), None);
    }

    #[test]
    fn a_program_is_named_without_its_secrets() {
        let name = |line: &str| program_name(line.split(' ').map(str::to_owned));
        assert_eq!(name("/usr/bin/podium import athlete-events history.csv"), "podium import");
        assert_eq!(name("podium --database-url postgres://me:secret@host/db import"), "podium");
        assert_eq!(name("tool secret"), "tool");
        assert_eq!(name("podium "), "podium");
        assert_eq!(name("/bin/\u{1b}[31mtool"), "[31mtool");
        assert_eq!(name(""), "");
    }
}
