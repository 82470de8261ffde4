//! Texts around the API reference and the error pages. What the API's own texts are in Chinese
//! stands in `reference_texts`.

/// Texts of the reference and of the error pages.
pub(crate) struct ReferenceTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) rules_title: &'static str,
    pub(crate) base_url: &'static str,
    pub(crate) authentication: &'static str,
    pub(crate) authentication_text: &'static str,
    pub(crate) signature: &'static str,
    pub(crate) signature_text: &'static str,
    pub(crate) idempotency: &'static str,
    pub(crate) idempotency_text: &'static str,
    pub(crate) refusals: &'static str,
    pub(crate) refusals_text: &'static str,
    pub(crate) demands: &'static str,
    pub(crate) demands_token: &'static str,
    pub(crate) demands_signature: &'static str,
    pub(crate) demands_client: &'static str,
    pub(crate) path_parameters: &'static str,
    pub(crate) query_parameters: &'static str,
    pub(crate) header_parameters: &'static str,
    pub(crate) body: &'static str,
    pub(crate) answers: &'static str,
    pub(crate) answer_headers: &'static str,
    pub(crate) answer_fields: &'static str,
    pub(crate) required: &'static str,
    pub(crate) nothing_sent: &'static str,
    pub(crate) example: &'static str,
    pub(crate) example_answer: &'static str,
    pub(crate) moment: &'static str,
    pub(crate) pattern: &'static str,
    pub(crate) one_of: &'static str,
    pub(crate) samples: &'static str,
    pub(crate) key_unknown: &'static str,
    pub(crate) key_known: &'static str,
    pub(crate) try_it: &'static str,
    pub(crate) errors_title: &'static str,
    pub(crate) errors_lead: &'static str,
    pub(crate) errors_table: &'static str,
    pub(crate) error_code: &'static str,
    pub(crate) error_status: &'static str,
    pub(crate) error_meaning: &'static str,
    pub(crate) error_repeat: &'static str,
    pub(crate) error_repeat_yes: &'static str,
    pub(crate) error_repeat_no: &'static str,
    pub(crate) error_operations: &'static str,
    length: [&'static str; 3],
    range: [&'static str; 3],
}

impl ReferenceTexts {
    /// So many characters.
    pub(crate) fn length(&self, min: Option<i64>, max: Option<i64>) -> String {
        bounds(&self.length, min, max)
    }

    /// A number between these.
    pub(crate) fn range(&self, min: Option<i64>, max: Option<i64>) -> String {
        bounds(&self.range, min, max)
    }
}

/// The patterns are for both bounds, the lower and the upper alone.
fn bounds(patterns: &[&str; 3], min: Option<i64>, max: Option<i64>) -> String {
    let [both, lower, upper] = patterns;
    let pattern = match (min, max) {
        (Some(_), Some(_)) => both,
        (Some(_), None) => lower,
        (None, _) => upper,
    };
    let filled = |pattern: &str, mark: &str, value: Option<i64>| {
        pattern.replace(mark, &value.map_or_else(String::new, |value| value.to_string()))
    };
    filled(&filled(pattern, "{min}", min), "{max}", max)
}

pub(super) const EN: ReferenceTexts = ReferenceTexts {
    title: "API reference",
    lead: "Every operation of the open API, generated from the OpenAPI document that this server answers with.",
    overview: "Overview",
    rules_title: "What holds for every call",
    base_url: "Base URL",
    authentication: "Access token",
    authentication_text: "Get one at `/oauth/token` and send it as `Authorization: Bearer …`. It is good for ten minutes.",
    signature: "Signature",
    signature_text: "Calls that move money are signed as RFC 9421 says, with the tag `tallyport`. Other calls may be.",
    idempotency: "Idempotency",
    idempotency_text: "Calls that move money carry an `Idempotency-Key`. The same key and body have one effect and one answer.",
    refusals: "Errors",
    refusals_text: "A refused call is answered with `application/problem+json` and a stable `code`.",
    demands: "What the caller shows",
    demands_token: "An access token with",
    demands_signature: "A signature (RFC 9421) over the request",
    demands_client: "`api_key` and `api_secret` as user and password of HTTP Basic",
    path_parameters: "Path",
    query_parameters: "Query",
    header_parameters: "Headers",
    body: "Body",
    answers: "Answers",
    answer_headers: "Headers of the answer",
    answer_fields: "Fields of the answer",
    required: "required",
    nothing_sent: "This call has no body.",
    example: "Example",
    example_answer: "Example answer",
    moment: "RFC 3339, UTC, milliseconds",
    pattern: "Pattern",
    one_of: "One of",
    samples: "Code samples",
    key_unknown: "API_KEY and API_SECRET come from the environment. Sign in to have your own api_key filled in.",
    key_known: "The api_key is your sandbox key. API_SECRET comes from the environment.",
    try_it: "Try it",
    errors_title: "Error codes",
    errors_lead: "Every refusal carries one of these codes. A code never changes its meaning; its texts may be improved.",
    errors_table: "All codes",
    error_code: "Code",
    error_status: "Status",
    error_meaning: "Meaning",
    error_repeat: "Same request again",
    error_repeat_yes: "May succeed later",
    error_repeat_no: "Fails again",
    error_operations: "Operations that answer so",
    length: ["{min} to {max} characters", "At least {min} characters", "At most {max} characters"],
    range: ["{min} to {max}", "At least {min}", "At most {max}"],
};

pub(super) const ZH: ReferenceTexts = ReferenceTexts {
    title: "接口文档",
    lead: "开放 API 的全部接口，由本服务器提供的 OpenAPI 文档生成。",
    overview: "总览",
    rules_title: "每次调用都适用的约定",
    base_url: "基础地址",
    authentication: "访问令牌",
    authentication_text: "在 `/oauth/token` 获取，并以 `Authorization: Bearer …` 发送。有效期十分钟。",
    signature: "签名",
    signature_text: "涉及资金变动的调用须按 RFC 9421 签名，tag 为 `tallyport`；其他调用也可以签名。",
    idempotency: "幂等",
    idempotency_text: "涉及资金变动的调用须携带 `Idempotency-Key`。相同的键和请求体只生效一次，并得到同一个响应。",
    refusals: "错误",
    refusals_text: "被拒绝的调用会得到 `application/problem+json` 响应，其中带有稳定的 `code`。",
    demands: "调用方须出示",
    demands_token: "访问令牌，权限为",
    demands_signature: "对请求的签名（RFC 9421）",
    demands_client: "以 HTTP Basic 的用户名和密码出示 `api_key` 与 `api_secret`",
    path_parameters: "路径参数",
    query_parameters: "查询参数",
    header_parameters: "请求头",
    body: "请求体",
    answers: "响应",
    answer_headers: "响应头",
    answer_fields: "响应字段",
    required: "必填",
    nothing_sent: "此调用没有请求体。",
    example: "示例",
    example_answer: "响应示例",
    moment: "RFC 3339，UTC，精确到毫秒",
    pattern: "格式",
    one_of: "取值",
    samples: "示例代码",
    key_unknown: "API_KEY 与 API_SECRET 来自环境变量。登录后，这里会填入您自己的 api_key。",
    key_known: "其中的 api_key 是您的沙箱密钥；API_SECRET 来自环境变量。",
    try_it: "试一试",
    errors_title: "错误码",
    errors_lead: "每次拒绝都带有以下错误码之一。错误码的含义永不改变，其文字说明可能会改进。",
    errors_table: "全部错误码",
    error_code: "错误码",
    error_status: "状态码",
    error_meaning: "含义",
    error_repeat: "重发相同的请求",
    error_repeat_yes: "稍后可能成功",
    error_repeat_no: "仍会失败",
    error_operations: "会返回此错误的接口",
    length: ["{min} 至 {max} 个字符", "至少 {min} 个字符", "最多 {max} 个字符"],
    range: ["{min} 至 {max}", "不小于 {min}", "不大于 {max}"],
};

#[cfg(test)]
mod tests {
    use super::EN;

    #[test]
    fn bounds_are_said_as_far_as_they_exist() {
        assert_eq!(EN.length(Some(1), Some(64)), "1 to 64 characters");
        assert_eq!(EN.length(None, Some(24)), "At most 24 characters");
        assert_eq!(EN.range(Some(1), None), "At least 1");
    }
}
