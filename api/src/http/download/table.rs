//! An answer as a table: the nodes of the document's one connection are its rows, the fields selected under them its columns.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet};
use async_graphql_value::Value as Argument;
use serde_json::Value;

/// Where the rows of an answer are, and what their columns are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The keys from the root of the data to the connection.
    connection: Vec<String>,
    /// The key of its nodes.
    nodes: String,
    /// The keys from a node to the value of each column.
    columns: Vec<Vec<String>>,
    /// The variable with the cursor after which a page begins.
    after: Option<String>,
}

/// Why a document is no table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoTable {
    NoConnection,
    SeveralConnections,
}

/// How paging continues after a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Nothing,
    /// A page after this cursor.
    After(String),
    /// More rows, which the document cannot ask for.
    OutOfReach,
}

type Fragments<'a> = HashMap<&'a Name, &'a FragmentDefinition>;

impl Table {
    /// The table of a valid document.
    ///
    /// # Errors
    /// When it selects the nodes of no connection, or of several.
    pub(crate) fn of(document: &str, operation_name: Option<&str>) -> Result<Self, NoTable> {
        let document = parse_query(document).map_err(|_| NoTable::NoConnection)?;
        let fragments = document.fragments.iter().map(|(name, fragment)| (name, &fragment.node)).collect();
        let operation = operation(&document.operations, operation_name).ok_or(NoTable::NoConnection)?;
        let mut found = Vec::new();
        find(&operation.selection_set.node, &fragments, &mut Vec::new(), &mut found);
        match found.len() {
            0 => Err(NoTable::NoConnection),
            1 => Ok(found.remove(0)),
            _ => Err(NoTable::SeveralConnections),
        }
    }

    /// The name of the variable with the cursor after which a page begins.
    pub(crate) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// The names of the columns, such as `event.name`.
    pub(crate) fn header(&self) -> Vec<String> {
        self.columns.iter().map(|keys| keys.join(".")).collect()
    }

    /// The cells of each row.
    pub(crate) fn rows(&self, data: &Value) -> Vec<Vec<String>> {
        let nodes = self.connection(data)[self.nodes.as_str()].as_array();
        let rows = nodes.into_iter().flatten().map(|node| self.columns.iter().map(|keys| cell(node, keys)).collect());
        rows.collect()
    }

    /// What follows the page in `data`.
    pub(crate) fn next(&self, data: &Value) -> Next {
        let connection = self.connection(data);
        if connection.is_null() {
            return Next::Nothing;
        }
        let page = &connection["pageInfo"];
        match (page["hasNextPage"].as_bool(), page["endCursor"].as_str()) {
            (Some(false), _) => Next::Nothing,
            (Some(true), Some(cursor)) if self.after.is_some() => Next::After(cursor.to_owned()),
            _ => Next::OutOfReach,
        }
    }

    fn connection<'a>(&self, data: &'a Value) -> &'a Value {
        self.connection.iter().fold(data, |value, key| &value[key.as_str()])
    }
}

/// The operation that is executed.
fn operation<'a>(operations: &'a DocumentOperations, name: Option<&str>) -> Option<&'a OperationDefinition> {
    match operations {
        DocumentOperations::Single(operation) => Some(&operation.node),
        DocumentOperations::Multiple(operations) if operations.len() == 1 => operations.values().next().map(|operation| &operation.node),
        DocumentOperations::Multiple(operations) => name.and_then(|name| operations.get(name)).map(|operation| &operation.node),
    }
}

/// The fields of a selection, those of its fragments too.
fn fields<'a>(selection: &'a SelectionSet, fragments: &Fragments<'a>) -> Vec<&'a Field> {
    let selected = selection.items.iter().flat_map(|item| match &item.node {
        Selection::Field(field) => vec![&field.node],
        Selection::InlineFragment(fragment) => fields(&fragment.node.selection_set.node, fragments),
        Selection::FragmentSpread(spread) => {
            fragments.get(&spread.node.fragment_name.node).map(|found| fields(&found.selection_set.node, fragments)).unwrap_or_default()
        }
    });
    selected.collect()
}

fn key(field: &Field) -> &str {
    field.response_key().node.as_str()
}

