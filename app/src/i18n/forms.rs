//! Texts that every form shares.

/// Texts around fields and their errors.
pub(crate) struct FormTexts {
    pub(crate) summary_title: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) error_prefix: &'static str,
}

pub(super) const EN: FormTexts =
    FormTexts { summary_title: "Please correct the following", optional: "optional", error_prefix: "Error:" };

pub(super) const ZH: FormTexts =
    FormTexts { summary_title: "请更正以下内容", optional: "选填", error_prefix: "错误：" };
