//! The building blocks of written documents: fields that know their place, one-or-many lists,
//! texts that stand for a map, and maps whose keys the author chooses.
//!
//! Takes what `decode` hands over, gives plain values. Each type speaks to the decoder through the
//! name of a newtype (`HOOK_…`), the one channel that serde leaves open, and describes itself to
//! `schemars`, so that the printed schema is what is really accepted.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{FileId, Span, Spanned};

pub(super) const HOOK_PLACE: &str = "runsheet::place";
pub(super) const HOOK_MANY: &str = "runsheet::many";
pub(super) const HOOK_SHORT: &str = "runsheet::short:";

/// The value of one key: absent, there but wrong (already reported), or there. Most keys that something
/// may have are absent, so those take a pointer's width and no more.
#[derive(Debug, Clone)]
pub struct Field<T>(Option<Box<Present<T>>>);

/// What was written at a key.
#[derive(Debug, Clone)]
struct Present<T> {
    /// The key, or the value itself where there is no key (in a list).
    key: Span,
    /// The value.
    span: Span,
    /// What was written, if it could be read.
    value: Option<T>,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Field<T> {
    /// Whether anything was written.
    pub fn is_present(&self) -> bool {
        self.0.is_some()
    }

    /// The place of the key, or of the value itself where there is no key (in a list).
    pub fn key(&self) -> Span {
        self.0.as_ref().map(|present| present.key).unwrap_or_default()
    }

    /// The place of the value.
    pub fn span(&self) -> Span {
        self.0.as_ref().map(|present| present.span).unwrap_or_default()
    }

    /// The value, if it is there and right.
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref()?.value.as_ref()
    }

    /// The value with its place.
    pub fn spanned(&self) -> Option<Spanned<&T>> {
        self.get().map(|value| Spanned::new(self.span(), value))
    }

    /// Key and value together, for messages about the whole entry.
    pub fn entry(&self) -> Span {
        self.key().to(self.span())
    }

    /// The same value at another key.
    #[must_use]
    pub fn at_key(mut self, key: Span) -> Self {
        self.0.iter_mut().for_each(|present| present.key = key);
        self
    }
}

impl<T: Clone> Field<T> {
    /// A copy of the value with its place.
    pub fn cloned(&self) -> Option<Spanned<T>> {
        self.spanned().map(|found| found.map(T::clone))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    /// Reached by serde's treatment of a missing key, so that a required key needs no default.
    fn visit_none<E: Error>(self) -> Result<Field<T>, E> {
        Ok(Field::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Field<T>, D::Error> {
        deserializer.deserialize_newtype_struct(HOOK_PLACE, self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Field<T>, A::Error> {
        let mut number = || parts.next_element::<u32>()?.ok_or_else(|| A::Error::custom("a place"));
        let file = FileId(number()?);
        let key = Span { file, start: number()?, end: number()? };
        let span = Span { file, start: number()?, end: number()? };
        let value = parts.next_element::<T>()?;
        Ok(Field(Some(Box::new(Present { key, span, value }))))
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// A list for which one value may stand alone.
#[derive(Debug, Clone)]
pub struct Many<T>(pub Vec<Field<T>>);

impl<T> Many<T> {
    /// The values that could be read, with their places.
    pub fn iter(&self) -> impl Iterator<Item = Spanned<&T>> {
        self.0.iter().filter_map(Field::spanned)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ManyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
            type Value = Many<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Many<T>, A::Error> {
                let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0));
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Many(list))
            }
        }
        deserializer.deserialize_newtype_struct(HOOK_MANY, ManyVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Many<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}-list", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": "array", "items": one }, one] })
    }
}

/// A map for which a text may stand: the value of its key `KEY`.
pub trait Shorthand {
    /// The key, for example `title`.
    const KEY: &'static str;
    /// `HOOK_SHORT` followed by `KEY`; a constant because serde wants static names.
    const HOOK: &'static str;
}

/// A `T`, or the text of its most important key alone.
#[derive(Debug, Clone)]
pub struct Short<T>(pub T);

impl<T> std::ops::Deref for Short<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + Shorthand> Deserialize<'de> for Short<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ShortVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ShortVisitor<T> {
            type Value = T;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a mapping")
            }
            fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<T, D::Error> {
                T::deserialize(inner)
            }
        }
        deserializer.deserialize_newtype_struct(T::HOOK, ShortVisitor(PhantomData)).map(Short)
    }
}

impl<T: JsonSchema> JsonSchema for Short<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}-or-text", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let full = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [{ "type": ["string", "number", "boolean"] }, full] })
    }
}

/// A map whose keys the author chooses, in the order in which they were written.
#[derive(Debug, Clone)]
pub struct Entries<T>(pub Vec<(Spanned<String>, Field<T>)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some((name, field)) = map.next_entry::<String, Field<T>>()? {
                    entries.push((Spanned::new(field.key(), name), field));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("{}-map", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": one })
    }
}
