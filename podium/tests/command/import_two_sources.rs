//! `podium import athlete-events` and `podium import paris-2024`: athletes in both sources are merged, with the same result in either
//! order. The numbers and codes belong to real athletes, because Podium's list matches by them. The people are made up.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;

use crate::server::{podium, refusal, said};

pub(crate) const HISTORY: &str = r#""ID","Name","Sex","Age","Height","Weight","Team","NOC","Games","Year","Season","City","Sport","Event","Medal"
"2497","Tomáš Babek","M",29,180,75,"Czech Republic","CZE","2016 Summer",2016,"Summer","Rio de Janeiro","Archery","Archery Men's Individual",NA
"4972","Churandy ""Chu"" Thomas Martina","M",32,178,74,"Netherlands","NED","2016 Summer",2016,"Summer","Rio de Janeiro","Archery","Archery Men's Individual","Gold"
"8475","Eva Hana Beispiel","F",20,165,NA,"Austria","AUT","2016 Summer",2016,"Summer","Rio de Janeiro","Archery","Archery Women's Individual",NA
"80000","Ada Muster","F",20,NA,NA,"Austria","AUT","2016 Summer",2016,"Summer","Rio de Janeiro","Archery","Archery Women's Individual",NA
"80001","Mia Muster","F",20,NA,NA,"Austria","AUT","2016 Summer",2016,"Summer","Rio de Janeiro","Archery","Archery Women's Individual",NA
"#;

/// The first has no height, the second only initials and no birth date, the third no gender, being known from a mixed team. The fourth may
/// be an athlete of the history, the fifth was born too late for that, the sixth is of another nation.
pub(crate) const PARIS: [(&str, &str); 6] = [
    (
        "athletes.csv",
        "code,name,name_short,gender,country_code,height,weight,birth_date\n\
         1532872,BABEK Tomas,BABEK T,Male,CZE,0,80,1987-06-08\n\
         1532951,,MARTINA C,Male,NED,0,0,\n\
         99,MUSTER Ada,MUSTER A,Female,AUT,170,0,1995-01-02\n\
         98,MUSTER Mia,MUSTER M,Female,AUT,170,0,2001-01-02\n\
         97,MUSTER Mia,MUSTER M,Female,GER,170,0,1996-01-02\n",
    ),
    (
        "teams.csv",
        "code,current,team_gender,country_code,athletes,athletes_codes\n\
         ARCXTEAM2---AUT01,True,X,AUT,\"['BEISPIEL-MANN Eva', 'MUSTER Ada']\",\"['1533136', '99']\"\n\
         ARCMTEAM3---NED01,True,M,NED,['MARTINA C'],['1532951']\n",
    ),
    ("medals.csv", "medal_type,discipline,event,code\nSilver Medal,Archery,Mixed Team,ARCXTEAM2---AUT01\n"),
    ("medallists.csv", "code_athlete,name,gender,country_code,birth_date,discipline,event,code_team,is_medallist\n"),
    ("schedules.csv", "start_date,status,discipline,event,venue,url\n"),
    (
        "results/Archery.csv",
        "date,stage_code,event_name,event_stage,stage,gender,discipline_name,participant_code,participant_name,participant_type,participant_country_code,rank,result\n\
         2024-07-25T16:35:29+02:00,ARCMINDIVID-----------QUAL000100--,Men's Individual,Men's Individual Ranking Round,Ranking Round,M,Archery,1532872,BABEK Tomas,Person,CZE,1.0,686\n\
         2024-07-25T16:35:29+02:00,ARCMTEAM3-------------QUAL000100--,Men's Team,Men's Team Ranking Round,Ranking Round,M,Archery,ARCMTEAM3---NED01,Netherlands,Team,NED,1.0,1986\n\
         2024-07-25T16:35:29+02:00,ARCXTEAM2-------------QUAL000100--,Mixed Team,Mixed Team Ranking Round,Ranking Round,X,Archery,ARCXTEAM2---AUT01,Austria,Team,AUT,2.0,1342\n\
         2024-07-25T16:35:29+02:00,ARCWINDIVID-----------QUAL000100--,Women's Individual,Women's Individual Ranking Round,Ranking Round,W,Archery,98,MUSTER Mia,Person,AUT,1.0,686\n\
         2024-07-25T16:35:29+02:00,ARCWINDIVID-----------QUAL000100--,Women's Individual,Women's Individual Ranking Round,Ranking Round,W,Archery,97,MUSTER Mia,Person,GER,2.0,680\n",
    ),
];

