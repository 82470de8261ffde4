//! Texts that components bring with them.

/// Texts of shared components.
pub(crate) struct ComponentTexts {
    pub(crate) copy: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) download: &'static str,
    pub(crate) dismiss: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) breadcrumbs: &'static str,
    pub(crate) pages: &'static str,
    pub(crate) newer: &'static str,
    pub(crate) older: &'static str,
    pub(crate) code_language: &'static str,
    pub(crate) show_as_table: &'static str,
    pub(crate) time: &'static str,
    pub(crate) shown_once: &'static str,
}

pub(super) const EN: ComponentTexts = ComponentTexts {
    copy: "Copy",
    copied: "Copied",
    download: "Download",
    dismiss: "Dismiss",
    cancel: "Cancel",
    breadcrumbs: "Breadcrumbs",
    pages: "Pages",
    newer: "Newer",
    older: "Older",
    code_language: "Code language",
    show_as_table: "Show as a table",
    time: "Time",
    shown_once: "Shown once. Store it now; it cannot be shown again.",
};

pub(super) const ZH: ComponentTexts = ComponentTexts {
    copy: "复制",
    copied: "已复制",
    download: "下载",
    dismiss: "知道了",
    cancel: "取消",
    breadcrumbs: "当前位置",
    pages: "翻页",
    newer: "较新",
    older: "较早",
    code_language: "示例语言",
    show_as_table: "以表格显示",
    time: "时间",
    shown_once: "仅显示一次。请立即保存，之后无法再次查看。",
};
