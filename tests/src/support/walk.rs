//! A walk through the schema: every field with arguments, and a document that reaches it.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{FieldDefinition, InputValueDefinition, TypeKind, TypeSystemDefinition};
use serde_json::{Value, json};

/// The path of fields to each type that has fields with arguments. A list ends in `[0]`.
const WAYS: [(&str, &[&str]); 14] = [
    ("Query", &[]),
    ("Games", &["games(slug: \"2012-summer\")"]),
    ("Nation", &["nation(code: \"GBR\")"]),
    ("Delegation", &["nation(code: \"GBR\")", "delegations[0]"]),
    ("Sport", &["sport(slug: \"cycling\")"]),
    ("Discipline", &["discipline(slug: \"cycling-track\")"]),
    ("EventFamily", &["eventFamily(slug: \"cycling-track/time-trial\")"]),
    ("Event", &["event(slug: \"cycling-track/time-trial/men\")"]),
    ("EventEdition", &["eventEdition(slug: \"2012-summer/cycling-road/individual-time-trial/men\")"]),
    ("Athlete", &["athlete(slug: \"chris-hoy\")"]),
    ("MedalTable", &["games(slug: \"2012-summer\")", "medalTable"]),
    ("Qualification", &["eventEdition(slug: \"2012-summer/cycling-road/individual-time-trial/men\")", "qualification"]),
    ("Phase", &["node(id: \"UGhhc2U6YTBhNGI1YTBjYzZkNTc2YjhmNzNjMmY2MGNhYTM4Nzc\")", "... on Phase"]),
    ("OnThisDay", &["onThisDay(month: 8, day: 1)"]),
];

/// The selection set for a field that returns an object.
const SELECTIONS: [(&str, &str); 6] = [
    ("MedalTable", " { complete nationCount rows(first: 1) { rankText } }"),
    ("MedalCount", " { complete total }"),
    ("SearchResults", " { totalCount hits { matchedText } }"),
    ("Connection", " { totalCount nodes { __typename } pageInfo { endCursor } }"),
    ("HeadToHead", " { meetings { __typename } }"),
    ("", " { __typename }"),
];

/// Values for arguments that must be given.
const REQUIRED: [(&str, &str); 10] = [
    ("slug", "\"chris-hoy\""),
    ("code", "\"GBR\""),
    ("text", "\"hoy\""),
    ("id", "\"R2FtZXM6MDVjMzFkNjk3ODI2NTk5NDk1N2EwN2ZiMzQ2MzAzZTk\""),
    ("ids", "[]"),
    ("athletes", "[\"chris-hoy\", \"niels-fredborg\"]"),
    ("month", "8"),
    ("day", "1"),
    ("date", "\"2004-01-01\""),
    ("field", "NAME"),
];

/// A field that takes arguments.
pub(crate) struct Field {
    pub(crate) definition: FieldDefinition,
    way: &'static [&'static str],
    is_leaf: bool,
    /// Whether the outermost field of its document is nullable, so that an error does not affect its siblings.
    pub(crate) is_contained: bool,
}

/// The schema, taken apart.
pub(crate) struct Walk {
    pub(crate) fields: Vec<Field>,
    inputs: Vec<(String, Vec<InputValueDefinition>)>,
    enums: Vec<(String, Vec<String>)>,
}

impl Walk {
    pub(crate) fn new() -> Self {
        let document = parse_schema(podium_api::answer::schema::sdl()).expect("the schema parses");
        let (mut objects, mut inputs, mut enums, mut leaves) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::Object(object) => objects.push((name, object.fields)),
                TypeKind::InputObject(input) => inputs.push((name, input.fields.into_iter().map(|field| field.node).collect())),
                TypeKind::Enum(values) => {
                    leaves.push(name.clone());
                    enums.push((name, values.values.into_iter().map(|value| value.node.value.node.to_string()).collect()));
                }
                TypeKind::Scalar => leaves.push(name),
                TypeKind::Interface(_) | TypeKind::Union(_) => {}
            }
        }
        // Events are not asked for like this.
        objects.retain(|(name, _)| name != "Subscription");
        leaves.extend(["String", "Int", "Float", "Boolean", "ID"].map(str::to_owned));
        let query = objects.iter().find(|(name, _)| name == "Query").map(|(_, fields)| fields.clone()).expect("the root type");
        let is_nullable = |name: &str| query.iter().any(|field| field.node.name.node == name && field.node.ty.node.nullable);
        let mut fields = Vec::new();
        for (parent, definitions) in objects {
            for definition in definitions.into_iter().map(|field| field.node).filter(|field| !field.arguments.is_empty()) {
                let (_, way) = WAYS.into_iter().find(|(name, _)| *name == parent).unwrap_or_else(|| panic!("say how {parent} is reached"));
                let is_leaf = leaves.contains(&base(&definition.ty.node.to_string()));
                let outermost = way.first().map_or(definition.name.node.as_str(), |step| step.split('(').next().unwrap_or_default());
                let is_contained = is_nullable(outermost);
                fields.push(Field { definition, way, is_leaf, is_contained });
            }
        }
        assert!(fields.len() > 40, "the schema was not read");
        Self { fields, inputs, enums }
    }

    /// The fields of an input object; none for another type.
    pub(crate) fn input(&self, declared: &str) -> Option<&[InputValueDefinition]> {
        self.inputs.iter().find(|(name, _)| *name == base(declared)).map(|(_, fields)| fields.as_slice())
    }

    /// The lists that are paged, each in each of its orders.
    pub(crate) fn lists(&self) -> Vec<List<'_>> {
        let paged = self.fields.iter().filter(|field| field.argument("after").is_some());
        paged.flat_map(|field| self.orders(field).into_iter().map(move |order| List { field, order })).collect()
    }

    /// The values for `orderBy`; `None` where the list has one order.
    fn orders(&self, field: &Field) -> Vec<Option<String>> {
        let Some(argument) = field.argument("orderBy") else { return vec![None] };
        let order = self.input(&argument.ty.node.to_string()).expect("an input object");
        let terms = order.iter().find(|inner| inner.name.node == "field").expect("the field it is ordered by").ty.node.to_string();
        let (_, terms) = self.enums.iter().find(|(name, _)| *name == base(&terms)).expect("an enum");
        let directions = |term| ["ASC", "DESC"].map(|direction| Some(format!("{{ field: {term}, direction: {direction} }}")));
        terms.iter().flat_map(directions).collect()
    }
}