/// The tables below a selection, of which `path` has the keys. A connection within the nodes of another is a column of it.
fn find(selection: &SelectionSet, fragments: &Fragments<'_>, path: &mut Vec<String>, found: &mut Vec<Table>) {
    for field in fields(selection, fragments) {
        path.push(key(field).to_owned());
        let below = fields(&field.selection_set.node, fragments);
        let nodes: Vec<&Field> = below.into_iter().filter(|below| below.name.node == "nodes").collect();
        match nodes.first() {
            Some(first) => {
                // A field may be selected in several places; the answer has it once. So may the connection.
                let at = found.iter().position(|table| table.connection == *path).unwrap_or_else(|| {
                    let (connection, nodes) = (path.clone(), key(first).to_owned());
                    found.push(Table { connection, nodes, columns: Vec::new(), after: None });
                    found.len() - 1
                });
                for nodes in nodes {
                    list_columns(&nodes.selection_set.node, fragments, &mut Vec::new(), &mut found[at].columns);
                }
                if let Some(Argument::Variable(name)) = field.get_argument("after").map(|argument| &argument.node) {
                    found[at].after = Some(name.to_string());
                }
            }
            None => find(&field.selection_set.node, fragments, path, found),
        }
        path.pop();
    }
}

/// The leaves below a selection, of which `path` has the keys.
fn list_columns(selection: &SelectionSet, fragments: &Fragments<'_>, path: &mut Vec<String>, columns: &mut Vec<Vec<String>>) {
    for field in fields(selection, fragments) {
        path.push(key(field).to_owned());
        if !field.selection_set.node.items.is_empty() {
            list_columns(&field.selection_set.node, fragments, path, columns);
        } else if !columns.contains(path) {
            columns.push(path.clone());
        }
        path.pop();
    }
}

/// The text of a cell. Several values are separated by semicolons, and null is empty.
fn cell(value: &Value, keys: &[String]) -> String {
    match (value, keys.split_first()) {
        (Value::Array(items), _) => items.iter().map(|item| cell(item, keys)).collect::<Vec<_>>().join("; "),
        (value, Some((key, rest))) => cell(&value[key.as_str()], rest),
        (Value::Null, None) => String::new(),
        (Value::String(text), None) => text.clone(),
        (value, None) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const GOLDS: &str = "query Golds($more: String) { golds: medalAwards(first: 2, after: $more) { nodes { ...Won event { slug } } \
                         pageInfo { hasNextPage endCursor } } } fragment Won on MedalAward { event { name } athletes { name } won: wonOn }";

    #[test]
    fn columns_are_what_is_selected_of_the_nodes() {
        let table = Table::of(GOLDS, None).expect("a table");
        assert_eq!(table.header(), ["event.name", "athletes.name", "won", "event.slug"]);
        assert_eq!(table.after(), Some("more"));
        let data = json!({ "golds": {
            "nodes": [
                { "event": { "name": "Men's \"A\"", "slug": "a" }, "athletes": [{ "name": "Ann" }, { "name": "Bob" }], "won": null },
                { "event": null, "athletes": [], "won": "2012-08-01" },
            ],
            "pageInfo": { "hasNextPage": true, "endCursor": "x" },
        } });
        assert_eq!(table.rows(&data), [["Men's \"A\"", "Ann; Bob", "", "a"], ["", "", "2012-08-01", ""]]);
        assert_eq!(table.next(&data), Next::After("x".to_owned()));
    }

    #[test]
    fn rows_that_cannot_be_asked_for_are_not_forgotten() {
        let next = |document: &str, data: Value| Table::of(document, None).expect("a table").next(&data);
        let more = json!({ "nations": { "pageInfo": { "hasNextPage": true, "endCursor": "x" } } });
        let last = json!({ "nations": { "pageInfo": { "hasNextPage": false } } });
        let document = "{ nations { nodes { name } pageInfo { hasNextPage } } }";
        assert_eq!(next(document, more), Next::OutOfReach, "without a variable for the cursor");
        assert_eq!(next(document, last), Next::Nothing);
        assert_eq!(
            next("{ nations { nodes { name } } }", json!({ "nations": {} })),
            Next::OutOfReach,
            "nobody knows whether there are more"
        );
    }

    #[test]
    fn a_table_has_one_connection() {
        assert_eq!(Table::of("{ sports { name } }", None), Err(NoTable::NoConnection));
        assert_eq!(Table::of("{ a: nations { nodes { name } } b: nations { nodes { name } } }", None), Err(NoTable::SeveralConnections));
        let merged = "{ nations { nodes { name } ...F } nations { nodes { slug } } } fragment F on NationConnection { nodes { code } }";
        assert_eq!(Table::of(merged, None).expect("a table").header(), ["name", "code", "slug"]);
        let within = Table::of("{ games(slug: \"x\") { eventEditions { nodes { results { nodes { rank } } } } } }", None).expect("a table");
        assert_eq!(within.header(), ["results.nodes.rank"]);
    }
}
