//! Texts of the pages that say how a request ended badly.

/// Texts of the not-found and error pages.
pub(crate) struct OutcomeTexts {
    pub(crate) not_found_title: &'static str,
    pub(crate) not_found_text: &'static str,
    pub(crate) refused_title: &'static str,
    pub(crate) refused_text: &'static str,
    pub(crate) unavailable_title: &'static str,
    pub(crate) unavailable_text: &'static str,
    pub(crate) broken_title: &'static str,
    pub(crate) broken_text: &'static str,
    pub(crate) bad_request_title: &'static str,
    pub(crate) bad_request_text: &'static str,
    pub(crate) request_id: &'static str,
    pub(crate) request_id_hint: &'static str,
    pub(crate) to_start: &'static str,
    pub(crate) to_docs: &'static str,
}

pub(super) const EN: OutcomeTexts = OutcomeTexts {
    not_found_title: "There is no page here",
    not_found_text: "The address may be mistyped, or what it named may have been removed.",
    refused_title: "This request was refused",
    refused_text: "Your role does not allow this, or the request came from another site. In a team, ask one of its owners.",
    unavailable_title: "Not available right now",
    unavailable_text: "Nothing was changed. Wait a moment and try again.",
    broken_title: "Something broke on our side",
    broken_text: "The fault is recorded. If it happens again, tell us the request id below.",
    bad_request_title: "This request could not be read",
    bad_request_text: "Nothing was changed. Go back, check what was entered and try again.",
    request_id: "Request id",
    request_id_hint: "It finds this request in the logs.",
    to_start: "Go to the start page",
    to_docs: "Read the docs",
};

pub(super) const ZH: OutcomeTexts = OutcomeTexts {
    not_found_title: "这里没有页面",
    not_found_text: "地址可能输错了，或者它指向的内容已被移除。",
    refused_title: "请求被拒绝",
    refused_text: "您的角色无权进行此操作，或请求来自其他网站。如在团队中，请联系团队所有者。",
    unavailable_title: "暂时无法使用",
    unavailable_text: "没有任何内容被更改。请稍候再试。",
    broken_title: "我们这边出了问题",
    broken_text: "故障已被记录。如果再次发生，请把下面的请求编号告诉我们。",
    bad_request_title: "无法读取这个请求",
    bad_request_text: "没有任何内容被更改。请返回检查所填内容后重试。",
    request_id: "请求编号",
    request_id_hint: "凭它可以在日志中找到这次请求。",
    to_start: "回到首页",
    to_docs: "查看文档",
};