/// A folder with the files of both.
pub(crate) fn home() -> TempDir {
    let home = TempDir::new().expect("a folder");
    std::fs::create_dir_all(home.path().join("paris/results")).expect("a folder");
    std::fs::write(home.path().join("history.csv"), HISTORY).expect("a file");
    for (name, text) in PARIS {
        std::fs::write(home.path().join("paris").join(name), text).expect("a file");
    }
    home
}

const BOTH: [[&str; 2]; 2] = [["athlete-events", "history.csv"], ["paris-2024", "paris"]];

pub(crate) fn import(home: &Path, arguments: &[&str]) -> String {
    said(&podium(home).arg("import").args(arguments).output().expect("podium runs"))
}

/// The lines of each exported file, by column.
pub(crate) fn exported(home: &Path, folder: &str) -> BTreeMap<String, Vec<BTreeMap<String, String>>> {
    said(&podium(home).args(["export", folder]).output().expect("podium runs"));
    let files = std::fs::read_dir(home.join(folder)).expect("the export").map(|file| file.expect("a file").path());
    let lines = files.map(|file| {
        let lines = csv::Reader::from_path(&file).expect("a file").deserialize().map(|line| line.expect("a line")).collect();
        (file.file_stem().expect("a name").to_string_lossy().into_owned(), lines)
    });
    lines.collect()
}

#[test]
fn the_order_of_the_sources_is_of_no_account() {
    let orders = [BOTH, [BOTH[1], BOTH[0]]].map(|order| {
        let home = home();
        for arguments in order {
            import(home.path(), &arguments);
        }
        for arguments in BOTH {
            let again = import(home.path(), &arguments);
            assert!(again.contains("Everything was there already"), "{order:?}: {again}");
        }
        let mut files = exported(home.path(), "export");
        // The first source fixes the slug for ever.
        let athletes = files.get_mut("athletes").expect("athletes");
        let slugs: BTreeMap<String, String> =
            athletes.iter_mut().map(|line| (line["key"].clone(), line.remove("slug").expect("a slug"))).collect();
        assert_eq!(slugs["athlete-events:2497"], "tomas-babek", "alike where both sources spell a name alike");
        files
    });
    for (file, lines) in &orders[0] {
        assert_eq!(*lines, orders[1][file], "{file}");
    }
    let of = |key: &str| orders[0]["athletes"].iter().find(|line| line["key"] == key).unwrap_or_else(|| panic!("{key} is there"));
    let names = |key: &str| -> Vec<(&str, &str)> {
        let names = orders[0]["athlete_names"].iter().filter(|line| line["athlete"] == key);
        names.map(|line| (line["kind"].as_str(), line["name"].as_str())).collect()
    };
    let told = |key: &str, columns: &[&str]| columns.iter().map(|column| of(key)[*column].clone()).collect::<Vec<String>>();
    let columns = ["name", "given_name", "sort_name", "gender", "born", "height_cm", "weight_kg", "source"];
    assert_eq!(
        told("athlete-events:2497", &columns),
        ["Tomáš Babek", "Tomáš", "Babek, Tomáš", "MALE", "1987-06-08", "180", "80", "paris-2024"]
    );
    assert_eq!(
        told("athlete-events:4972", &columns),
        ["Churandy Thomas Martina", "", "Martina, Churandy Thomas", "MALE", "1984?", "178", "74", "paris-2024"]
    );
    assert_eq!(
        told("athlete-events:8475", &columns),
        ["Eva Beispiel-Mann", "Eva", "Beispiel-Mann, Eva", "FEMALE", "1996?", "165", "", "paris-2024"]
    );
    assert_eq!(names("athlete-events:2497"), [("AS_PRINTED", "BABEK Tomas")]);
    assert_eq!(names("athlete-events:8475"), [("AS_PRINTED", "BEISPIEL-MANN Eva"), ("AS_PRINTED", "Eva Hana Beispiel")]);
    let all = names("athlete-events:4972");
    assert!(all.contains(&("NICKNAME", "Chu")) && all.contains(&("AS_PRINTED", "MARTINA C")), "{all:?}");
}

