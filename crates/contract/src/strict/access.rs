//! Hands the parts of arrays, objects and enums to their types, one by one.

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor};
use tallyport_domain::json::Value;

use super::deserializer::ValueDeserializer;
use super::kind::Kind;
use super::misfit::Misfit;

/// The elements of an array that are still to be read.
pub(super) struct Items {
    pub(super) rest: std::iter::Enumerate<std::vec::IntoIter<Value>>,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some((index, item)) = self.rest.next() else {
            return Ok(None);
        };
        seed.deserialize(ValueDeserializer(item)).map(Some).map_err(|misfit| misfit.under(index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The members of an object that are still to be read.
pub(super) struct Members {
    pub(super) rest: std::vec::IntoIter<(String, Value)>,
    pub(super) value: Option<(String, Value)>,
}

impl<'de> MapAccess<'de> for Members {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.value = self.rest.next();
        let Some((name, _)) = &self.value else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, Misfit> = name.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|misfit| misfit.under_if_unnamed(name))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Misfit> {
        let (name, value) = self.value.take().expect("serde asks for a value only after its key");
        seed.deserialize(ValueDeserializer(value)).map_err(|misfit| misfit.under(name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// An enum's variant with content: an object of one member.
pub(super) struct Variant(pub(super) (String, Value));

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Content;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Content), Misfit> {
        let (name, value) = self.0;
        let variant: StringDeserializer<Misfit> = name.clone().into_deserializer();
        let read = seed.deserialize(variant).map_err(|misfit| misfit.under(name.as_str()))?;
        Ok((read, Content { name, value }))
    }
}

pub(super) struct Content {
    name: String,
    value: Value,
}

impl<'de> VariantAccess<'de> for Content {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        ValueDeserializer(self.value).refuse(Kind::Null).map_err(|misfit: Misfit| misfit.under(self.name))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(ValueDeserializer(self.value)).map_err(|misfit| misfit.under(self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Misfit> {
        ValueDeserializer(self.value).accept(Kind::List, visitor).map_err(|misfit| misfit.under(self.name))
    }

    fn struct_variant<V: Visitor<'de>>(self, _fields: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        ValueDeserializer(self.value).accept(Kind::Object, visitor).map_err(|misfit| misfit.under(self.name))
    }
}
