//! The Rust client, which is generated from `schema.graphql`, is the same when it is generated from a running server's introspection.

use std::path::Path;

use async_graphql::Request;
use graphql_client_codegen::{CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream};

use crate::support::{Backend, Graph, here};

/// What tools ask of a server.
const INTROSPECTION: &str = "
    query IntrospectionQuery {
      __schema {
        queryType { name } mutationType { name } subscriptionType { name }
        types { ...Type }
        directives { name description locations args { ...Input } }
      }
    }
    fragment Type on __Type {
      kind name description
      fields(includeDeprecated: true) {
        name description args { ...Input } type { ...Named } isDeprecated deprecationReason
      }
      inputFields { ...Input } interfaces { ...Named }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      possibleTypes { ...Named }
    }
    fragment Input on __InputValue { name description type { ...Named } defaultValue }
    fragment Named on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
";

/// The items of the Rust code for the example's document, each with its words sorted. The file has the fields of an input by name, and a server
/// as they are defined.
fn client_from(schema: &Path) -> Vec<Vec<String>> {
    let client = here().join("../examples/clients/rust/src/medals.graphql");
    let options = GraphQLClientCodegenOptions::new(CodegenMode::Cli);
    let code = generate_module_token_stream(client, schema, options).expect("a client").to_string();
    let sorted = |item: &str| {
        let mut words: Vec<String> = item.split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    code.split(" pub struct ").flat_map(|part| part.split(" pub enum ")).map(sorted).collect()
}

#[tokio::test]
async fn introspection_gives_the_same_rust_client_as_the_file() {
    let Some(graph) = Graph::built_in(Backend::Sqlite).await else { return };
    let answer = serde_json::to_vec(&graph.engine.execute(Request::new(INTROSPECTION)).await).expect("JSON");
    let folder = tempfile::tempdir().expect("a folder");
    let introspection = folder.path().join("introspection.json");
    std::fs::write(&introspection, answer).expect("a file");
    let from_server = client_from(&introspection);
    assert!(from_server.iter().flatten().any(|word| word == "MedalTableOptions"), "{from_server:?}");
    assert_eq!(from_server, client_from(&here().join("../schema.graphql")));
}
