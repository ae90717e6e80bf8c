//! Well-known athletes are found by the spellings that the press uses.

use serde_json::Value;

use crate::support::{Backend, Graph};

/// Twenty athletes of more than ten languages, with five spellings each.
const SPELLINGS: [(&str, [&str; 5]); 20] = [
    ("larisa-latynina", ["Larysa Latynina", "Larissa Latinina", "Latynina Larisa", "LARISA LATYNINA", "Larysa Latinina"]),
    ("aleksandr-karelin", ["Alexander Karelin", "Aleksander Karelin", "Alexandr Karelin", "Karelin, Aleksandr", "Aleksandr Karélin"]),
    ("sergey-bubka", ["Sergei Bubka", "Serhiy Bubka", "Serhii Bubka", "Serguei Bubka", "Bubka Sergej"]),
    ("boris-shakhlin", ["Borys Shakhlin", "Borys Shahlin", "Boris Chakhline", "Borys Shakhlyn", "Shakhlin Boris"]),
    ("steven-redgrave", ["Steve Redgrave", "Stephen Redgrave", "Redgrave Steve", "Steve Redgraive", "Stefan Redgrave"]),
    ("aleksey-nemov", ["Alexei Nemov", "Aleksei Nemov", "Alexey Nyemov", "Oleksiy Nemov", "Nemov Aleksej"]),
    ("yelena-isinbayeva", ["Elena Isinbaeva", "Jelena Isinbajewa", "Yelena Isinbaeva", "Isinbayeva Yelena", "Elena Isinbayeva"]),
    ("yu-na-kim", ["Yuna Kim", "Kim Yu-na", "Kim Yu Na", "Yu-Na Kim", "Kim Yuna"]),
    ("deng-yaping", ["Yaping Deng", "Deng Ya-ping", "Deng Ya Ping", "Teng Yaping", "Dèng Yàpíng"]),
    ("kohei-uchimura", ["Uchimura Kohei", "Kōhei Uchimura", "Kouhei Uchimura", "Kohei Utchimura", "Kohei Uchimoura"]),
    ("michael-gross", ["Michael Gross", "Michael Grosz", "Mike Gross", "Groß Michael", "Micheal Gross"]),
    ("nadia-comaneci", ["Nadia Comaneci", "Nadya Komaneci", "Comaneci Nadia", "Nadja Comaneci", "Nadia Comanechi"]),
    ("hicham-el-guerrouj", ["Hisham El Guerrouj", "Hicham El-Guerrouj", "Hicham El Gerrouj", "El Guerrouj Hicham", "Hicham Elguerrouj"]),
    ("vera-caslavska", ["Vera Caslavska", "Wera Caslawska", "Vera Chaslavska", "Věra Čáslavská", "Čáslavská Vera"]),
    ("emil-zatopek", ["Emil Zatopek", "Emil Satopek", "Zátopek Emil", "Emile Zatopek", "Emil Zatopeck"]),
    ("usain-bolt", ["Ussain Bolt", "Bolt Usain", "Usein Bolt", "Usain Boldt", "Usaine Bolt"]),
    ("marit-bjorgen", ["Marit Bjorgen", "Marit Bjoergen", "Marit Björgen", "Bjørgen Marit", "Marrit Bjorgen"]),
    (
        "haile-gebrselassie",
        ["Hailé Gebrselassie", "Haile Gebreselassie", "Haile Gebresilassie", "Gebrselassie Haile", "Haileh Gebrselasie"],
    ),
    ("pyrros-dimas", ["Pirros Dimas", "Pyrrhos Dimas", "Pyros Dimas", "Dimas Pyrros", "Piros Dimas"]),
    ("saori-yoshida", ["Yoshida Saori", "Saori Yosida", "Saory Yoshida", "Saori Yoshidah", "Saori‐Yoshida"]),
];

#[tokio::test]
async fn well_known_athletes_are_found_by_five_spellings_each() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let Some(graph) = Graph::everything(backend).await else { continue };
        for (slug, spellings) in SPELLINGS {
            for spelling in spellings {
                let question = format!(
                    "{{ search(text: {spelling:?}, first: 1) {{ didYouMean hits {{ closeness item {{ ... on Athlete {{ slug name }} }} }} }} }}"
                );
                let answer = graph.data(&question).await;
                let hit = &answer["search"]["hits"][0];
                assert_eq!(hit["item"]["slug"], slug, "{backend:?}: {spelling}: {answer}");
                let closeness = hit["closeness"].as_f64().expect("a number");
                assert!((0.85..=1.0).contains(&closeness), "{spelling}: {closeness}");
                // What was meant is said only where nothing has the text.
                assert!(closeness < 1.0 || answer["search"]["didYouMean"] == Value::Null, "{spelling}: {answer}");
            }
        }
    }
}

#[tokio::test]
async fn who_is_known_comes_before_namesakes_and_other_names_lead_to_the_athlete() {
    let graph = Graph::everything(Backend::Sqlite).await.expect("SQLite is always there");
    let answer = graph
        .data(
            r#"{
                known: search(text: "Carl Lewis", first: 1) { hits { item { ... on Athlete { slug } } } }
                nothing: search(text: "Xyzzyx Qwfp") { totalCount didYouMean }
                meant: search(text: "Larysa Latinina", kinds: [ATHLETE]) { didYouMean totalCount }
                others: search(text: "Larysa Latinina", kinds: [EVENT]) { didYouMean totalCount }
                printed: athlete(slug: "larysa-semenivna-latynina") { slug }
                nobody: athlete(slug: "larysa-semenivna") { slug }
            }"#,
        )
        .await;
    assert_eq!(answer["known"]["hits"][0]["item"]["slug"], "carl-lewis", "{answer}");
    assert_eq!((&answer["nothing"]["totalCount"], &answer["nothing"]["didYouMean"]), (&Value::from(0), &Value::Null));
    assert!(answer["meant"]["didYouMean"].as_str().is_some_and(|name| name.ends_with(" Latynina")), "{answer}");
    assert_eq!((&answer["others"]["totalCount"], &answer["others"]["didYouMean"]), (&Value::from(0), &Value::Null));
    assert_eq!((&answer["printed"]["slug"], &answer["nobody"]), (&Value::from("larisa-latynina"), &Value::Null), "{answer}");
}
