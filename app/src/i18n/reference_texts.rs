//! The Chinese of every text in the OpenAPI document.
//!
//! An entry is found by its English text, not by the name of a field: when somebody rewords a
//! description, its Chinese is missing until it is looked at again, and a test says so.

use super::{reference_front_door::FRONT_DOOR, reference_money::MONEY};

/// English and Chinese of one text.
pub(super) type Entry = (&'static str, &'static str);

/// The Chinese of a text of the document.
pub(crate) fn in_chinese(english: &str) -> Option<&'static str> {
    all().find(|(candidate, _)| *candidate == english).map(|(_, chinese)| chinese)
}

/// Every entry.
pub(crate) fn all() -> impl Iterator<Item = Entry> {
    [TAGS, ISSUE_TOKEN, AUTHORIZATION, CREATE_PAYMENT, GET_PAYMENT, PAYMENT, PROBLEM, FRONT_DOOR, MONEY]
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
        "An application shows who it is and what it was given: nothing more for a token of its own, a code, a refresh \
         token or a device code for one in the name of an account holder.",
        "应用证明自己的身份，并出示所得到的凭据：获取自己的令牌无需其他内容；以账户持有人的名义获取令牌时，出示授权码、\
         刷新令牌或设备码。",
    ),
    (
        "`client_credentials`, `authorization_code`, `refresh_token` or `urn:ietf:params:oauth:grant-type:device_code`.",
        "`client_credentials`、`authorization_code`、`refresh_token` 或 `urn:ietf:params:oauth:grant-type:device_code`。",
    ),
    (
        "The scopes that the token should carry; all that were given when left out.",
        "令牌应携带的权限；省略时为已得到的全部权限。",
    ),
    ("The code that came with the browser.", "随浏览器返回的授权码。"),
    ("Where the code was sent.", "授权码发送到的地址。"),
    ("The text whose SHA-256 was the `code_challenge`.", "其 SHA-256 即为 `code_challenge` 的文本。"),
    ("The refresh token that came last.", "最近一次得到的刷新令牌。"),
    ("The code that the device got.", "设备得到的代码。"),
    ("The API that the token is for; there is one.", "令牌所面向的 API；只有一个。"),
    ("The `api_key`, where it is not in HTTP Basic.", "`api_key`，未使用 HTTP Basic 时填写。"),
    ("The token.", "令牌。"),
    (
        "The token: a JWT (RFC 9068). Send it as `Authorization: Bearer …`, or `DPoP …` when it is bound.",
        "令牌，为 JWT（RFC 9068）。请以 `Authorization: Bearer …` 发送；与密钥绑定时以 `DPoP …` 发送。",
    ),
    ("`Bearer`, or `DPoP` when it is bound to a key of the client.", "`Bearer`；与客户端密钥绑定时为 `DPoP`。"),
    ("For how many seconds it is good.", "有效期，以秒为单位。"),
    ("What it allows.", "令牌拥有的权限。"),
    (
        "What gets the next token, when the account holder allowed that.",
        "用于获取下一个令牌，仅在账户持有人允许时提供。",
    ),
    (
        "Who the account holder is (OpenID Connect), with the scope `openid`.",
        "账户持有人的身份（OpenID Connect），需要权限 `openid`。",
    ),
    ("The payments that the account holder consented to (RFC 9396).", "账户持有人同意的付款（RFC 9396）。"),
    ("The request is not one that the endpoint takes.", "请求不符合该接口的要求。"),
    ("The client did not show who it is.", "客户端未能证明自己的身份。"),
    ("One of the RFC's codes, such as `invalid_client`.", "RFC 规定的错误码之一，例如 `invalid_client`。"),
    ("What to do about it.", "应如何处理。"),
];

