//! Reads structured-field dictionaries (RFC 9651) without losing what a signature cares about: order,
//! and the fact that a name occurred twice. The library would silently let the last one win.

use std::convert::Infallible;

use sfv::visitor::{DictionaryVisitor, EntryVisitor, InnerListVisitor, ItemVisitor, ParameterVisitor};
use sfv::{BareItem, BareItemFromInput, Key, KeyRef, ListSerializer, Parser};

use super::message::{Field, combined_field};
use super::refusal::SignatureRefusal;

/// A signature of ours needs well under a kilobyte of input; proxies may add theirs beside it.
pub(super) const FIELD_BYTES_MAX: usize = 8 * 1024;

pub(super) type Parameters = Vec<(Key, BareItem)>;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    pub(super) value: BareItem,
    pub(super) params: Parameters,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct InnerList {
    pub(super) items: Vec<Item>,
    pub(super) params: Parameters,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Member {
    Item(Item),
    InnerList(InnerList),
}

/// Reads the named field as a dictionary; `None` when the message does not have it.
pub(super) fn read_dictionary(
    fields: &[Field<'_>],
    name: &'static str,
) -> Result<Option<Vec<(Key, Member)>>, SignatureRefusal> {
    let Some(text) = combined_field(fields, name) else {
        return Ok(None);
    };
    if text.len() > FIELD_BYTES_MAX {
        return Err(SignatureRefusal::FieldTooLong { field: name, bytes_max: FIELD_BYTES_MAX });
    }
    let members = Parser::new(&text)
        .parse_dictionary_with_visitor(Reader::default())
        .map_err(|fault| SignatureRefusal::FieldMalformed { field: name, reason: fault.to_string() })?;
    refuse_repeated(name, &members)?;
    for (_, member) in &members {
        match member {
            Member::Item(item) => refuse_repeated(name, &item.params)?,
            Member::InnerList(list) => {
                refuse_repeated(name, &list.params)?;
                for item in &list.items {
                    refuse_repeated(name, &item.params)?;
                }
            }
        }
    }
    Ok(Some(members))
}

fn refuse_repeated<T>(field: &'static str, entries: &[(Key, T)]) -> Result<(), SignatureRefusal> {
    let mut names: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(SignatureRefusal::NameRepeated { field, name: pair[0].to_owned() }),
        None => Ok(()),
    }
}

/// An inner list in its canonical spelling.
pub(super) fn inner_list_text(list: &InnerList) -> String {
    let mut text = String::new();
    let mut list_serializer = ListSerializer::with_buffer(&mut text);
    let mut inner = list_serializer.inner_list();
    for item in &list.items {
        let _ = inner.bare_item(&item.value).parameters(borrowed(&item.params)).finish();
    }
    let _ = inner.finish().parameters(borrowed(&list.params)).finish();
    text
}

/// One item in its canonical spelling.
pub(super) fn item_text(item: &Item) -> String {
    sfv::ItemSerializer::new().bare_item(&item.value).parameters(borrowed(&item.params)).finish()
}

fn borrowed(params: &Parameters) -> impl Iterator<Item = (&KeyRef, &BareItem)> {
    params.iter().map(|(key, value)| (&**key, value))
}

#[derive(Default)]
struct Reader(Vec<(Key, Member)>);

impl<'de> DictionaryVisitor<'de> for Reader {
    type Out = Vec<(Key, Member)>;
    type Error = Infallible;

    fn entry(&mut self, key: &'de KeyRef) -> Result<impl EntryVisitor<'de>, Self::Error> {
        Ok(Entry { members: &mut self.0, key })
    }

    fn finish(self) -> Result<Self::Out, Self::Error> {
        Ok(self.0)
    }
}

struct Entry<'de, 'a> {
    members: &'a mut Vec<(Key, Member)>,
    key: &'de KeyRef,
}

impl<'de> EntryVisitor<'de> for Entry<'de, '_> {
    type Error = Infallible;

    fn item(self) -> Result<impl ItemVisitor<'de>, Self::Error> {
        Ok(self)
    }

    fn inner_list(self) -> Result<impl InnerListVisitor<'de>, Self::Error> {
        Ok(Listed { entry: self, list: InnerList::default() })
    }
}

impl<'de> ItemVisitor<'de> for Entry<'de, '_> {
    type Out = ();
    type Error = Infallible;

    fn bare_item(self, value: BareItemFromInput<'de>) -> Result<impl ParameterVisitor<'de, Out = ()>, Self::Error> {
        let item = Item { value: value.into(), params: Vec::new() };
        Ok(Finishing {
            params: Vec::new(),
            done: move |params| {
                self.members.push((self.key.to_owned(), Member::Item(Item { params, ..item })));
            },
        })
    }
}

struct Listed<'de, 'a> {
    entry: Entry<'de, 'a>,
    list: InnerList,
}

impl<'de> InnerListVisitor<'de> for Listed<'de, '_> {
    type Error = Infallible;

    fn item(&mut self) -> Result<impl ItemVisitor<'de>, Self::Error> {
        Ok(Appended(&mut self.list.items))
    }

    fn finish(self) -> Result<impl ParameterVisitor<'de>, Self::Error> {
        let Self { entry, list } = self;
        Ok(Finishing {
            params: Vec::new(),
            done: move |params| {
                let member = Member::InnerList(InnerList { params, ..list });
                entry.members.push((entry.key.to_owned(), member));
            },
        })
    }
}

struct Appended<'a>(&'a mut Vec<Item>);

impl<'de> ItemVisitor<'de> for Appended<'_> {
    type Out = ();
    type Error = Infallible;

    fn bare_item(self, value: BareItemFromInput<'de>) -> Result<impl ParameterVisitor<'de, Out = ()>, Self::Error> {
        let value = value.into();
        Ok(Finishing {
            params: Vec::new(),
            done: move |params| {
                self.0.push(Item { value, params });
            },
        })
    }
}

/// Gathers parameters and hands them on when the last one is read.
struct Finishing<F> {
    params: Parameters,
    done: F,
}

impl<'de, F: FnOnce(Parameters)> ParameterVisitor<'de> for Finishing<F> {
    type Out = ();
    type Error = Infallible;

    fn parameter(&mut self, key: &'de KeyRef, value: BareItemFromInput<'de>) -> Result<(), Self::Error> {
        self.params.push((key.to_owned(), value.into()));
        Ok(())
    }

    fn finish(self) -> Result<(), Self::Error> {
        (self.done)(self.params);
        Ok(())
    }
}
