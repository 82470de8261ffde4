//! The table of error codes: stable code, HTTP status, whether to retry, title and hint.

use crate::Text;

macro_rules! error_codes {
    ($($variant:ident = $code:literal, $status:literal, $retry:ident,
        [$title_en:literal, $title_zh:literal], [$hint_en:literal, $hint_zh:literal];)+) => {
        /// A stable code for what went wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $(#[doc = $title_en] $variant,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text that partners may rely on.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)+ }
            }

            /// Whether the same request may succeed later.
            #[must_use]
            pub const fn is_retryable(self) -> bool {
                match self { $(Self::$variant => error_codes!(@$retry),)+ }
            }

            /// The code in words.
            #[must_use]
            pub const fn title(self) -> Text {
                match self { $(Self::$variant => Text::new($title_en, $title_zh),)+ }
            }

            /// What to do next.
            #[must_use]
            pub const fn hint(self) -> Text {
                match self { $(Self::$variant => Text::new($hint_en, $hint_zh),)+ }
            }
        }
    };
    (@retry) => { true };
    (@final) => { false };
}

error_codes! {
    BodyMalformed = "body_malformed", 400, final,
        ["The body is not valid JSON", "请求体不是有效的 JSON"],
        ["Send one JSON object in UTF-8 without a byte order mark.", "请发送一个不带 BOM 的 UTF-8 编码 JSON 对象。"];
    BodyTooLarge = "body_too_large", 413, final,
        ["The body is too large", "请求体过大"],
        ["Send less; the limit is named in `detail`.", "请减小请求体；上限见 `detail`。"];
    ParameterUnknown = "parameter_unknown", 400, final,
        ["A field is not known", "存在未知字段"],
        ["Remove the field named in `param`; the reference lists all fields.", "请删除 `param` 指出的字段；全部字段见接口文档。"];
    ParameterMissing = "parameter_missing", 400, final,
        ["A field is missing", "缺少必填字段"],
        ["Add the field named in `param`.", "请补上 `param` 指出的字段。"];
    ParameterInvalid = "parameter_invalid", 400, final,
        ["A field has a value that is not allowed", "字段取值不符合要求"],
        ["Correct the field named in `param`.", "请更正 `param` 指出的字段。"];
    CardNumberRefused = "card_number_refused", 400, final,
        ["Card numbers are not taken", "不接受卡号"],
        ["Nothing was done or stored. Send a token in place of a card, in the sandbox `card_ok`. If it is a number of your own, such as an order's, put a letter or `_` directly before its digits.",
         "未执行任何操作，也未保存任何内容。请以令牌代替卡号，沙箱中例如 `card_ok`。如果这是您自己的编号（例如订单号），请在数字前紧接一个字母或 `_`。"];
    AmountInvalid = "amount_invalid", 400, final,
        ["The amount is not valid", "金额无效"],
        ["Send a decimal text with exactly the decimals of the currency: \"100.00\" USD, \"100\" JPY.",
         "请以字符串发送金额，小数位数须与币种一致：USD 为 \"100.00\"，JPY 为 \"100\"。"];
    CurrencyUnknown = "currency_unknown", 400, final,
        ["The currency is not known", "未知的币种"],
        ["Send an ISO 4217 code in capital letters, such as USD or CNY.", "请使用大写的 ISO 4217 币种代码，例如 USD 或 CNY。"];
    MethodUnknown = "method_unknown", 400, final,
        ["No channel takes this method", "没有渠道支持该支付方式"],
        ["In `method`, send a test card such as `card_ok`; in `channel`, one of those that the reference lists, such as `bank_transfer`.",
         "`method` 请使用测试卡，例如 `card_ok`；`channel` 请使用接口文档列出的渠道，例如 `bank_transfer`。"];
    IdempotencyKeyMissing = "idempotency_key_missing", 400, final,
        ["The Idempotency-Key header is missing", "缺少 Idempotency-Key 请求头"],
        ["Send a fresh key with each new payment and the same key with each retry of it.",
         "每笔新支付请使用新的键；重试同一笔支付时请使用相同的键。"];
    IdempotencyKeyInvalid = "idempotency_key_invalid", 400, final,
        ["The Idempotency-Key header is not valid", "Idempotency-Key 请求头无效"],
        ["Send 1 to 255 visible ASCII characters, once.", "请发送 1 至 255 个可见 ASCII 字符，且只发送一次。"];
    IdempotencyKeyReused = "idempotency_key_reused", 422, final,
        ["The idempotency key came with another body before", "该幂等键曾用于不同的请求体"],
        ["`differs` names the fields that changed. Use a new key for a new payment.",
         "`differs` 列出了不同的字段。新的支付请使用新的键。"];
    IdempotencyInProgress = "idempotency_in_progress", 409, retry,
        ["The first request with this key is still under way", "使用该幂等键的首个请求仍在处理中"],
        ["Wait as `Retry-After` says, then send the same body again with the same key, signed anew.",
         "请按 `Retry-After` 等待后，使用相同的键重发相同的请求体，并重新签名。"];
    OrderInProgress = "order_in_progress", 409, retry,
        ["The order is being paid", "该订单正在支付中"],
        ["Read the payment named in `detail`; while it waits for its payer you may cancel it and pay the order anew.",
         "请查询 `detail` 中的支付；若其仍在等待付款方，可将其取消后重新支付该订单。"];
    OrderAlreadyPaid = "order_already_paid", 409, final,
        ["The order is paid already", "该订单已支付"],
        ["Do not charge again: the payment named in `detail` succeeded.", "请勿重复扣款：`detail` 中的支付已成功。"];
    StateConflict = "state_conflict", 409, final,
        ["The object's state does not allow this", "对象的当前状态不允许此操作"],
        ["Money that was captured goes back by a refund. While the object is `processing` or `unknown`, wait, and read it again after `next_check_at`.",
         "已扣的款项通过退款退还。对象处于 `processing` 或 `unknown` 时，请等待，并在 `next_check_at` 之后再次查询。"];
    AmountExceedsRemaining = "amount_exceeds_remaining", 409, final,
        ["The amount is more than what is left", "金额超过剩余可用部分"],
        ["Send at most the amount named in `detail`. If that is zero, all of it is done already or on its way.",
         "请发送不超过 `detail` 中的金额。若为零，则已全部处理或正在处理。"];
    CurrencyMismatch = "currency_mismatch", 400, final,
        ["The amount is in another currency", "金额的币种不一致"],
        ["Send the amount in the currency named in `detail`.", "请使用 `detail` 中的币种。"];
    BalanceInsufficient = "balance_insufficient", 409, final,
        ["The balance is too low", "余额不足"],
        ["If the balance is yours, look at /v1/balances; top up, or send a smaller amount. If an account holder pays, only they can fill their wallet.",
         "如为您自己的余额，请查看 /v1/balances，充值或减小金额后再试。如由账户持有人付款，只能由其自行充值钱包。"];
    AccountLimitReached = "account_limit_reached", 409, final,
        ["The account cannot hold more", "账户已达上限"],
        ["Withdraw or transfer some of the balance first.", "请先提现或转出部分余额。"];
    AccountUnknown = "account_unknown", 400, final,
        ["There is no such account", "账户不存在"],
        ["Check the account's id, its currency and its environment.", "请检查账户 ID、币种与环境。"];
    ChannelUnavailable = "channel_unavailable", 409, final,
        ["No channel works in this environment", "当前环境没有可用的渠道"],
        ["Use the sandbox, or ask the operator to configure a channel.", "请使用沙箱，或请运营方配置渠道。"];
    ChannelDown = "channel_down", 503, retry,
        ["The channel cannot be reached", "暂时无法连接渠道"],
        ["Nothing was done. Wait as `Retry-After` says, then send the same body again with the same idempotency key, signed anew.",
         "未执行任何操作。请按 `Retry-After` 等待后，使用相同的幂等键重发相同的请求体，并重新签名。"];
    AuthenticationRequired = "authentication_required", 401, final,
        ["The call carries no access token", "请求未携带访问令牌"],
        ["Get a token at /oauth/token and send it as `Authorization: Bearer …`.",
         "请在 /oauth/token 获取令牌，并以 `Authorization: Bearer …` 发送。"];
    TokenInvalid = "token_invalid", 401, final,
        ["The access token is not valid", "访问令牌无效"],
        ["Get a new token at /oauth/token; tokens are good for ten minutes.", "请在 /oauth/token 重新获取令牌；令牌有效期为十分钟。"];
    SignatureMissing = "signature_missing", 401, final,
        ["The call is not signed", "请求未签名"],
        ["Sign the request as RFC 9421 says, with the tag \"tallyport\".", "请按 RFC 9421 对请求签名，tag 为 \"tallyport\"。"];
    SignatureInvalid = "signature_invalid", 401, final,
        ["The signature is not valid", "签名无效"],
        ["Compare your signature base with the request as you sent it, and your clock with `server_time`; a nonce works once. In the sandbox, send the call to /v1/echo: it says what differs.",
         "请将签名原文与实际发送的请求比对，并将您的时钟与 `server_time` 比对；`nonce` 只能使用一次。在沙箱中可将调用发送到 /v1/echo，它会指出不同之处。"];
    ScopeMissing = "scope_missing", 403, final,
        ["The access token does not allow this call", "访问令牌无权进行此调用"],
        ["Ask for the scope named in `detail` when you get the token.", "获取令牌时请申请 `detail` 指出的权限。"];
    ConsentMissing = "consent_missing", 403, final,
        ["The token carries no consent to a payment", "访问令牌不含对付款的授权"],
        ["Ask the account holder by authorization_details of the type `payment`, and pay with the token that comes of it.",
         "请通过 type 为 `payment` 的 authorization_details 请求账户持有人授权，并使用由此得到的令牌付款。"];
    PaymentNotConsented = "payment_not_consented", 403, final,
        ["The account holder did not consent to this payment", "账户持有人未授权这笔付款"],
        ["Amount, currency and payee have to be exactly those of the consent; ask the account holder anew for another payment.",
         "金额、币种与收款方须与授权完全一致；如需其他付款，请重新请求账户持有人授权。"];
    ConsentUsed = "consent_used", 409, final,
        ["The consent was used up", "该授权已被使用"],
        ["Do not charge again: the payment named in `detail` was made with it. Ask the account holder anew for another one.",
         "请勿重复扣款：`detail` 中的支付已使用该授权。如需再次付款，请重新请求账户持有人授权。"];
    NetworkNotAllowed = "network_not_allowed", 403, final,
        ["The call comes from a network that is not allowed", "调用来自不被允许的网络"],
        ["Call from an allowed network, or change the allowed networks of the application or its key in the console.",
         "请从允许的网络发起调用，或在控制台修改应用或密钥的允许网络。"];
    NotFound = "not_found", 404, final,
        ["There is nothing here", "资源不存在"],
        ["Check the path, the id and the environment: sandbox objects do not exist in live.",
         "请检查路径、ID 与环境：沙箱对象在正式环境中不存在。"];
    MethodNotAllowed = "method_not_allowed", 405, final,
        ["The path does not take this HTTP method", "该路径不支持此 HTTP 方法"],
        ["`Allow` lists the methods that it takes.", "支持的方法见 `Allow` 响应头。"];
    MediaTypeUnsupported = "media_type_unsupported", 415, final,
        ["The body's media type is not supported", "不支持的请求体类型"],
        ["Send `Content-Type: application/json`.", "请发送 `Content-Type: application/json`。"];
    EncryptionInvalid = "encryption_invalid", 400, final,
        ["The encrypted body cannot be read", "无法读取加密的请求体"],
        ["Nothing was done. Encrypt the JSON to the newest key with `use` `enc` of `/.well-known/jwks.json`, with RSA-OAEP-256 and A256GCM.",
         "未执行任何操作。请用 `/.well-known/jwks.json` 中最新的 `use` 为 `enc` 的密钥，以 RSA-OAEP-256 和 A256GCM 加密 JSON。"];
    EncryptionKeyMissing = "encryption_key_missing", 406, final,
        ["There is no key to encrypt the answer to", "没有可用于加密响应的密钥"],
        ["Nothing was done. Add an RSA public key for encryption to the application, or leave `application/jose` out of `Accept`.",
         "未执行任何操作。请为应用添加用于加密的 RSA 公钥，或从 `Accept` 中去掉 `application/jose`。"];
    RateLimited = "rate_limited", 429, retry,
        ["Too many calls", "调用过于频繁"],
        ["Wait as long as `Retry-After` says; `RateLimit` tells before how many calls are left.",
         "请按 `Retry-After` 指示的时间等待；`RateLimit` 会提前告知剩余的调用次数。"];
    Overloaded = "overloaded", 503, retry,
        ["The platform has too much to do", "平台繁忙"],
        ["Nothing was done. Wait as `Retry-After` says, then send the same body again, signed anew.",
         "未执行任何操作。请按 `Retry-After` 等待后重发相同的请求体，并重新签名。"];
    OperationOff = "operation_off", 503, retry,
        ["The operation is turned off for now", "该操作暂时关闭"],
        ["Nothing was done. `detail` says why; try again later, after `Retry-After` at the earliest.",
         "未执行任何操作。原因见 `detail`；请稍后再试，最早在 `Retry-After` 之后。"];
    Unavailable = "unavailable", 503, retry,
        ["The platform cannot answer right now", "平台暂时无法响应"],
        ["Send the same body again with the same idempotency key, signed anew.", "请使用相同的幂等键重发相同的请求体，并重新签名。"];
    TimedOut = "timed_out", 503, retry,
        ["The call took too long", "处理超时"],
        ["Send the same body again with the same idempotency key, signed anew.", "请使用相同的幂等键重发相同的请求体，并重新签名。"];
    Internal = "internal", 500, retry,
        ["Something broke on our side", "平台内部错误"],
        ["Send the same body again with the same idempotency key, signed anew; tell us `request_id` if it stays.",
         "请使用相同的幂等键重发相同的请求体，并重新签名；若仍失败，请告知我们 `request_id`。"];
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn has_han(text: &str) -> bool {
        text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
    }

    #[test]
    fn codes_are_unique_and_every_text_exists_in_both_languages() {
        let codes: HashSet<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ErrorCode::ALL.len());
        for code in ErrorCode::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
            for text in [code.title(), code.hint()] {
                assert!(!text.en.is_empty() && !has_han(&text.en), "{code:?}");
                assert!(has_han(&text.zh), "{code:?}");
            }
        }
    }
}