/// If names are corrected after both sources are imported, the result is the same as with correct names from the start.
#[test]
fn letters_come_through_another_source() {
    let names = "ID,name_ascii_stripped,name_utf8\n2497,Tom Babek,Tomáš Babek\n\
                 4972,\"Churndy \"\"Ch\"\" Thomas Martina\",\"Churändy \"\"Chü\"\" Thomas Martina\"\n";
    let with_names = ["athlete-events", "history.csv", "--names", "names.csv"];
    let [early, late] = [&with_names[..2], &with_names].map(|first| {
        let home = home();
        let damaged = HISTORY.replace("Tomáš", "Tom").replace("Churandy", "Churndy").replace("\"Chu\"", "\"Ch\"");
        std::fs::write(home.path().join("history.csv"), damaged).expect("a file");
        std::fs::write(home.path().join("names.csv"), names).expect("a file");
        for arguments in [first, &BOTH[1], &with_names] {
            import(home.path(), arguments);
        }
        let again = import(home.path(), &with_names[..2]);
        assert!(again.contains("Everything was there already"), "letters that are known stay: {again}");
        let mut files = exported(home.path(), "export");
        for line in files.get_mut("athletes").expect("athletes") {
            line.remove("slug");
        }
        (files["athletes"].clone(), files["athlete_names"].clone())
    });
    assert_eq!(early, late);
    let told = format!("{late:?}");
    assert!(told.contains("Churändy Thomas Martina") && told.contains("Chü") && told.contains("\"Tomáš Babek\""), "{told}");
    assert!(!told.contains("Churndy") && !told.contains("\"Tom Babek\""), "{told}");
}

#[test]
fn athletes_who_may_be_known_are_listed() {
    let home = home();
    for arguments in BOTH {
        import(home.path(), &arguments);
    }
    let report = import(home.path(), &["paris-2024", "paris", "--notes", "notes.csv"]);
    for told in [
        "       3 athletes are known from another source",
        "       1 new athletes may be the same as stored ones of another source",
        "       2 athletes are new",
        "            paris/athletes.csv, line 4: athlete 99 MUSTER Ada of AUT, born 1995-01-02: may be athlete-events:80000 Ada Muster, born 1996?\n",
    ] {
        assert!(report.contains(told), "{told}: {report}");
    }
    let notes = std::fs::read_to_string(home.path().join("notes.csv")).expect("the notes");
    assert_eq!(notes.lines().count(), 2, "{notes}");
    assert!(notes.contains("\nparis/athletes.csv,4,athlete perhaps known,\"athlete 99 MUSTER Ada"), "{notes}");
    let output = podium(home.path()).args(["import", "paris-2024", "paris", "--notes", "notes.csv"]).output().expect("podium runs");
    assert!(refusal(&output).contains("cannot write the notes to notes.csv"));
}

#[test]
fn a_line_that_no_person_wrote_is_set_aside() {
    let home = home();
    let athletes = PARIS[0].1.replace("MUSTER Ada", "MUSTER\u{1}Ada").replace("MUSTER Mia,MUSTER M,Female,GER", &"M".repeat(1_001));
    std::fs::write(home.path().join("paris/athletes.csv"), athletes.replace(",170,0,1996", ",MUSTER M,Female,GER,170,0,1996"))
        .expect("a file");
    let report = import(home.path(), &["paris-2024", "paris", "--rejects", "rejects.csv"]);
    let results = report.lines().find(|line| line.starts_with("results ")).expect("the results");
    assert!(results.ends_with("         2"), "{report}");
    let rejects = std::fs::read_to_string(home.path().join("rejects.csv")).expect("the rejected rows");
    for told in
        ["4,athletes.csv: `name` has a control character in it (U+0001)", "6,\"athletes.csv: `name` has 1001 letters, and more than 1000"]
    {
        assert!(rejects.contains(told), "{told}: {rejects}");
    }
}
