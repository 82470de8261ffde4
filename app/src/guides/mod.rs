//! The guides: Markdown from `docs/guides`, compiled in, one file per language.

pub(crate) mod highlight;
pub(crate) mod markdown;

use tallyport_contract::language::{Language, Text};

/// One guide in both languages.
pub(crate) struct Guide {
    pub(crate) slug: &'static str,
    pub(crate) title: Text,
    pub(crate) summary: Text,
    english: &'static str,
    chinese: &'static str,
}

impl Guide {
    pub(crate) const fn markdown(&self, language: Language) -> &'static str {
        match language {
            Language::En => self.english,
            Language::Zh => self.chinese,
        }
    }

    pub(crate) fn href(&self) -> String {
        format!("/docs/{}", self.slug)
    }
}

/// Every guide, in reading order.
pub(crate) static GUIDES: [Guide; 2] = [
    Guide {
        slug: "quick-start",
        title: Text::new("Quick start", "快速开始"),
        summary: Text::new(
            "From nothing to a captured sandbox payment, with curl or Python.",
            "从零开始，用 curl 或 Python 完成第一笔沙箱支付。",
        ),
        english: include_str!("../../../docs/guides/en/quick-start.md"),
        chinese: include_str!("../../../docs/guides/zh/quick-start.md"),
    },
    Guide {
        slug: "concepts",
        title: Text::new("Concepts", "基本概念"),
        summary: Text::new(
            "Environments, applications, tokens, signatures, idempotency, money and the ledger.",
            "环境、应用、令牌、签名、幂等、金额与账本。",
        ),
        english: include_str!("../../../docs/guides/en/concepts.md"),
        chinese: include_str!("../../../docs/guides/zh/concepts.md"),
    },
];

/// The guide with this slug.
pub(crate) fn find_guide(slug: &str) -> Option<&'static Guide> {
    GUIDES.iter().find(|guide| guide.slug == slug)
}

/// The guides before and after one in reading order.
pub(crate) fn neighbours(slug: &str) -> (Option<&'static Guide>, Option<&'static Guide>) {
    let Some(index) = GUIDES.iter().position(|guide| guide.slug == slug) else {
        return (None, None);
    };
    let before = index.checked_sub(1).and_then(|before| GUIDES.get(before));
    (before, GUIDES.get(index + 1))
}

#[cfg(test)]
mod tests {
    use super::{GUIDES, Language, markdown::render};

    #[test]
    fn both_languages_have_the_same_sections_and_code() {
        for guide in &GUIDES {
            let [english, chinese] =
                [Language::En, Language::Zh].map(|language| render(guide.markdown(language), "https://pay.example"));
            let ids = |rendered: &super::markdown::Rendered| -> Vec<String> {
                rendered.headings.iter().map(|heading| heading.id.clone()).collect()
            };
            assert_eq!(ids(&english), ids(&chinese), "{}", guide.slug);
            assert_eq!(english.samples_count(), chinese.samples_count(), "{}", guide.slug);
        }
    }

    #[test]
    fn guides_leave_no_placeholder_unfilled() {
        for guide in &GUIDES {
            for language in Language::ALL {
                let rendered = render(guide.markdown(language), "https://pay.example");
                assert!(!format!("{:?}", rendered.parts).contains("{{"), "{}", guide.slug);
            }
        }
    }
}
