//! Answers as the protocols for events send them.

use std::net::IpAddr;

use super::cost_extension;
use crate::answer::{Finished, FinishedBody};
use crate::http::app::App;
use crate::http::monitoring::request_id::{RequestId, with_request_id};
use crate::limits::Limits;

/// Writes the answers to one request.
pub(crate) struct Payloads {
    pub(crate) app: App,
    pub(crate) limits: Limits,
    pub(crate) client: IpAddr,
    /// Whether the client asks what an answer costs.
    pub(crate) asks_cost: bool,
    pub(crate) request_id: RequestId,
}

impl Payloads {
    /// An answer as JSON.
    pub(crate) fn write(&self, answer: &Finished) -> String {
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
