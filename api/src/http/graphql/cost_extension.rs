//! The `cost` extension of an answer, for requests with `"extensions": {"cost": true}`.

use serde_json::{Value, json};

use crate::answer::Cost;
use crate::limits::Limits;

/// The extensions of an answer: the most that it may have cost beside the limits, and what the client has left of its budget, if it has one.
pub(crate) fn of(cost: Option<Cost>, limits: &Limits, budget: Option<(u64, u32)>) -> Value {
    let mut told = json!({ "maxDepth": limits.max_depth, "maxNodes": limits.max_nodes, "maxComplexity": limits.max_complexity });
    if let Some(Cost { depth, nodes, complexity }) = cost {
        (told["depth"], told["nodes"], told["complexity"]) = (depth.into(), nodes.into(), complexity.into());
    }
    if let Some((left, per_minute)) = budget {
        (told["left"], told["perMinute"]) = (left.into(), per_minute.into());
    }
    json!({ "cost": told })
}

/// Appends extensions to an answer that has none.
pub(crate) fn append(answer: &[u8], extensions: &Value) -> Vec<u8> {
    let open = answer.strip_suffix(b"}").unwrap_or(answer);
    [open, b",\"extensions\":", extensions.to_string().as_bytes(), b"}"].concat()
}