/// A list that is paged, in one of its orders.
pub(crate) struct List<'a> {
    pub(crate) field: &'a Field,
    order: Option<String>,
}

impl List<'_> {
    /// A document for one page.
    pub(crate) fn question(&self, bounds: [(&str, &str); 2]) -> String {
        let order = self.order.as_deref().map(|order| ("orderBy", order));
        format!("{{ {} }}", self.field.question("list", &bounds.into_iter().chain(order).collect::<Vec<_>>()))
    }
}

/// The name of a type, without list and non-null modifiers.
pub(crate) fn base(declared: &str) -> String {
    declared.trim_matches(['[', ']', '!']).to_owned()
}

impl Field {
    pub(crate) fn argument(&self, name: &str) -> Option<&InputValueDefinition> {
        self.definition.arguments.iter().map(|argument| &argument.node).find(|argument| argument.name.node == name)
    }

    /// A document for this field, with an alias on the outermost field, these arguments, and the other required arguments.
    pub(crate) fn question(&self, alias: &str, arguments: &[(&str, &str)]) -> String {
        let name = self.definition.name.node.as_str();
        let required = self.definition.arguments.iter().map(|argument| &argument.node);
        let required = required.filter(|argument| !argument.ty.node.nullable && argument.default_value.is_none());
        let missing = required.filter(|argument| !arguments.iter().any(|(given, _)| *given == argument.name.node.as_str()));
        let missing = missing.map(|argument| (argument.name.node.as_str(), self.required(argument.name.node.as_str())));
        let all: Vec<String> = arguments
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .chain(missing.map(|(name, value)| format!("{name}: {value}")))
            .collect();
        let arguments = if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) };
        let returned = base(&self.definition.ty.node.to_string());
        let selection =
            if self.is_leaf { "" } else { SELECTIONS.iter().find(|(ending, _)| returned.ends_with(ending)).expect("the last").1 };
        let inner = format!("{name}{arguments}{selection}");
        match self.way {
            [] => format!("{alias}: {inner}"),
            way => {
                let steps: Vec<&str> = way.iter().map(|step| step.trim_end_matches("[0]")).collect();
                format!("{alias}: {} {{ {inner} {}", steps.join(" { "), "}".repeat(way.len()))
            }
        }
    }

    /// The path of the field in the answer to `question`.
    pub(crate) fn path(&self, alias: &str) -> Vec<Value> {
        if self.way.is_empty() {
            return vec![json!(alias)];
        }
        let inner = self.way.iter().skip(1).copied().filter(|step| !step.starts_with("... on "));
        let steps = inner.chain([self.definition.name.node.as_str()]).flat_map(|step| {
            let name = step.split(['(', '[']).next().unwrap_or_default();
            [Some(json!(name)), step.ends_with("[0]").then(|| json!(0))].into_iter().flatten()
        });
        [json!(alias)].into_iter().chain(steps).collect()
    }

    fn required(&self, argument: &str) -> &'static str {
        let slugs = WAYS.iter().find_map(|(_, way)| way.first()?.strip_prefix(&format!("{}(slug: ", self.definition.name.node.as_str())));
        match slugs.filter(|_| argument == "slug") {
            Some(slug) => slug.trim_end_matches(')'),
            None => REQUIRED.into_iter().find(|(name, _)| *name == argument).unwrap_or_else(|| panic!("give a value for {argument}")).1,
        }
    }
}
