//! A payment as it is asked for, and who asks.

use tallyport_domain::books::{CreatePayment, IdempotencyScope, Keyed, Operation};
use tallyport_domain::fee::Fee;
use tallyport_domain::ids::PaymentId;
use tallyport_domain::payment::{CaptureMode, Metadata, NewPayment};
use tallyport_domain::scope::ScopeSet;
use tallyport_domain::{Environment, Money};
use tallyport_service::Caller;
use tallyport_service::applications::MadeApplication;
use tallyport_service::payments::{Call, PaymentRequest};

/// The application, which calls the sandbox with every scope.
pub(crate) fn caller_of(made: &MadeApplication) -> Caller {
    Caller {
        application_id: made.application.id,
        environment: Environment::Sandbox,
        api_key: made.api_key,
        scopes: ScopeSet::all(),
        holder: None,
    }
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) order: &'a str,
    pub(crate) key: &'a str,
    pub(crate) currency: &'a str,
    pub(crate) method: &'a str,
}

impl<'a> Ask<'a> {
    /// One dollar by a good card; the order's number is its key.
    pub(crate) fn dollar(order: &'a str) -> Self {
        Self { order, key: order, currency: "USD", method: "card_ok" }
    }

    fn body(&self) -> String {
        let Self { order, currency, method, .. } = self;
        format!("{{\"order_id\":\"{order}\",\"currency\":\"{currency}\",\"method\":\"{method}\"}}")
    }

    pub(crate) fn request(&self) -> PaymentRequest {
        PaymentRequest {
            order_id: self.order.parse().unwrap(),
            amount: Money::from_minor(100, self.currency.parse().unwrap()),
            method: self.method.parse().unwrap(),
            payee: None,
            scene: None,
            capture: CaptureMode::Automatic,
            description: None,
            return_url: None,
            expires_at_ms: None,
            metadata: Metadata::default(),
            sandbox_outcome: None,
            call: Call { key: self.key.parse().unwrap(), body: self.body(), nonce: None },
        }
    }

    /// The same as a command of the books, for tests that stop before the channel answers.
    pub(crate) fn command(&self, caller: &Caller, id: PaymentId) -> CreatePayment {
        let request = self.request();
        let scope = IdempotencyScope {
            application_id: caller.application_id,
            environment: caller.environment,
            operation: Operation::CreatePayment,
            key: request.call.key,
        };
        CreatePayment {
            keyed: Keyed { scope, request: request.call.body, nonce: None },
            payment: NewPayment {
                id,
                application_id: caller.application_id,
                environment: caller.environment,
                order_id: request.order_id,
                amount: request.amount,
                method: request.method,
                instance: None,
                payer: None,
                payee: None,
                scene: None,
                capture: CaptureMode::Automatic,
                description: None,
                return_url: None,
                expires_at_ms: None,
                metadata: Metadata::default(),
                fee: Fee::default(),
                sandbox_outcome: None,
            },
            decided: None,
        }
    }
}