const AUTHORIZATION: &[Entry] = &[
    ("Push an authorization request", "推送授权请求"),
    (
        "Keeps what the application asks of an account holder (RFC 9126). The browser is then sent to `/oauth/authorize` \
         with `client_id` and the `request_uri`, once.",
        "保存应用对账户持有人的请求（RFC 9126）。随后携带 `client_id` 和 `request_uri` 将浏览器引导至 `/oauth/authorize`，仅限一次。",
    ),
    ("Always `code`.", "固定为 `code`。"),
    (
        "Where the answer goes: one of the registered addresses, letter by letter.",
        "结果返回的地址：与登记的某一地址逐字相同。",
    ),
    ("What the application wants.", "应用所需的权限。"),
    (
        "The base64url SHA-256 of a text that only the client knows.",
        "仅客户端知道的文本的 SHA-256，以 base64url 表示。",
    ),
    ("Always `S256`.", "固定为 `S256`。"),
    ("What the client finds again in the answer.", "原样出现在返回结果中。"),
    ("What the client finds again in the ID token.", "原样出现在 ID 令牌中。"),
    (
        "Payments, each of exactly this amount to this payee and once, as JSON (RFC 9396).",
        "待同意的付款，每笔的金额与收款方须完全一致，且仅限一次，JSON 格式（RFC 9396）。",
    ),
    (
        "All of this as a signed JWT (RFC 9101), in place of the rest.",
        "以上全部内容的签名 JWT（RFC 9101），代替其余参数。",
    ),
    ("The request waits for a browser.", "请求正在等待浏览器。"),
    ("What to send the browser with.", "引导浏览器时携带的值。"),
    ("For how many seconds it waits.", "等待时间，以秒为单位。"),
    ("Ask from a device without a browser", "从没有浏览器的设备请求授权"),
    (
        "Begins the authorization of a device (RFC 8628): it shows the `user_code` and asks for its token until the \
         account holder has decided.",
        "开始设备授权（RFC 8628）：设备显示 `user_code`，并反复请求令牌，直至账户持有人作出决定。",
    ),
    ("The codes.", "代码。"),
    ("What to ask for the token with.", "用于请求令牌。"),
    ("What the user types.", "用户输入的代码。"),
    ("Where the user types it.", "用户输入代码的地址。"),
    (
        "The same with the code in it, for a picture that a telephone reads.",
        "包含代码的同一地址，可制成供手机扫描的二维码。",
    ),
    ("For how many seconds both are good.", "两者的有效期，以秒为单位。"),
    ("How many seconds to wait between two questions for the token.", "两次请求令牌之间应等待的秒数。"),
    ("Look at a token", "查看令牌"),
    ("Says what a token of the application is (RFC 7662).", "说明应用的某个令牌是什么（RFC 7662）。"),
    ("What it is.", "令牌的信息。"),
    ("An access token or a refresh token.", "访问令牌或刷新令牌。"),
    ("Not needed; what kind it is is seen.", "无需提供；会自动识别类型。"),
    ("Whether it is good right now.", "当前是否有效。"),
    ("Whose it is: an `api_key`.", "所属客户端：`api_key`。"),
    ("Whom it is about: the application, or an account holder.", "令牌的主体：应用或账户持有人。"),
    ("When it ends, in seconds since 1970.", "失效时间，自 1970 年起的秒数。"),
    ("Give a token back", "撤销令牌"),
    (
        "Ends a token of the application (RFC 7009), everywhere within a second. With a refresh token everything that \
         came of the same consent ends. A token that is not good is answered alike.",
        "使应用的令牌失效（RFC 7009），一秒内处处生效。撤销刷新令牌时，同一授权产生的一切均失效。对无效的令牌给出同样的响应。",
    ),
    ("It is not good any more.", "令牌已失效。"),
    ("Get the account holder", "获取账户持有人信息"),
    (
        "Says who consented to the token, as far as its scopes go (OpenID Connect).",
        "在令牌权限范围内说明授权者的身份（OpenID Connect）。",
    ),
    ("The account holder.", "账户持有人。"),
    ("The token lacks `openid`.", "令牌缺少权限 `openid`。"),
    ("Too many calls; come back after `Retry-After`.", "调用过于频繁，请在 `Retry-After` 之后重试。"),
    ("Who it is: an id that stays.", "持有人的编号，保持不变。"),
    ("What they are called, with the scope `profile`.", "姓名，需要权限 `profile`。"),
    ("Their address, with the scope `email`.", "邮箱地址，需要权限 `email`。"),
    ("Their telephone number, with the scope `phone`.", "电话号码，需要权限 `phone`。"),
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
    (
        "The token lacks `payments:write`, or the account holder did not consent to this payment.",
        "令牌没有 `payments:write` 权限，或账户持有人未授权这笔付款。",
    ),
    (
        "The order is paid or being paid, the consent was used up, the wallet holds too little, or the first call with this key is under way.",
        "订单已支付或正在支付，授权已被使用，钱包余额不足，或使用该键的首个调用仍在处理中。",
    ),
    ("The body is too large.", "请求体过大。"),
    (
        "The body is neither `application/json` nor `application/jose`.",
        "请求体既不是 `application/json`，也不是 `application/jose`。",
    ),
    ("No key is registered that the answer could be encrypted to.", "没有登记可用于加密响应的密钥。"),
    (
        "The key came with another body before; `differs` names the fields.",
        "该键曾用于不同的请求体；`differs` 列出了不同的字段。",
    ),
    (
        "Something broke; the same key makes it safe to repeat the call.",
        "平台内部错误；使用相同的键即可安全地重复调用。",
    ),
    (
        "Not answered; `code` says whether anything was done. Try again after `Retry-After`, with the same idempotency key where there is one.",
        "未能给出响应；`code` 说明是否已执行操作。请在 `Retry-After` 之后重试；如有幂等键，请使用相同的键。",
    ),
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
