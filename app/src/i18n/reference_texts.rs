//! The Chinese of every text in the OpenAPI document.
//!
//! An entry is found by its English text, not by the name of a field: when somebody rewords a
//! description, its Chinese is missing until it is looked at again, and a test says so.

/// English and Chinese of one text.
pub(super) type Entry = (&'static str, &'static str);

/// The Chinese of a text of the document.
pub(crate) fn in_chinese(english: &str) -> Option<&'static str> {
    all().find(|(candidate, _)| *candidate == english).map(|(_, chinese)| chinese)
}

/// Every entry.
pub(crate) fn all() -> impl Iterator<Item = Entry> {
    [TAGS, ISSUE_TOKEN, CREATE_PAYMENT, GET_PAYMENT, PAYMENT, PROBLEM, super::reference_money::MONEY]
        .into_iter()
        .flatten()
        .copied()
}

const TAGS: &[Entry] = &[
    ("Tokens", "令牌"),
    ("Access tokens for the calls below.", "调用以下接口所需的访问令牌。"),
    ("Payments", "支付"),
    ("Money that is taken from payers for your orders.", "为您的订单向付款方收款。"),
];

const ISSUE_TOKEN: &[Entry] = &[
    ("Get an access token", "获取访问令牌"),
    (
        "An application shows its `api_key` and `api_secret` as user and password of HTTP Basic and gets a \
         token that is good for ten minutes.",
        "应用以 HTTP Basic 的用户名和密码出示 `api_key` 与 `api_secret`，得到有效期十分钟的令牌。",
    ),
    ("Always `client_credentials`.", "固定为 `client_credentials`。"),
    (
        "The scopes that the token should carry; all that the application has when left out.",
        "令牌应携带的权限；省略时为应用拥有的全部权限。",
    ),
    ("The token.", "令牌。"),
    (
        "The token: a JWT (RFC 9068). Send it as `Authorization: Bearer …`.",
        "令牌，为 JWT（RFC 9068）。请以 `Authorization: Bearer …` 发送。",
    ),
    ("Always `Bearer`.", "固定为 `Bearer`。"),
    ("For how many seconds it is good.", "有效期，以秒为单位。"),
    ("What it allows.", "令牌拥有的权限。"),
    ("The request is not one that the endpoint takes.", "请求不符合该接口的要求。"),
    ("Key and secret do not go together.", "`api_key` 与 `api_secret` 不匹配。"),
    ("One of the RFC's codes, such as `invalid_client`.", "RFC 规定的错误码之一，例如 `invalid_client`。"),
    ("What to do about it.", "应如何处理。"),
];

const CREATE_PAYMENT: &[Entry] = &[
    ("Make a payment", "发起支付"),
    (
        "Takes money from the payer for an order. The call is idempotent: the same key and body have one \
         effect and one answer, however often they are sent. An order is paid at most once; after a \
         payment failed, the order may be paid anew.",
        "为一笔订单向付款方收款。此调用是幂等的：相同的键和请求体无论发送多少次，都只生效一次并得到同一个响应。\
         一笔订单至多支付一次；支付失败后，该订单可以重新支付。",
    ),
    (
        "Your own name for this payment, 1 to 255 visible ASCII characters. Send the same key when you \
         repeat the call.",
        "您为这笔支付起的名字，1 至 255 个可见 ASCII 字符。重复调用时请发送相同的键。",
    ),
    (
        "Your own number for what is paid: 1 to 64 visible ASCII characters. It is paid at most once.",
        "您自己的订单号，1 至 64 个可见 ASCII 字符。同一订单至多支付一次。",
    ),
    (
        "The amount as a decimal text, with exactly the decimals of the currency.",
        "金额，为十进制字符串，小数位数须与币种一致。",
    ),
    ("An ISO 4217 code.", "ISO 4217 币种代码。"),
    ("For people to read: up to 500 characters.", "供人阅读的说明，最多 500 个字符。"),
    (
        "The payment. `status` says how it ended; a declined card is a payment with the status `failed`.",
        "支付对象。`status` 说明其结果；卡被拒绝时，支付的状态为 `failed`。",
    ),
    (
        "`true` when this is the answer to an earlier call with the same key.",
        "为 `true` 时，表示这是先前使用相同键的调用的响应。",
    ),
    ("A field is missing or not allowed.", "缺少字段，或字段不符合要求。"),
    ("Token or signature are missing or not valid.", "令牌或签名缺失或无效。"),
    ("The token lacks `payments:write`.", "令牌没有 `payments:write` 权限。"),
    (
        "The order is paid or being paid, or the first call with this key is under way.",
        "订单已支付或正在支付，或使用该键的首个调用仍在处理中。",
    ),
    ("The body is too large.", "请求体过大。"),
    ("The body is not `application/json`.", "请求体不是 `application/json`。"),
    (
        "The key came with another body before; `differs` names the fields.",
        "该键曾用于不同的请求体；`differs` 列出了不同的字段。",
    ),
    (
        "Something broke; the same key makes it safe to repeat the call.",
        "平台内部错误；使用相同的键即可安全地重复调用。",
    ),
    ("Nothing was done; try again after `Retry-After`.", "未执行任何操作；请在 `Retry-After` 之后重试。"),
];

