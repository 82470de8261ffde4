//! What a handler refuses with: a code of the table and what is wrong this time. Becomes a problem
//! document in [`super::problem_layer`], which knows the reader's language and the request's id.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use tallyport_contract::strict::BodyRefusal;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::books::{ConsentRefusal, Refusal};
use tallyport_domain::ledger::EntryRefusal;
use tallyport_domain::payment::MoveRefusal;
use tallyport_domain::sandbox_clock::ClockRefusal;
use tallyport_service::caller::ScopeMissing;
use tallyport_service::payer::PayerRefusal;
use tallyport_service::payments::PaymentRefusal;
use tallyport_service::sandbox_clock::MoveClockRefusal;
use tallyport_service::signatures::SignatureFault;
use tallyport_service::{CallFrom, ServiceError};

/// After which time a call that met an unfinished one may come again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// A refused call.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// The stable code.
    pub code: ErrorCode,
    /// What is wrong this time; the code's title when there is nothing more to say.
    pub detail: Option<Text>,
    /// Where in the request.
    pub param: Option<String>,
    /// Which fields differ from an earlier request.
    pub differs: Vec<String>,
    /// How long to wait, where that is known better than by the code.
    pub wait: Option<Duration>,
    /// Whether to tell the server's time, for a caller whose clock may be wrong.
    pub tells_time: bool,
    /// What is wrong with the proof of a bound token, where the token itself is good.
    pub proof: Option<ProofFault>,
}

/// What a caller with a bound token is told to show instead (RFC 9449, 7.1 and 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofFault {
    /// Another proof.
    Proof,
    /// A proof that carries the nonce beside the answer.
    Nonce,
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self { code, detail: None, param: None, differs: Vec::new(), wait: None, tells_time: false, proof: None }
    }
}

impl ApiError {
    /// A refusal because of one field.
    pub fn of_param(code: ErrorCode, param: &str, detail: Text) -> Self {
        Self { param: Some(param.to_owned()), detail: Some(detail), ..code.into() }
    }

    /// The caller may not call from there. Its own address helps it more than it helps a thief.
    pub fn of_network(from: CallFrom) -> Self {
        let (en, zh) = match from {
            CallFrom::Address(address) => (format!("The call came from {address}."), format!("此调用来自 {address}。")),
            CallFrom::Unknown | CallFrom::Portal => {
                ("Where the call came from is not known.".to_owned(), "无法确定此调用的来源地址。".to_owned())
            }
        };
        Self::with_detail(ErrorCode::NetworkNotAllowed, en, zh)
    }

    fn with_detail(code: ErrorCode, en: String, zh: String) -> Self {
        Self { detail: Some(Text::made(en, zh)), ..code.into() }
    }

