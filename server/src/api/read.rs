//! From the texts of a body to the domain's types. Each refusal names the field.

use tallyport_contract::metadata::Metadata as WireMetadata;
use tallyport_contract::time::parse_rfc3339;
use tallyport_contract::{ErrorCode, Text};
use tallyport_domain::books::IdempotencyKey;
use tallyport_domain::channel::Channel;
use tallyport_domain::money::{AMOUNT_MINOR_MAX, AmountRefusal};
use tallyport_domain::payment::{Description, Metadata, Method};
use tallyport_domain::{Currency, Money};
use tallyport_service::payments::Call;

use super::ApiError;
use super::signed::SignedJson;

/// The call that a signed body makes.
pub(super) fn call(signed: SignedJson, key: IdempotencyKey) -> Result<Call, ApiError> {
    let body = String::from_utf8(signed.body.into()).map_err(|_| ErrorCode::BodyMalformed)?;
    Ok(Call { key, body, nonce: signed.nonce })
}

pub(super) fn money(amount: &str, currency: &str) -> Result<Money, ApiError> {
    let currency: Currency = currency.parse().map_err(|_| {
        let detail = Text::new("The currency is not an ISO 4217 code.", "币种不是有效的 ISO 4217 代码。");
        ApiError::of_param(ErrorCode::CurrencyUnknown, "/currency", detail)
    })?;
    Money::parse(amount, currency)
        .map_err(|refusal| ApiError::of_param(ErrorCode::AmountInvalid, "/amount", amount_detail(refusal)))
}

/// An amount that may be left out, and then its currency as well.
pub(super) fn money_if_any(amount: Option<&str>, currency: Option<&str>) -> Result<Option<Money>, ApiError> {
    match (amount, currency) {
        (Some(amount), Some(currency)) => money(amount, currency).map(Some),
        (None, None) => Ok(None),
        (Some(_), None) => Err(missing("/currency")),
        (None, Some(_)) => Err(missing("/amount")),
    }
}

fn amount_detail(refusal: AmountRefusal) -> Text {
    match refusal {
        AmountRefusal::Malformed => Text::new(
            "An amount is a text of plain digits with a point before the decimals.",
            "金额须为纯数字字符串，小数点后为小数位。",
        ),
        AmountRefusal::WrongDecimals { currency, decimals } => Text::made(
            format!("Amounts in {currency} have {decimals} decimals."),
            format!("{currency} 的金额须有 {decimals} 位小数。"),
        ),
        AmountRefusal::TooLarge => Text::made(
            format!("An amount is at most {AMOUNT_MINOR_MAX} minor units of its currency."),
            format!("金额最多为该币种的 {AMOUNT_MINOR_MAX} 个最小单位。"),
        ),
        AmountRefusal::Zero => Text::new("The amount has to be above zero.", "金额必须大于零。"),
    }
}

pub(super) fn description(text: Option<String>) -> Result<Option<Description>, ApiError> {
    text.map(|text| text.parse()).transpose().map_err(|_| {
        let detail = Text::new(
            "A description is 1 to 500 characters without control characters.",
            "description 须为 1 至 500 个字符，且不含控制字符。",
        );
        ApiError::of_param(ErrorCode::ParameterInvalid, "/description", detail)
    })
}

pub(super) fn metadata(entries: Option<WireMetadata>) -> Result<Metadata, ApiError> {
    let entries = entries.map(|metadata| metadata.0).unwrap_or_default();
    Metadata::new(entries).map_err(|_| {
        let detail = Text::new(
            "Metadata has at most 20 entries, with names of 1 to 40 and texts of up to 500 characters.",
            "metadata 最多 20 项，名称为 1 至 40 个字符，内容最多 500 个字符。",
        );
        ApiError::of_param(ErrorCode::ParameterInvalid, "/metadata", detail)
    })
}

/// A field that holds one of a few texts.
pub(super) fn one_of<T: std::str::FromStr>(
    text: Option<&str>,
    param: &str,
    known: &str,
) -> Result<Option<T>, ApiError> {
    text.map(|text| {
        text.parse().map_err(|_| {
            let detail = Text::made(
                format!("This must be one of: {known}."),
                format!("此处必须是以下之一：{}。", known.replace(", ", "、")),
            );
            ApiError::of_param(ErrorCode::ParameterInvalid, param, detail)
        })
    })
    .transpose()
}

pub(super) fn time(text: Option<&str>, param: &str) -> Result<Option<i64>, ApiError> {
    text.map(|text| {
        parse_rfc3339(text).ok_or_else(|| {
            let detail = Text::new(
                "A time is written as RFC 3339 says, such as 2026-11-20T08:15:30.000Z.",
                "时间须为 RFC 3339 格式，例如 2026-11-20T08:15:30.000Z。",
            );
            ApiError::of_param(ErrorCode::ParameterInvalid, param, detail)
        })
    })
    .transpose()
}

/// The channel of a top-up or a withdrawal; a bank when none is named.
pub(super) fn channel(name: Option<&str>) -> Result<Channel, ApiError> {
    let method: Result<Method, _> = name.unwrap_or("bank_transfer").parse();
    let channel = method.ok().filter(|method| matches!(method, Method::Wallet(_))).and_then(Method::channel);
    channel.ok_or_else(|| {
        let detail = Text::new("There is no such channel.", "没有这个渠道。");
        ApiError::of_param(ErrorCode::MethodUnknown, "/channel", detail)
    })
}

pub(super) fn missing(param: &str) -> ApiError {
    let detail = Text::new("This field is required.", "缺少这个必填字段。");
    ApiError::of_param(ErrorCode::ParameterMissing, param, detail)
}
