//! Fits a strictly parsed value into a type.
//!
//! Stricter than `serde_json`: a struct is not read from an array, an integer not from a float.

use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use tallyport_domain::json::Value;

use super::BodyFault;
use super::access::{Items, Members, Variant};
use super::kind::{Kind, is_decimal};
use super::misfit::Misfit;

pub(super) struct ValueDeserializer(pub(super) Value);

impl ValueDeserializer {
    pub(super) fn refuse<T>(&self, expected: Kind) -> Result<T, Misfit> {
        Err(Misfit::new(BodyFault::WrongType { expected: Some(expected), found: Kind::of(&self.0) }))
    }

    pub(super) fn accept<'de, V: Visitor<'de>>(self, kind: Kind, visitor: V) -> Result<V::Value, Misfit> {
        if Kind::of(&self.0) == kind { self.deserialize_any(visitor) } else { self.refuse(kind) }
    }
}

macro_rules! accept {
    ($($method:ident => $kind:ident),* $(,)?) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.accept(Kind::$kind, visitor)
        }
    )* };
}

impl<'de> Deserializer<'de> for ValueDeserializer {
    type Error = Misfit;

    accept! {
        deserialize_bool => Bool,
        deserialize_i8 => Integer, deserialize_i16 => Integer, deserialize_i32 => Integer, deserialize_i64 => Integer,
        deserialize_u8 => Integer, deserialize_u16 => Integer, deserialize_u32 => Integer, deserialize_u64 => Integer,
        deserialize_char => Text, deserialize_str => Text, deserialize_string => Text,
        deserialize_unit => Null, deserialize_seq => List, deserialize_map => Object,
    }

    forward_to_deserialize_any! { f32 f64 bytes byte_buf identifier }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(bool),
            Value::Number(number) => visit_number(&number, visitor),
            Value::Text(text) => visitor.visit_string(text),
            Value::List(items) => visit_list(items, visitor),
            Value::Object(members) => visitor.visit_map(Members { rest: members.into_iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0 == Value::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        self.accept(Kind::Null, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.accept(Kind::List, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.accept(Kind::List, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.accept(Kind::Object, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Value::Text(variant) => visitor.visit_enum(variant.into_deserializer()),
            Value::Object(members) if members.len() == 1 => {
                visitor.visit_enum(Variant(members.into_iter().next().expect("there is one member")))
            }
            other => Self(other).refuse(Kind::Text),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_unit()
    }
}

/// Integers are exact or refused; only what is spelled as a fraction or with an exponent is a float.
fn visit_number<'de, V: Visitor<'de>>(number: &str, visitor: V) -> Result<V::Value, Misfit> {
    if let Ok(integer) = number.parse::<i64>() {
        return visitor.visit_i64(integer);
    }
    if let Ok(integer) = number.parse::<u64>() {
        return visitor.visit_u64(integer);
    }
    match number.parse::<f64>() {
        Ok(float) if is_decimal(number) && float.is_finite() => visitor.visit_f64(float),
        _ => Err(Misfit::new(BodyFault::NumberOutOfRange)),
    }
}

fn visit_list<'de, V: Visitor<'de>>(items: Vec<Value>, visitor: V) -> Result<V::Value, Misfit> {
    let mut items = Items { rest: items.into_iter().enumerate() };
    let value = visitor.visit_seq(&mut items)?;
    match items.rest.next() {
        None => Ok(value),
        Some((index, _)) => Err(Misfit::new(BodyFault::UnknownField).under(index.to_string())),
    }
}
