//! Answers as the protocols for events send them.

use std::net::IpAddr;

use super::App;
use super::cost_extension;
use super::request_id::with_request_id;
use crate::answer::{Finished, FinishedBody};
use crate::limits::Limits;

/// Writes the answers to one request.
pub(super) struct Payloads {
    pub(super) app: App,
    pub(super) limits: Limits,
    pub(super) client: IpAddr,
    /// Whether the client asks what an answer costs.
    pub(super) asks_cost: bool,
    pub(super) request_id: String,
}

impl Payloads {
    /// An answer as JSON.
    pub(super) fn write(&self, answer: &Finished) -> String {
        let mut written = match &answer.body {
            FinishedBody::Data(body) => body.json.to_vec(),
            FinishedBody::Errors(answer) => serde_json::to_vec(&with_request_id(answer, &self.request_id)).unwrap_or_default(),
        };
        if self.asks_cost {
            let told = cost_extension::of(answer.cost, &self.limits, self.app.budgets().state(self.client));
            written = cost_extension::append(&written, &told);
        }
        String::from_utf8_lossy(&written).into_owned()
    }
}
