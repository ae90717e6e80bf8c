//! The schema, and how one request is answered with it.

use async_graphql::{EmptyMutation, EmptySubscription, ErrorExtensionValues, Request, Response, SDLExportOptions, ServerError, Value};
use sea_orm::DatabaseConnection;

use crate::error::{BAD_USER_INPUT, UNAVAILABLE, in_words};
use crate::load::Loads;
use crate::query::Query;
use crate::rounds::{self, Round};

/// The Olympic results graph over a store.
#[derive(Clone)]
pub struct Schema {
    schema: async_graphql::Schema<Query, EmptyMutation, EmptySubscription>,
    db: DatabaseConnection,
}

impl Schema {
    /// The graph over a store whose tables are there.
    #[must_use]
    pub fn new(db: DatabaseConnection) -> Self {
        Self { schema: build(), db }
    }

    /// Answers one request.
    pub async fn execute(&self, request: Request) -> Response {
        let round = Round::default();
        let request = request.data(Loads::new(self.db.clone(), round.clone()));
        let mut response = rounds::run(round, self.schema.execute(request)).await;
        response.errors.iter_mut().for_each(explain);
        if let Some(place) = response.errors.iter().position(is_unavailable) {
            // What came before the store failed is a part that nobody asked for.
            response.data = Value::Null;
            response.errors = vec![response.errors.swap_remove(place)];
        }
        response
    }
}

fn build() -> async_graphql::Schema<Query, EmptyMutation, EmptySubscription> {
    async_graphql::Schema::build(Query, EmptyMutation, EmptySubscription).finish()
}

/// Our own errors come with a code; what the library refuses is the client's fault, and is put into our words.
fn explain(error: &mut ServerError) {
    let place = error.locations.first().map(|at| (at.line, at.column));
    error.message = in_words(std::mem::take(&mut error.message), place);
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", BAD_USER_INPUT);
    }
}

fn is_unavailable(error: &ServerError) -> bool {
    error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&Value::from(UNAVAILABLE))
}

/// The schema as text, what `schema.graphql` holds. Needs no store.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items().include_specified_by();
    let mut sdl = build().sdl_with_options(options);
    sdl.truncate(sdl.trim_end().len());
    sdl.push('\n');
    sdl
}
