//! Texts of the page on which a team chooses what its application is to the authorization server.

use tallyport_domain::oauth::{AuthMethod, ClientKind, Profile};

/// Texts of the client settings.
pub(crate) struct ClientSettingsTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) environment: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) profile_hint: &'static str,
    profiles: [&'static str; 2],
    pub(crate) kind: &'static str,
    pub(crate) kind_hint: &'static str,
    kinds: [&'static str; 2],
    pub(crate) access_token: &'static str,
    pub(crate) access_token_hint: &'static str,
    pub(crate) refresh_token: &'static str,
    pub(crate) refresh_token_hint: &'static str,
    pub(crate) consent: &'static str,
    pub(crate) consent_hint: &'static str,
    pub(crate) nonce: &'static str,
    pub(crate) nonce_hint: &'static str,
    pub(crate) save: &'static str,
    pub(crate) saved: &'static str,
    pub(crate) number_fault: &'static str,
    pub(crate) kind_fault: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) client_id: &'static str,
    pub(crate) client_id_text: &'static str,
    pub(crate) methods: &'static str,
    pub(crate) discovery: &'static str,
    pub(crate) only_owner: &'static str,
    pub(crate) bound: &'static str,
    pub(crate) bound_always: &'static str,
    pub(crate) bound_at_will: &'static str,
}

impl ClientSettingsTexts {
    /// What a profile means.
    pub(crate) const fn profile_name(&self, profile: Profile) -> &'static str {
        self.profiles[profile as usize]
    }

    /// What a kind means.
    pub(crate) const fn kind_name(&self, kind: ClientKind) -> &'static str {
        self.kinds[kind as usize]
    }

    /// The ways in which such a client may show who it is, by their names on the wire.
    pub(crate) fn methods_of(profile: Profile, kind: ClientKind) -> String {
        let allowed = AuthMethod::ALL.iter().filter(|method| profile.allows(kind, **method));
        allowed.map(|method| method.as_str()).collect::<Vec<_>>().join(", ")
    }
}

pub(super) const EN: ClientSettingsTexts = ClientSettingsTexts {
    title: "OAuth client",
    lead: "What this application is to the authorization server: by which rules it asks account holders, and for how long \
           it may act.",
    environment: "Environment",
    profile: "Profile",
    profile_hint: "FAPI 2.0 wants private_key_jwt, pushed requests and DPoP on everything, and refuses the rest.",
    profiles: ["OAuth 2.1", "FAPI 2.0"],
    kind: "Where it runs",
    kind_hint: "A program on somebody else's device or in a browser cannot keep a secret.",
    kinds: ["On your own servers, with a secret", "On people's devices, without a secret"],
    access_token: "Access token, in seconds",
    access_token_hint: "60 to 3600",
    refresh_token: "Unused refresh token, in hours",
    refresh_token_hint: "1 to 8760",
    consent: "Consent, in hours",
    consent_hint: "1 to 8760; nothing that came of it outlives it.",
    nonce: "Every DPoP proof carries our nonce",
    nonce_hint: "Proofs cannot be made ahead of time then.",
    save: "Save",
    saved: "The client settings are saved.",
    number_fault: "A whole number within the bounds, please.",
    kind_fault: "FAPI 2.0 is for programs that can keep a secret.",
    facts: "What follows from it",
    client_id: "client_id",
    client_id_text: "Any api_key of this environment that works",
    methods: "Shows itself by",
    discovery: "Discovery",
    only_owner: "In live, only an owner of the team changes this.",
    bound: "Tokens bound by DPoP",
    bound_always: "always",
    bound_at_will: "when the request carries a proof",
};

pub(super) const ZH: ClientSettingsTexts = ClientSettingsTexts {
    title: "OAuth 客户端",
    lead: "此应用在授权服务器上的身份：按哪套规则请求账户持有人授权，以及可以操作多久。",
    environment: "环境",
    profile: "安全规范",
    profile_hint: "FAPI 2.0 要求 private_key_jwt、推送请求，并且全程使用 DPoP，其余方式一律拒绝。",
    profiles: ["OAuth 2.1", "FAPI 2.0"],
    kind: "运行位置",
    kind_hint: "运行在他人设备或浏览器中的程序无法保守密钥。",
    kinds: ["在您自己的服务器上，持有密钥", "在用户的设备上，不持有密钥"],
    access_token: "访问令牌有效期（秒）",
    access_token_hint: "60 至 3600",
    refresh_token: "未使用的刷新令牌有效期（小时）",
    refresh_token_hint: "1 至 8760",
    consent: "授权有效期（小时）",
    consent_hint: "1 至 8760；由此得到的一切都不会超过该期限。",
    nonce: "每个 DPoP 证明都须携带我们的 nonce",
    nonce_hint: "这样就无法提前生成证明。",
    save: "保存",
    saved: "客户端设置已保存。",
    number_fault: "请填写范围内的整数。",
    kind_fault: "FAPI 2.0 仅适用于能够保守密钥的程序。",
    facts: "由此得出",
    client_id: "client_id",
    client_id_text: "此环境中任一可用的 api_key",
    methods: "身份验证方式",
    discovery: "发现文档",
    only_owner: "正式环境中，只有团队所有者可以更改。",
    bound: "令牌由 DPoP 绑定",
    bound_always: "始终",
    bound_at_will: "请求携带证明时",
};
