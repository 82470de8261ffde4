//! Reads `Signature-Input` and `Signature` and picks the one signature that is meant for Tallyport.
//!
//! A message may carry signatures for others (a proxy's, say). Which one counts is decided by the tag
//! alone, before anything is verified.

use sfv::BareItem;

use super::components::Component;
use super::message::Field;
use super::params::SignatureParams;
use super::refusal::SignatureRefusal;
use super::structured::{InnerList, Item, Member, inner_list_text, read_dictionary};

/// The tag of signatures that are meant for Tallyport.
pub const TAG: &str = "tallyport";

/// Our own calls cover at most seven components; the rest is for partners' own header fields.
pub const COMPONENTS_MAX: usize = 32;

const INPUT_FIELD: &str = "signature-input";
const VALUE_FIELD: &str = "signature";

/// What a signature covers: the value of `@signature-params`.
#[derive(Debug, Clone)]
pub struct Covered {
    components: Vec<Component>,
    params: SignatureParams,
}

impl Covered {
    /// Components and parameters, each component once.
    ///
    /// # Errors
    /// When a component occurs twice or there are too many.
    pub fn new(components: Vec<Component>, params: SignatureParams) -> Result<Self, SignatureRefusal> {
        if components.len() > COMPONENTS_MAX {
            return Err(SignatureRefusal::ComponentsTooMany { count_max: COMPONENTS_MAX });
        }
        for (at, component) in components.iter().enumerate() {
            if components[..at].iter().any(|earlier| earlier.is_same_as(component)) {
                let component = component.identifier();
                return Err(SignatureRefusal::ComponentRepeated { component });
            }
        }
        Ok(Self { components, params })
    }

    /// The covered components, in order.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// The parameters.
    #[must_use]
    pub fn params(&self) -> &SignatureParams {
        &self.params
    }

    /// The canonical text: the last line of the base, and the member of `Signature-Input`.
    #[must_use]
    pub fn text(&self) -> String {
        inner_list_text(&InnerList {
            items: self.components.iter().map(|component| component.item().clone()).collect(),
            params: self.params.entries().clone(),
        })
    }
}

/// A signature as a message carries it.
#[derive(Debug, Clone)]
pub struct CarriedSignature {
    /// Its label.
    pub label: String,
    /// What it covers.
    pub covered: Covered,
    /// The signature itself.
    pub signature: Vec<u8>,
}

/// The one signature with [`TAG`].
///
/// # Errors
/// When there is none, more than one, or it is malformed.
pub fn read_tallyport_signature(fields: &[Field<'_>]) -> Result<CarriedSignature, SignatureRefusal> {
    read_signature(fields, |list| {
        list.params
            .iter()
            .any(|(key, value)| key.as_str() == "tag" && value.as_string().is_some_and(|tag| tag.as_str() == TAG))
    })
}

/// The signature with that label, whatever its tag.
///
/// # Errors
/// When there is none or it is malformed.
pub fn read_labelled_signature(fields: &[Field<'_>], label: &str) -> Result<CarriedSignature, SignatureRefusal> {
    let (inputs, values) = read_fields(fields)?;
    let list = inputs.into_iter().find_map(|(key, member)| match member {
        Member::InnerList(list) if key.as_str() == label => Some(list),
        _ => None,
    });
    match list {
        Some(list) => carried(label.to_owned(), list, values),
        None => Err(SignatureRefusal::LabelUnmatched { label: label.to_owned() }),
    }
}

fn read_signature(
    fields: &[Field<'_>],
    is_ours: impl Fn(&InnerList) -> bool,
) -> Result<CarriedSignature, SignatureRefusal> {
    let (inputs, values) = read_fields(fields)?;
    let mut ours: Vec<(String, InnerList)> = inputs
        .into_iter()
        .filter_map(|(key, member)| match member {
            Member::InnerList(list) if is_ours(&list) => Some((key.into(), list)),
            _ => None,
        })
        .collect();
    let count = ours.len();
    match ours.pop() {
        None => Err(SignatureRefusal::TagMissing),
        Some((label, list)) if count == 1 => carried(label, list, values),
        Some(_) => Err(SignatureRefusal::TagAmbiguous { count }),
    }
}

type Members = Vec<(sfv::Key, Member)>;

fn read_fields(fields: &[Field<'_>]) -> Result<(Members, Members), SignatureRefusal> {
    let inputs = read_dictionary(fields, INPUT_FIELD)?;
    let values = read_dictionary(fields, VALUE_FIELD)?;
    match (inputs, values) {
        (Some(inputs), Some(values)) => Ok((inputs, values)),
        (None, None) => Err(SignatureRefusal::SignatureMissing),
        (None, Some(_)) => Err(SignatureRefusal::FieldMissing { field: INPUT_FIELD }),
        (Some(_), None) => Err(SignatureRefusal::FieldMissing { field: VALUE_FIELD }),
    }
}

fn carried(label: String, list: InnerList, values: Members) -> Result<CarriedSignature, SignatureRefusal> {
    let value = values.into_iter().find(|(key, _)| key.as_str() == label).map(|(_, value)| value);
    let Some(Member::Item(Item { value: BareItem::ByteSequence(signature), .. })) = value else {
        return Err(SignatureRefusal::LabelUnmatched { label });
    };
    if list.items.len() > COMPONENTS_MAX {
        return Err(SignatureRefusal::ComponentsTooMany { count_max: COMPONENTS_MAX });
    }
    let params = SignatureParams::from_entries(list.params)?;
    let components = list.items.into_iter().map(Component::from_item).collect::<Result<Vec<_>, _>>()?;
    Ok(CarriedSignature { label, covered: Covered::new(components, params)?, signature })
}
