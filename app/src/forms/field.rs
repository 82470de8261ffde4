//! One question of a form: label, hint, input and what was wrong with the last answer.

use super::form::FormFrame;
use crate::{
    components::{Icon, IconName},
    visit::texts,
};
use leptos::prelude::*;

/// What kind of answer an input takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldKind {
    #[default]
    Text,
    Email,
    /// Never filled in by the server.
    Password,
    Url,
    /// A decimal amount, aligned to the right.
    Money,
    /// A date and a time of day, in UTC.
    Moment,
}

impl FieldKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Money => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Url => "url",
            Self::Moment => "datetime-local",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Money => "field-input field-money",
            _ => "field-input",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Money => Some("decimal"),
            _ => None,
        }
    }
}

/// A single line.
#[component]
pub(crate) fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] hint: String,
    /// Shown when nothing was entered yet.
    #[prop(optional, into)]
    value: String,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] disabled: bool,
) -> impl IntoView {
    let question = Question::new(name, !hint.is_empty());
    let value = (kind != FieldKind::Password).then(|| question.answer(value));
    let input = view! {
        <input
            class=kind.class()
            id=question.id.clone()
            name=name
            type=kind.input_type()
            inputmode=kind.input_mode()
            value=value
            required=!optional
            disabled=disabled
            autocomplete=autocomplete
            aria-invalid=question.invalid()
            aria-describedby=question.described_by()
        />
    };
    question.around(label, hint, optional, input)
}

/// Several lines.
#[component]
pub(crate) fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] value: String,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let question = Question::new(name, !hint.is_empty());
    let input = view! {
        <textarea
            class="field-input field-area"
            id=question.id.clone()
            name=name
            required=!optional
            aria-invalid=question.invalid()
            aria-describedby=question.described_by()
        >
            {escaped(&question.answer(value))}
        </textarea>
    };
    question.around(label, hint, optional, input)
}

/// Leptos writes the text of a `textarea` as it is, because browsers read it without tags; but they do
/// read entities, and the end of the element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A file to upload.
#[component]
pub(crate) fn FileField(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// The media types that the browser offers; what is taken is decided by the server.
    accept: &'static str,
) -> impl IntoView {
    let question = Question::new(name, !hint.is_empty());
    let input = view! {
        <input
            class="field-input field-file"
            id=question.id.clone()
            name=name
            type="file"
            accept=accept
            required=true
            aria-invalid=question.invalid()
            aria-describedby=question.described_by()
        />
    };
    question.around(label, hint, false, input)
}

/// One of a list, each as its value and its name.
#[component]
pub(crate) fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let question = Question::new(name, !hint.is_empty());
    let chosen = question.answer(value);
    let options = options
        .into_iter()
        .map(|(value, text)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    let input = view! {
        <select
            class="field-input"
            id=question.id.clone()
            name=name
            aria-invalid=question.invalid()
            aria-describedby=question.described_by()
        >
            {options}
        </select>
    };
    question.around(label, hint, false, input)
}

/// A box to tick.
#[component]
pub(crate) fn Choice(
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    let question = Question::new(name, !hint.is_empty());
    let id = format!("{}-{value}", question.id);
    let hint = (!hint.is_empty()).then(|| view! { <span class="choice-hint" id=question.hint_id()>{hint}</span> });
    view! {
        <div class="choice">
            <input
                class="choice-input"
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=checked
                aria-describedby=question.described_by()
            />
            <label class="choice-label" for=id>{label}</label>
            {hint}
        </div>
    }
    .into_any()
}

/// What the parts of one question share.
struct Question {
    id: String,
    has_hint: bool,
    kept: Option<String>,
    error: Option<String>,
}

impl Question {
    fn new(name: &str, has_hint: bool) -> Self {
        let frame = FormFrame::current();
        Self {
            id: frame.id(name),
            has_hint,
            kept: frame.flash.value(name).map(str::to_owned),
            error: frame.flash.error(name).map(str::to_owned),
        }
    }

    fn answer(&self, default: String) -> String {
        self.kept.clone().unwrap_or(default)
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    fn described_by(&self) -> Option<String> {
        match (self.has_hint, self.error.is_some()) {
            (true, true) => Some(format!("{} {}", self.error_id(), self.hint_id())),
            (true, false) => Some(self.hint_id()),
            (false, true) => Some(self.error_id()),
            (false, false) => None,
        }
    }

    fn around(self, label: String, hint: String, optional: bool, input: impl IntoView + 'static) -> AnyView {
        let texts = &texts().forms;
        let optional = optional.then(|| view! { <span class="field-optional">" (" {texts.optional} ")"</span> });
        let error = self.error.clone().map(|message| {
            view! {
                <span class="field-error" id=self.error_id()>
                    <Icon name=IconName::Alert />
                    <span>
                        <span class="visually-hidden">{texts.error_prefix} " "</span>
                        {message}
                    </span>
                </span>
            }
        });
        let hint_line = self.has_hint.then(|| view! { <span class="field-hint" id=self.hint_id()>{hint}</span> });
        view! {
            <div class="field">
                <label class="field-label" for=self.id.clone()>
                    {label}
                    {optional}
                </label>
                {hint_line}
                {input}
                {error}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_a_text_area_from_inside() {
        assert_eq!(escaped("</textarea><b> & &lt;"), "&lt;/textarea>&lt;b> &amp; &amp;lt;");
    }
}