const GET_PAYMENT: &[Entry] = &[
    ("Get a payment", "查询支付"),
    (
        "Payments of other applications, and of the other environment, do not exist for the caller.",
        "其他应用的支付，以及另一环境中的支付，对调用方而言并不存在。",
    ),
    ("The payment's id.", "支付的 ID。"),
    ("The payment.", "支付对象。"),
    ("The token, or a signature that was sent, is not valid.", "令牌无效，或所发送的签名无效。"),
    ("The token lacks `payments:read`.", "令牌没有 `payments:read` 权限。"),
    ("There is no such payment here.", "这里没有这笔支付。"),
    ("Something broke on our side.", "平台内部错误。"),
    ("Try again after `Retry-After`.", "请在 `Retry-After` 之后重试。"),
];

const PAYMENT: &[Entry] = &[
    ("Always `payment`.", "固定为 `payment`。"),
    ("`sandbox` or `live`.", "`sandbox`（沙箱）或 `live`（正式环境）。"),
    ("Your own number for what is paid.", "您自己的订单号。"),
    ("The amount that was asked for.", "请求的金额。"),
    ("The amount that was taken so far.", "迄今已扣款的金额。"),
    ("The currency of all amounts.", "所有金额的币种。"),
    ("Why it failed, when it did.", "失败时的原因。"),
    ("For people to read.", "供人阅读的说明。"),
    ("When it was made.", "创建时间。"),
    ("When it last changed.", "最近一次变更的时间。"),
];

const PROBLEM: &[Entry] = &[
    ("The page that explains the code.", "解释该错误码的页面。"),
    ("The code in words.", "错误码的文字说明。"),
    ("The HTTP status once more.", "与响应相同的 HTTP 状态码。"),
    ("What is wrong this time.", "本次出错的具体原因。"),
    ("The stable code.", "稳定的错误码。"),
    (
        "Where in the request: a JSON pointer into the body, or the name of a header.",
        "出错的位置：指向请求体的 JSON 指针，或请求头的名称。",
    ),
    (
        "JSON pointers to the fields that differ, when a key was reused with another body.",
        "幂等键被用于不同的请求体时，指向不同字段的 JSON 指针。",
    ),
    ("The request, as it stands in the logs.", "请求编号，与日志中一致。"),
    ("Whether the same request may succeed later.", "相同的请求稍后是否可能成功。"),
    ("What to do next.", "下一步应如何处理。"),
    (
        "The server's time when a signature was refused, to show a skewed clock.",
        "签名被拒绝时的服务器时间，用于发现时钟偏差。",
    ),
];

#[cfg(test)]
mod tests {
    use super::{all, in_chinese};
    use std::collections::HashSet;

    #[test]
    fn no_text_has_two_entries_and_every_chinese_is_chinese() {
        let mut seen = HashSet::new();
        for (english, chinese) in all() {
            assert!(seen.insert(english), "{english}");
            assert!(chinese.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)), "{chinese}");
        }
    }

    #[test]
    fn code_words_stay_as_they_are() {
        for (english, chinese) in all() {
            for word in english.split('`').skip(1).step_by(2) {
                assert!(chinese.contains(&format!("`{word}`")), "{english} / {chinese}");
            }
        }
    }

    #[test]
    fn an_unknown_text_has_no_chinese() {
        assert_eq!(in_chinese("Never written."), None);
    }
}
