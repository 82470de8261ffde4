//! What surrounds every page: top bar, footer, switches, environment band.

use crate::theme::Theme;

/// Texts of the frame.
pub(crate) struct ChromeTexts {
    pub(crate) skip_to_content: &'static str,
    pub(crate) main_navigation: &'static str,
    pub(crate) menu: &'static str,
    pub(crate) docs: &'static str,
    pub(crate) console: &'static str,
    pub(crate) admin: &'static str,
    pub(crate) openapi: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) sign_up: &'static str,
    pub(crate) account: &'static str,
    pub(crate) language: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) theme_auto: &'static str,
    pub(crate) theme_light: &'static str,
    pub(crate) theme_dark: &'static str,
    pub(crate) announcements: &'static str,
    pub(crate) footer_links: &'static str,
    pub(crate) tagline: &'static str,
    pub(crate) environment: &'static str,
    pub(crate) sandbox: &'static str,
    pub(crate) sandbox_note: &'static str,
    pub(crate) live: &'static str,
    pub(crate) live_note: &'static str,
}

impl ChromeTexts {
    pub(crate) fn theme_name(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::Auto => self.theme_auto,
            Theme::Light => self.theme_light,
            Theme::Dark => self.theme_dark,
        }
    }
}

pub(super) const EN: ChromeTexts = ChromeTexts {
    skip_to_content: "Skip to content",
    main_navigation: "Main",
    menu: "Menu",
    docs: "Docs",
    console: "Console",
    admin: "Admin",
    openapi: "OpenAPI document",
    sign_in: "Sign in",
    sign_out: "Sign out",
    sign_up: "Create account",
    account: "Account",
    language: "Language",
    theme: "Theme",
    theme_auto: "System",
    theme_light: "Light",
    theme_dark: "Dark",
    announcements: "Announcements",
    footer_links: "More",
    tagline: "A payment open platform in one binary.",
    environment: "Environment",
    sandbox: "SANDBOX",
    sandbox_note: "Test tokens only. No money moves.",
    live: "LIVE",
    live_note: "Real money moves here.",
};

pub(super) const ZH: ChromeTexts = ChromeTexts {
    skip_to_content: "跳到正文",
    main_navigation: "主导航",
    menu: "菜单",
    docs: "文档",
    console: "控制台",
    admin: "管理后台",
    openapi: "OpenAPI 文档",
    sign_in: "登录",
    sign_out: "退出",
    sign_up: "注册",
    account: "账号",
    language: "语言",
    theme: "主题",
    theme_auto: "跟随系统",
    theme_light: "浅色",
    theme_dark: "深色",
    announcements: "公告",
    footer_links: "更多",
    tagline: "一个程序，就是整个支付开放平台。",
    environment: "环境",
    sandbox: "沙箱",
    sandbox_note: "只使用测试令牌，不会动用真实资金。",
    live: "正式环境",
    live_note: "这里的操作会动用真实资金。",
};
