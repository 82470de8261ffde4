//! The signing side: what to sign, and the two header fields that carry the result. Clients, tests and
//! the signer of our own responses use it; the private key stays with them.

use sfv::{DictSerializer, Key, KeyRef};

use super::base::signature_base;
use super::components::Component;
use super::input::Covered;
use super::message::{Message, RequestView};
use super::params::SignatureParams;
use super::policy;
use super::refusal::SignatureRefusal;

/// A message that waits for its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsigned {
    label: Key,
    /// The value of `Signature-Input`.
    pub signature_input: String,
    /// The bytes to sign.
    pub base: Vec<u8>,
}

impl Unsigned {
    /// The value of `Signature`, once the base is signed.
    #[must_use]
    pub fn signature_field(&self, signature: &[u8]) -> String {
        let mut dictionary = DictSerializer::new();
        let _ = dictionary.bare_item(&self.label, signature).finish();
        dictionary.finish().expect("the dictionary has one member")
    }
}

/// Prepares the signature of a message under a label.
///
/// # Errors
/// When the label is no key, a component occurs twice or is not in the message.
pub fn prepare(
    message: &Message<'_>,
    label: &str,
    components: Vec<Component>,
    params: SignatureParams,
) -> Result<Unsigned, SignatureRefusal> {
    let label = KeyRef::from_str(label)
        .map_err(|fault| SignatureRefusal::FieldMalformed { field: "signature-input", reason: fault.to_string() })?;
    let covered = Covered::new(components, params)?;
    let base = signature_base(message, &covered)?;
    let signature_input = format!("{}={}", label.as_str(), covered.text());
    Ok(Unsigned { label: label.to_owned(), signature_input, base })
}

/// The components that the open API wants covered in this request.
#[must_use]
pub fn request_components(request: &RequestView<'_>) -> Vec<Component> {
    policy::required_components(request).into_iter().map(known).collect()
}

pub(super) fn known(name: &str) -> Component {
    Component::named(name).expect("the policy names components that exist")
}
