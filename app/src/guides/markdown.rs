//! From Markdown to parts that a page can show: text as HTML, and code for our own component.
//!
//! HTML inside the Markdown is shown as text, never passed through.

use crate::{components::CodeSample, samples::sample_file};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// A guide, ready to be shown.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    pub(crate) parts: Vec<Part>,
    pub(crate) headings: Vec<Heading>,
}

/// A piece of a guide.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// HTML made from Markdown.
    Text(String),
    /// Code blocks that stand directly behind each other: the same thing in several languages.
    Code(Vec<CodeSample>),
}

/// A section's heading, for the list of contents.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) id: String,
    pub(crate) text: String,
}

#[cfg(test)]
impl Rendered {
    pub(crate) fn samples_count(&self) -> usize {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(_) => 0,
                Part::Code(samples) => samples.len(),
            })
            .sum()
    }
}

/// Renders Markdown. `{{origin}}` becomes the address of this installation, and a code block whose
/// info string names a file (` ```python payment.py `) shows that sample instead of its own text.
pub(crate) fn render(markdown: &str, origin: &str) -> Rendered {
    let markdown = markdown.replace("{{origin}}", origin);
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut rendering = Rendering { origin, ..Rendering::default() };
    for event in Parser::new_ext(&markdown, options) {
        rendering.take(event);
    }
    rendering.flush_text();
    rendering.done
}

#[derive(Default)]
struct Rendering<'a> {
    origin: &'a str,
    done: Rendered,
    text: Vec<Event<'a>>,
    code: Option<(String, String)>,
    heading: Option<(HeadingLevel, Heading)>,
}

impl<'a> Rendering<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => "text".to_owned(),
                };
                self.code = Some((info, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => self.finish_code(),
            Event::Start(Tag::Heading { level, id, .. }) => {
                let id = id.map_or_else(String::new, CowStr::into_string);
                self.heading = Some((level, Heading { id, text: String::new() }));
            }
            Event::End(TagEnd::Heading(_)) => self.finish_heading(),
            Event::Start(Tag::Table(alignment)) => {
                self.text.push(Event::Html(r#"<div class="prose-table" tabindex="0">"#.into()));
                self.text.push(Event::Start(Tag::Table(alignment)));
            }
            Event::End(TagEnd::Table) => {
                self.text.push(Event::End(TagEnd::Table));
                self.text.push(Event::Html("</div>".into()));
            }
            Event::Html(html) | Event::InlineHtml(html) => self.text.push(Event::Text(html)),
            Event::Text(text) => self.take_text(text),
            Event::Code(code) => match &mut self.heading {
                Some((_, heading)) => heading.text.push_str(&code),
                None => self.text.push(Event::Code(code)),
            },
            other => self.text.push(other),
        }
    }

    fn take_text(&mut self, text: CowStr<'a>) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(&text);
        } else if let Some((_, heading)) = &mut self.heading {
            heading.text.push_str(&text);
        } else {
            self.text.push(Event::Text(text));
        }
    }

    fn finish_code(&mut self) {
        let Some((info, text)) = self.code.take() else { return };
        let (language, file) = info.split_once(' ').unwrap_or((&info, ""));
        let text = sample_file(file.trim(), self.origin).unwrap_or(text);
        let sample = CodeSample::new(language, text.trim_end());
        self.flush_text();
        match self.done.parts.last_mut() {
            Some(Part::Code(samples)) => samples.push(sample),
            _ => self.done.parts.push(Part::Code(vec![sample])),
        }
    }

    /// Headings carry an id and a link to themselves; the page's own title is `h1` and needs none.
    fn finish_heading(&mut self) {
        let Some((level, heading)) = self.heading.take() else { return };
        let text = escaped(&heading.text);
        let id = escaped(&heading.id);
        let html = match level {
            HeadingLevel::H1 => format!("<h1>{text}</h1>"),
            _ => format!(
                r##"<{level} id="{id}">{text}<a class="prose-anchor" href="#{id}" aria-label="# {text}">#</a></{level}>"##
            ),
        };
        self.text.push(Event::Html(html.into()));
        if level == HeadingLevel::H2 {
            self.done.headings.push(heading);
        }
    }

    fn flush_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let mut html = String::new();
        push_html(&mut html, self.text.drain(..));
        self.done.parts.push(Part::Text(html));
    }
}

/// Escapes a text for HTML, in elements and in quoted attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(character),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::{Part, render};

    fn text_of(markdown: &str) -> String {
        match render(markdown, "https://pay.example").parts.as_slice() {
            [Part::Text(html)] => html.clone(),
            other => panic!("expected text alone, got {other:?}"),
        }
    }

    #[test]
    fn html_is_shown_and_never_passed_through() {
        let html = text_of("<script>alert(1)</script> and <b onclick=x>this</b>");
        assert!(!html.contains("<script") && !html.contains("<b "), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }

    #[test]
    fn headings_have_their_given_id_and_are_listed() {
        let rendered = render("# Title\n\n## Sign `it` {#sign}\n", "");
        assert_eq!(rendered.headings.len(), 1);
        assert_eq!(rendered.headings.first().map(|heading| heading.text.as_str()), Some("Sign it"));
        let html = text_of("## Sign {#sign}\n");
        assert!(html.starts_with(r#"<h2 id="sign">Sign"#), "{html}");
    }

    #[test]
    fn adjacent_code_blocks_belong_together() {
        let rendered = render("```bash\na\n```\n\n```python\nb\n```\n\ntext\n\n```json\n{}\n```\n", "");
        let sizes: Vec<usize> = rendered
            .parts
            .iter()
            .map(|part| match part {
                Part::Code(samples) => samples.len(),
                Part::Text(_) => 0,
            })
            .collect();
        assert_eq!(sizes, [2, 0, 1]);
    }

    #[test]
    fn origin_is_filled_in() {
        assert!(text_of("at `{{origin}}/v1`").contains("https://pay.example/v1"));
    }
}
