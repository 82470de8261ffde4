//! Texts of the page that makes a call for the reader.

use tallyport_domain::{
    ledger::{AccountPurpose, Rule},
    payment::Card,
};

/// Texts of "try it".
pub(crate) struct TryItTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) form_title: &'static str,
    pub(crate) order_id: &'static str,
    pub(crate) order_id_hint: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) method: &'static str,
    pub(crate) description: &'static str,
    pub(crate) idempotency_key: &'static str,
    pub(crate) idempotency_key_hint: &'static str,
    pub(crate) send: &'static str,
    pub(crate) send_again: &'static str,
    pub(crate) send_again_hint: &'static str,
    pub(crate) request: &'static str,
    pub(crate) request_note: &'static str,
    pub(crate) signature_base: &'static str,
    pub(crate) signature_base_note: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) answer_body: &'static str,
    pub(crate) postings: &'static str,
    pub(crate) postings_note: &'static str,
    pub(crate) no_postings: &'static str,
    pub(crate) account: &'static str,
    pub(crate) debit: &'static str,
    pub(crate) credit: &'static str,
    pub(crate) balance_after: &'static str,
    pub(crate) sum: &'static str,
    pub(crate) own_account: &'static str,
    pub(crate) see_payment: &'static str,
    pub(crate) see_reference: &'static str,
    pub(crate) key_fault: &'static str,
    pub(crate) no_credential: &'static str,
    cards: [&'static str; 6],
    purposes: [&'static str; 2],
    rules: [&'static str; 1],
}

impl TryItTexts {
    /// What a test card does.
    pub(crate) const fn card(&self, card: Card) -> &'static str {
        match card {
            Card::Ok => self.cards[0],
            Card::Declined => self.cards[1],
            Card::InsufficientFunds => self.cards[2],
            Card::Expired => self.cards[3],
            Card::ProcessingError => self.cards[4],
            Card::FraudSuspected => self.cards[5],
        }
    }

    /// What an account is for.
    pub(crate) const fn purpose(&self, purpose: AccountPurpose) -> &'static str {
        match purpose {
            AccountPurpose::Available => self.purposes[0],
            AccountPurpose::Clearing => self.purposes[1],
        }
    }

    /// The business fact behind a posting.
    pub(crate) const fn rule(&self, rule: Rule) -> &'static str {
        match rule {
            Rule::Captured => self.rules[0],
        }
    }
}

pub(super) const EN: TryItTexts = TryItTexts {
    title: "Try it",
    lead: "Make a real sandbox call as this application. The server signs it with the stored secret and sends it to the API; you see everything that went over the wire.",
    form_title: "Make a payment",
    order_id: "order_id",
    order_id_hint: "An order is paid at most once.",
    amount: "amount",
    currency: "currency",
    method: "method",
    description: "description",
    idempotency_key: "Idempotency-Key",
    idempotency_key_hint: "A fresh one. Leave it empty to see the call refused.",
    send: "Sign and send",
    send_again: "Send exactly this again",
    send_again_hint: "The same key and body: you get the stored answer, and nothing is booked twice.",
    request: "Request",
    request_note: "The access token is shortened here.",
    signature_base: "Signature base",
    signature_base_note: "The text that was signed with HMAC-SHA256 and the api_secret (RFC 9421).",
    answer: "Answer",
    answer_body: "Body of the answer",
    postings: "Ledger postings",
    postings_note: "Credits are above zero, debits below; every posting sums to zero.",
    no_postings: "Nothing was booked: no money moved.",
    account: "Account",
    debit: "Debit",
    credit: "Credit",
    balance_after: "Balance after",
    sum: "Sum",
    own_account: "This application",
    see_payment: "See the payment",
    see_reference: "Reference",
    key_fault: "A key is 1 to 255 visible ASCII characters.",
    no_credential: "This application has no sandbox key that works.",
    cards: [
        "pays",
        "is declined",
        "has too little on it",
        "is out of date",
        "meets a fault of the channel",
        "looks like fraud",
    ],
    purposes: ["available", "clearing"],
    rules: ["Captured"],
};

pub(super) const ZH: TryItTexts = TryItTexts {
    title: "试一试",
    lead: "以此应用的身份发起一次真实的沙箱调用。服务器用已保存的密钥签名并发送给 API，您可以看到往来的全部内容。",
    form_title: "发起支付",
    order_id: "order_id",
    order_id_hint: "一笔订单至多支付一次。",
    amount: "amount",
    currency: "currency",
    method: "method",
    description: "description",
    idempotency_key: "Idempotency-Key",
    idempotency_key_hint: "已生成新的键。留空可以看到调用被拒绝。",
    send: "签名并发送",
    send_again: "原样再发一次",
    send_again_hint: "相同的键和请求体：您会得到已保存的响应，不会重复记账。",
    request: "请求",
    request_note: "访问令牌在此处已截短。",
    signature_base: "签名原文",
    signature_base_note: "用 api_secret 以 HMAC-SHA256 签名的文本（RFC 9421）。",
    answer: "响应",
    answer_body: "响应体",
    postings: "账本分录",
    postings_note: "贷方为正，借方为负；每组分录之和为零。",
    no_postings: "没有记账：没有资金变动。",
    account: "账户",
    debit: "借方",
    credit: "贷方",
    balance_after: "记账后余额",
    sum: "合计",
    own_account: "此应用",
    see_payment: "查看支付",
    see_reference: "接口文档",
    key_fault: "幂等键须为 1 至 255 个可见 ASCII 字符。",
    no_credential: "此应用没有可用的沙箱密钥。",
    cards: ["支付成功", "被拒绝", "余额不足", "已过期", "渠道出现故障", "疑似欺诈"],
    purposes: ["可用余额", "待清算"],
    rules: ["扣款"],
};
