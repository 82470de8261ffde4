//! Texts around the guides; the guides themselves are Markdown under `docs/guides`.

/// Texts of the documentation's frame.
pub(crate) struct DocsTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) guides: &'static str,
    pub(crate) overview: &'static str,
    pub(crate) on_this_page: &'static str,
    pub(crate) navigation: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
}

pub(super) const EN: DocsTexts = DocsTexts {
    title: "Documentation",
    lead: "Everything you need to take your first sandbox payment, and to understand what happened.",
    guides: "Guides",
    overview: "Overview",
    on_this_page: "On this page",
    navigation: "Documentation",
    previous: "Previous",
    next: "Next",
};

pub(super) const ZH: DocsTexts = DocsTexts {
    title: "文档",
    lead: "从第一笔沙箱支付开始，并弄清其中每一步发生了什么。",
    guides: "指南",
    overview: "总览",
    on_this_page: "本页内容",
    navigation: "文档导航",
    previous: "上一篇",
    next: "下一篇",
};
