//! What the answer of one call is good for in the next (OpenAPI link objects): tools that read the document
//! walk from a payment to its capture and its refunds by these.

use utoipa::openapi::link::Link;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{OpenApi, RefOr};

/// A step from an answer to the next call.
struct Step {
    /// Operation that answered.
    from: &'static str,
    /// Operation that may be called with it.
    to: &'static str,
    /// What the next call takes over.
    takes: Takes,
}

/// Where a value of the answer goes, each by its name there and its place in the answer.
enum Takes {
    Parameter(&'static str, &'static str),
    Field(&'static str, &'static str),
}

use Takes::{Field, Parameter};

const ID: &str = "$response.body#/id";

const STEPS: [Step; 20] = [
    step("createPayment", "getPayment", Parameter("id", ID)),
    step("createPayment", "capturePayment", Parameter("id", ID)),
    step("createPayment", "cancelPayment", Parameter("id", ID)),
    step("createPayment", "createRefund", Field("payment_id", ID)),
    step("createPayment", "listEvents", Parameter("object_id", ID)),
    step("createPayment", "listPayments", Parameter("order_id", "$response.body#/order_id")),
    step("capturePayment", "getPayment", Parameter("id", ID)),
    step("capturePayment", "capturePayment", Parameter("id", ID)),
    step("capturePayment", "cancelPayment", Parameter("id", ID)),
    step("capturePayment", "createRefund", Field("payment_id", ID)),
    step("cancelPayment", "getPayment", Parameter("id", ID)),
    step("createRefund", "getRefund", Parameter("id", ID)),
    step("createRefund", "getPayment", Parameter("id", "$response.body#/payment_id")),
    step("createRefund", "createRefund", Field("payment_id", "$response.body#/payment_id")),
    step("createRefund", "listRefunds", Parameter("payment_id", "$response.body#/payment_id")),
    step("createTransfer", "getTransfer", Parameter("id", ID)),
    step("createTopUp", "getTopUp", Parameter("id", ID)),
    step("createWithdrawal", "getWithdrawal", Parameter("id", ID)),
    step("issueToken", "introspectToken", Field("token", "$response.body#/access_token")),
    step("issueToken", "revokeToken", Field("token", "$response.body#/access_token")),
];

const fn step(from: &'static str, to: &'static str, takes: Takes) -> Step {
    Step { from, to, takes }
}

/// Adds the links to the answers of success.
///
/// # Panics
/// When a step begins at an operation that the document does not have.
pub(super) fn add(document: &mut OpenApi) {
    for step in &STEPS {
        let operation = operations(document).find(|operation| operation.operation_id.as_deref() == Some(step.from));
        let answers = &mut operation.expect("a step begins at an operation that there is").responses.responses;
        for (status, answer) in answers {
            if let (true, RefOr::T(answer)) = (status.starts_with('2'), answer) {
                answer.links.insert(step.to.to_owned(), RefOr::T(step.link()));
            }
        }
    }
}

fn operations(document: &mut OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| [item.get.as_mut(), item.post.as_mut()].into_iter().flatten())
}

impl Step {
    fn link(&self) -> Link {
        let link = Link::builder().operation_id(self.to);
        match self.takes {
            Parameter(name, value) => link.parameter(name, value).build(),
            Field(name, value) => link.request_body(Some(serde_json::json!({ name: value }))).build(),
        }
    }
}
