//! Texts of the start page.

/// Texts of the start page.
pub(crate) struct LandingTexts {
    pub(crate) page_title: &'static str,
    pub(crate) headline: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) start: &'static str,
    pub(crate) operational: &'static str,
    pub(crate) degraded: &'static str,
    pub(crate) sample_title: &'static str,
    pub(crate) steps_title: &'static str,
    pub(crate) steps: [Point; 4],
    pub(crate) promises_title: &'static str,
    pub(crate) promises: [Point; 6],
}

/// A title with one sentence below it.
pub(crate) struct Point {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
}

pub(super) const EN: LandingTexts = LandingTexts {
    page_title: "Tallyport, the payment open platform",
    headline: "From an empty browser to a signed payment in a minute",
    lead: "Tallyport is a payment open platform you host yourself: a developer portal, an \
           OAuth 2.0-protected payment API and a sandbox that runs the very same code.",
    start: "Create account",
    operational: "API and portal are operational",
    degraded: "Payments are disturbed; calls may answer 503",
    sample_title: "A first payment",
    steps_title: "Four steps to the first payment",
    steps: [
        Point { title: "Create an account", text: "An address and a password are enough to begin." },
        Point {
            title: "Create an application",
            text: "You get an api_key and an api_secret for the sandbox, shown once.",
        },
        Point { title: "Ask for a token", text: "POST /oauth/token with both gives a token that lives ten minutes." },
        Point { title: "Take a payment", text: "Sign POST /v1/payments and see it captured, posting by posting." },
    ],
    promises_title: "What you can rely on",
    promises: [
        Point {
            title: "The sandbox is the same code",
            text: "Same handlers, same ledger. Only the channel behind it is simulated.",
        },
        Point {
            title: "Signatures by the standard",
            text: "RFC 9421 with RFC 9530 digests, so the libraries you already have work.",
        },
        Point {
            title: "Idempotency that explains itself",
            text: "A repeated call gets the stored answer; a changed one learns which fields differ.",
        },
        Point {
            title: "Double-entry to the last cent",
            text: "Every minor unit is posted twice, and the books can be checked at any time.",
        },
        Point {
            title: "Errors that say what to do",
            text: "RFC 9457 problems with a stable code, the field at fault and the next step.",
        },
        Point {
            title: "Two languages, equally complete",
            text: "Portal, guides and error messages exist in English and in Chinese.",
        },
    ],
};

pub(super) const ZH: LandingTexts = LandingTexts {
    page_title: "Tallyport 支付开放平台",
    headline: "打开浏览器，一分钟完成第一笔签名支付",
    lead: "Tallyport 是可自行部署的支付开放平台：开发者门户、受 OAuth 2.0 保护的支付 API，\
           以及与正式环境运行同一套代码的沙箱。",
    start: "注册账号",
    operational: "API 与门户运行正常",
    degraded: "支付受到影响，调用可能返回 503",
    sample_title: "第一笔支付",
    steps_title: "四步完成第一笔支付",
    steps: [
        Point { title: "注册账号", text: "只需邮箱和密码即可开始。" },
        Point {
            title: "创建应用", text: "立即得到沙箱的 api_key 和 api_secret，密钥仅显示一次。"
        },
        Point {
            title: "获取令牌", text: "用这两个值调用 POST /oauth/token，得到有效期十分钟的令牌。"
        },
        Point {
            title: "发起支付", text: "对 POST /v1/payments 签名，看着它逐笔记账直至扣款完成。"
        },
    ],
    promises_title: "您可以信赖的约定",
    promises: [
        Point {
            title: "沙箱就是同一套代码", text: "同样的接口、同样的账本，只有背后的渠道是模拟的。"
        },
        Point {
            title: "遵循标准的签名", text: "采用 RFC 9421 签名与 RFC 9530 摘要，现有的库可以直接使用。"
        },
        Point {
            title: "会自我说明的幂等", text: "重复的调用得到已保存的结果；内容有变时会指出哪些字段不同。"
        },
        Point {
            title: "精确到分的复式记账", text: "每一个最小货币单位都有借有贷，账本随时可以核对。"
        },
        Point {
            title: "告诉您下一步的错误信息", text: "符合 RFC 9457：稳定的错误码、出错的字段，以及该怎么做。"
        },
        Point { title: "中英文同样完整", text: "门户、指南和错误信息都有中文和英文。" },
    ],
};