    /// After which time the same call may succeed.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.wait.or_else(|| self.code.is_retryable().then_some(RETRY_AFTER))
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<BodyRefusal> for ApiError {
    fn from(refusal: BodyRefusal) -> Self {
        Self { param: refusal.param().map(str::to_owned), detail: Some(refusal.message()), ..refusal.code().into() }
    }
}

impl From<ScopeMissing> for ApiError {
    fn from(ScopeMissing { scope, is_of_holder }: ScopeMissing) -> Self {
        let scope = scope.as_str();
        if is_of_holder {
            return Self::with_detail(
                ErrorCode::ScopeMissing,
                format!("This call needs the application's own token with the scope {scope}, not an account holder's."),
                format!("此调用需要应用自身的令牌及权限 {scope}，不能使用账户持有人授予的令牌。"),
            );
        }
        Self::with_detail(
            ErrorCode::ScopeMissing,
            format!("This call needs the scope {scope}."),
            format!("此调用需要权限 {scope}。"),
        )
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        match &error {
            ServiceError::Overloaded => ErrorCode::Overloaded.into(),
            error if error.is_temporary() => ErrorCode::Unavailable.into(),
            error => {
                tracing::error!(error = error as &dyn std::error::Error, "a call failed: {error}");
                ErrorCode::Internal.into()
            }
        }
    }
}

impl From<SignatureFault> for ApiError {
    fn from(fault: SignatureFault) -> Self {
        match fault {
            SignatureFault::Service(error) => error.into(),
            SignatureFault::Network => ErrorCode::NetworkNotAllowed.into(),
            fault => {
                tracing::info!(cause = fault.cause(), "a signature was refused: {fault}");
                Self { tells_time: true, ..ErrorCode::SignatureInvalid.into() }
            }
        }
    }
}

impl From<MoveClockRefusal> for ApiError {
    fn from(refusal: MoveClockRefusal) -> Self {
        match refusal {
            MoveClockRefusal::Scope(missing) => missing.into(),
            MoveClockRefusal::Live | MoveClockRefusal::Access(_) => ErrorCode::NotFound.into(),
            MoveClockRefusal::Service(error) => error.into(),
            MoveClockRefusal::Clock(ClockRefusal::Advance) => Self::of_param(
                ErrorCode::ParameterInvalid,
                "/now",
                Text::new(
                    "A clock is never moved back, and at most 400 days ahead at once.",
                    "时钟不能倒退，每次最多调快 400 天。",
                ),
            ),
            MoveClockRefusal::Clock(ClockRefusal::Moved) => ErrorCode::StateConflict.into(),
            MoveClockRefusal::Clock(ClockRefusal::TooFarAhead) => Self::of_param(
                ErrorCode::ParameterInvalid,
                "/now",
                Text::new(
                    "The clock would be more than ten years ahead of the platform's.",
                    "时钟将比平台时间快十年以上。",
                ),
            ),
        }
    }
}

impl From<PaymentRefusal> for ApiError {
    fn from(refusal: PaymentRefusal) -> Self {
        match refusal {
            PaymentRefusal::Scope(missing) => missing.into(),
            PaymentRefusal::Service(error) => error.into(),
            PaymentRefusal::Books(refusal) => refusal.into(),
            PaymentRefusal::Payer(refusal) => refusal.into(),
            PaymentRefusal::NoSuchHolder => Self::of_param(
                ErrorCode::AccountUnknown,
                "/to_holder",
                Text::new("There is no such account holder here.", "此环境中没有该账户持有人。"),
            ),
            PaymentRefusal::NoSuchPayee => Self::of_param(
                ErrorCode::AccountUnknown,
                "/payee",
                Text::new(
                    "There is no account holder of that id here who could be paid.",
                    "此环境中没有可以收款的该账户持有人。",
                ),
            ),
            PaymentRefusal::ChannelDown => ErrorCode::ChannelDown.into(),
            PaymentRefusal::NoChannel => ErrorCode::ChannelUnavailable.into(),
            PaymentRefusal::Expiry => Self::of_param(
                ErrorCode::ParameterInvalid,
                "/expires_at",
                Text::new(
                    "It has to be later than now and within 30 days, in the sandbox by its clock.",
                    "须晚于当前时间且在 30 天之内；在沙箱中以沙箱时钟为准。",
                ),
            ),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NonceReused => Self { tells_time: true, ..ErrorCode::SignatureInvalid.into() },
            Refusal::IdempotencyInProgress => ErrorCode::IdempotencyInProgress.into(),
            Refusal::IdempotencyReused { pointers } => {
                Self { differs: pointers, ..ErrorCode::IdempotencyKeyReused.into() }
            }
            Refusal::OrderInProgress { payment } => Self::with_detail(
                ErrorCode::OrderInProgress,
                format!("The payment {payment} of this order is under way."),
                format!("该订单的支付 {payment} 正在处理中。"),
            ),
            Refusal::OrderAlreadyPaid { payment } => Self::with_detail(
                ErrorCode::OrderAlreadyPaid,
                format!("The payment {payment} of this order succeeded."),
                format!("该订单的支付 {payment} 已成功。"),
            ),
            Refusal::NoSuchPayment { .. } => ErrorCode::NotFound.into(),
            Refusal::NoSuchAccount { .. } => Self::of_param(
                ErrorCode::AccountUnknown,
                "/to_account",
                Text::new(
                    "There is no account of that id that takes money of this currency and environment.",
                    "没有可以收取此币种与环境资金的该账户。",
                ),
            ),
            Refusal::Consent(refusal) => refusal.into(),
            Refusal::SameAccount => Self::of_param(
                ErrorCode::ParameterInvalid,
                "/to_account",
                Text::new("Money cannot go from an account to itself.", "资金不能转给同一个账户。"),
            ),
            Refusal::Move(refusal) => refusal.into(),
            Refusal::Entry(refusal) => refusal.into(),
            Refusal::NoSuchMovement { .. } | Refusal::AnswerTooLate(_) | Refusal::NothingToRepeat => {
                tracing::error!(%refusal, "the books refused what a handler asked: {refusal}");
                ErrorCode::Internal.into()
            }
        }
    }
}

impl From<PayerRefusal> for ApiError {
    fn from(refusal: PayerRefusal) -> Self {
        let invalid = |param, en, zh| Self::of_param(ErrorCode::ParameterInvalid, param, Text::new(en, zh));
        match refusal {
            PayerRefusal::NoConsent => ErrorCode::ConsentMissing.into(),
            PayerRefusal::PayeeMissing => Self::of_param(
                ErrorCode::ParameterMissing,
                "/payee",
                Text::new("Name the payee that the account holder consented to.", "请填写账户持有人授权的收款方。"),
            ),
            PayerRefusal::Method => invalid(
                "/channel",
                "An account holder's token pays from their wallet: send `holder_wallet`.",
                "账户持有人的令牌只能从其钱包付款：请发送 `holder_wallet`。",
            ),
            PayerRefusal::Capture => invalid(
                "/capture",
                "A wallet pays at once: send `automatic`.",
                "钱包付款立即完成：请发送 `automatic`。",
            ),
            PayerRefusal::Outcome => {
                invalid("/sandbox_outcome", "A wallet's outcome cannot be chosen.", "钱包付款的结果不可选择。")
            }
        }
    }
}

impl From<ConsentRefusal> for ApiError {
    fn from(refusal: ConsentRefusal) -> Self {
        match refusal {
            ConsentRefusal::Ended => Self::with_detail(
                ErrorCode::PaymentNotConsented,
                "The account holder's consent has ended.".to_owned(),
                "账户持有人的授权已失效。".to_owned(),
            ),
            ConsentRefusal::NotGiven { amount, payee } => Self::with_detail(
                ErrorCode::PaymentNotConsented,
                format!("They did not consent to {amount} to {payee}."),
                format!("其未授权向 {payee} 支付 {amount}。"),
            ),
            ConsentRefusal::Used { payment } => Self::with_detail(
                ErrorCode::ConsentUsed,
                format!("The payment {payment} used it up."),
                format!("支付 {payment} 已使用该授权。"),
            ),
        }
    }
}

impl From<MoveRefusal> for ApiError {
    fn from(refusal: MoveRefusal) -> Self {
        match refusal {
            MoveRefusal::WrongState { status, .. } => Self::with_detail(
                ErrorCode::StateConflict,
                format!("The payment is `{}`.", status.as_str()),
                format!("该支付的状态为 `{}`。", status.as_str()),
            ),
            MoveRefusal::HoldEnded { .. } => Self::with_detail(
                ErrorCode::StateConflict,
                "What was held and not captured is no longer held.".to_owned(),
                "尚未扣款的冻结金额已不再冻结。".to_owned(),
            ),
            MoveRefusal::AboveCapturable { capturable: left } | MoveRefusal::AboveRefundable { refundable: left } => {
                Self {
                    param: Some("/amount".to_owned()),
                    ..Self::with_detail(
                        ErrorCode::AmountExceedsRemaining,
                        format!("There is {left} left."),
                        format!("剩余 {left}。"),
                    )
                }
            }
            MoveRefusal::OtherCurrency { amount } => Self::of_param(
                ErrorCode::CurrencyMismatch,
                "/currency",
                Text::made(
                    format!("The payment is in {}.", amount.currency()),
                    format!("该支付的币种为 {}。", amount.currency()),
                ),
            ),
        }
    }
}

impl From<EntryRefusal> for ApiError {
    fn from(refusal: EntryRefusal) -> Self {
        match refusal {
            EntryRefusal::InsufficientBalance { balance } => Self::with_detail(
                ErrorCode::BalanceInsufficient,
                format!("There is {balance} available."),
                format!("可用余额为 {balance}。"),
            ),
            EntryRefusal::WalletInsufficient => Self::with_detail(
                ErrorCode::BalanceInsufficient,
                "The account holder's wallet holds too little.".to_owned(),
                "账户持有人的钱包余额不足。".to_owned(),
            ),
            EntryRefusal::AccountFull { currency } => Self::of_param(
                ErrorCode::AccountLimitReached,
                "/amount",
                Text::made(
                    format!("The account in {currency} cannot hold that much more."),
                    format!("{currency} 账户无法再容纳这笔金额。"),
                ),
            ),
        }
    }
}
