//! Spells the signature base (RFC 9421 §2.5): the bytes that are signed.
//!
//! A value with anything but printable ASCII and blanks is refused: a line break in it could pass for
//! another component.

use super::components::{Component, Derived, Source};
use super::input::Covered;
use super::message::{Field, Message, RequestView, combined_field};
use super::query_param;
use super::refusal::SignatureRefusal;

/// The signature base of a message for what a signature covers.
///
/// # Errors
/// When a covered component is not in the message or cannot be signed.
pub fn signature_base(message: &Message<'_>, covered: &Covered) -> Result<Vec<u8>, SignatureRefusal> {
    let mut base = Vec::with_capacity(512);
    for component in covered.components() {
        let identifier = component.identifier();
        let value = component_value(message, component)?;
        if !value.iter().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
            return Err(SignatureRefusal::ValueUnsignable { component: identifier });
        }
        base.extend_from_slice(identifier.as_bytes());
        base.extend_from_slice(b": ");
        base.extend_from_slice(&value);
        base.push(b'\n');
    }
    base.extend_from_slice(b"\"@signature-params\": ");
    base.extend_from_slice(covered.text().as_bytes());
    Ok(base)
}

fn component_value(message: &Message<'_>, component: &Component) -> Result<Vec<u8>, SignatureRefusal> {
    let absent = || SignatureRefusal::ComponentAbsent { component: component.identifier() };
    let (request, fields): (Option<&RequestView<'_>>, &[Field<'_>]) = match (message, component.is_of_request()) {
        (Message::Request(request), false) => (Some(*request), request.fields),
        (Message::Request(_), true) => {
            return Err(SignatureRefusal::ComponentUnsupported {
                component: component.identifier(),
                reason: ";req belongs to the signature of a response",
            });
        }
        (Message::Response(response), false) => (None, response.fields),
        (Message::Response(response), true) => {
            let request = response.request.ok_or_else(absent)?;
            (Some(request), request.fields)
        }
    };
    let value = match (component.source(), request, message) {
        (Source::Field(name), _, _) => combined_field(fields, name),
        (Source::Derived(Derived::Status), None, Message::Response(response)) => {
            Some(response.status.to_string().into_bytes())
        }
        (Source::Derived(derived), Some(request), _) => derived_value(request, derived),
        (Source::Derived(_), None, _) => None,
    };
    value.ok_or_else(absent)
}

fn derived_value(request: &RequestView<'_>, derived: &Derived) -> Option<Vec<u8>> {
    let text = match derived {
        Derived::Method => request.method.to_owned(),
        Derived::Scheme => request.scheme.to_ascii_lowercase(),
        Derived::Authority => authority(request),
        Derived::Path => path(request).to_owned(),
        Derived::Query => format!("?{}", request.query.unwrap_or_default()),
        Derived::QueryParam(name) => query_param::only_value(request.query?, name)?,
        Derived::TargetUri => {
            let query = request.query.map(|query| format!("?{query}")).unwrap_or_default();
            let scheme = request.scheme.to_ascii_lowercase();
            format!("{scheme}://{}{}{query}", authority(request), path(request))
        }
        Derived::Status => return None,
    };
    Some(text.into_bytes())
}

/// Lower case, and without the port that the scheme implies (RFC 9110 §4.2.3).
fn authority(request: &RequestView<'_>) -> String {
    let authority = request.authority.to_ascii_lowercase();
    let default_port = if request.scheme.eq_ignore_ascii_case("http") { ":80" } else { ":443" };
    let host = authority.strip_suffix(default_port).or_else(|| authority.strip_suffix(':'));
    host.unwrap_or(&authority).to_owned()
}

fn path<'a>(request: &RequestView<'a>) -> &'a str {
    if request.path.is_empty() { "/" } else { request.path }
}
