//! Tree → typed document, by serde, without stopping at the first mistake.
//!
//! Takes a `Node`, gives a value and the `Fault`s. Every `Field` that cannot be decoded records why
//! and stays empty, so that one run reports all of them. It may not word messages nor know any type
//! of the model.

mod map;

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use self::map::{Map, meant};
use super::fault::LIST_AS_TEXT;
use super::field::{HOOK_MANY, HOOK_PLACE, HOOK_SHORT};
use super::node::Entry;
use super::syntax::quoted;
use super::{Fault, FaultKind, Node, Span, Value, Written};

/// Decodes a document; `None` only where the whole of it has the wrong shape.
pub fn decode<'de, T: Deserialize<'de>>(node: &Node<'_>, faults: &mut Vec<Fault>) -> Option<T> {
    let found = RefCell::new(Vec::new());
    let result = T::deserialize(Decoder { node, key: None, faults: &found });
    // An alias that names nothing was reported and is nothing.
    let known: Vec<Span> = faults.iter().map(|fault| fault.span).collect();
    faults.extend(found.into_inner().into_iter().filter(|fault| !known.contains(&fault.span)));
    result.map_err(|stop| faults.push(stop.into_fault(node.span))).ok()
}

/// Why a value could not be decoded; serde's own complaints have no place yet.
#[derive(Debug)]
struct Stop(Option<Span>, Box<FaultKind>);

impl Stop {
    fn into_fault(self, span: Span) -> Fault {
        Fault::new(self.0.unwrap_or(span), *self.1)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.1)
    }
}

impl std::error::Error for Stop {}

impl de::Error for Stop {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(None, Box::new(FaultKind::Invalid { message: message.to_string(), help: None }))
    }
    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let (expected, found) = (expected.to_string(), found.to_string());
        Self(None, Box::new(FaultKind::WrongType { expected, found }))
    }
    fn missing_field(key: &'static str) -> Self {
        Self(None, Box::new(FaultKind::MissingKey { key: key.to_owned() }))
    }
}

#[derive(Clone, Copy)]
struct Decoder<'a> {
    node: &'a Node<'a>,
    key: Option<Span>,
    faults: &'a RefCell<Vec<Fault>>,
}

impl<'a> Decoder<'a> {
    fn record(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    fn wrong(&self, expected: &str) -> Stop {
        let found = match &self.node.value {
            Value::Scalar { .. } if self.node.is_null() => "nothing".to_owned(),
            Value::Scalar { text, .. } => format!("`{}`", shorten(text)),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a mapping".to_owned(),
        };
        let kind = FaultKind::WrongType { expected: expected.to_owned(), found };
        Stop(Some(self.node.span), Box::new(kind))
    }

    /// Whether `|` or `>` made one text of the lines of a list.
    fn is_list_as_text(&self) -> bool {
        matches!(&self.node.value, Value::Scalar { text, plain: false }
            if text.trim_end().contains('\n') && (text.starts_with("- ") || text.lines().all(begins_an_item)))
    }

    fn text(&self) -> Result<&'a str, Stop> {
        match &self.node.value {
            Value::Scalar { text, .. } if !self.node.is_null() => Ok(text),
            _ => Err(self.wrong("text")),
        }
    }

    fn number<T: std::str::FromStr>(&self, what: &str) -> Result<T, Stop> {
        match &self.node.value {
            Value::Scalar { text, plain: true } => text.parse().map_err(|_| self.wrong(what)),
            _ => Err(self.wrong(what)),
        }
    }

    /// The first line of a long text is enough in a message.
    fn items(&self) -> Result<Items<'a>, Stop> {
        match &self.node.value {
            Value::List(items) => Ok(Items { items: items.iter(), faults: self.faults }),
            _ => Err(self.wrong("a list")),
        }
    }

    fn entries(&self, known: Option<&'static [&'static str]>) -> Result<Map<'a>, Stop> {
        match &self.node.value {
            Value::Map(entries) => Ok(Map::new(entries, known, self.faults)),
            _ => Err(self.wrong("a mapping")),
        }
    }
}

/// Whether a line begins like an entry of a list: `- x`, `* x`, `1. x`, `2) x`; or goes on with one, or is empty.
fn begins_an_item(line: &str) -> bool {
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = behind.len() < line.len() && [". ", ") "].iter().any(|sign| behind.starts_with(sign));
    numbered || ["- ", "* ", "• ", " "].iter().any(|sign| line.starts_with(sign)) || line.is_empty()
}

fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 { line.chars().take(39).chain(['…']).collect() } else { line.to_owned() }
}

macro_rules! numbers {
    ($($method:ident $visit:ident $what:literal),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            visitor.$visit(self.number($what)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Decoder<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match &self.node.value {
            Value::Scalar { text, .. } => visitor.visit_str(text),
            Value::List(_) => visitor.visit_seq(self.items()?),
            Value::Map(_) => visitor.visit_map(self.entries(None)?),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match &self.node.value {
            Value::Scalar { text, plain: true } => match &**text {
                "true" | "True" | "TRUE" => visitor.visit_bool(true),
                "false" | "False" | "FALSE" => visitor.visit_bool(false),
                _ => Err(self.wrong("`true` or `false`")),
            },
            _ => Err(self.wrong("`true` or `false`")),
        }
    }

    numbers! {
        deserialize_u8 visit_u8 "a whole number", deserialize_u16 visit_u16 "a whole number",
        deserialize_u32 visit_u32 "a whole number", deserialize_u64 visit_u64 "a whole number",
        deserialize_i8 visit_i8 "a whole number", deserialize_i16 visit_i16 "a whole number",
        deserialize_i32 visit_i32 "a whole number", deserialize_i64 visit_i64 "a whole number",
        deserialize_f32 visit_f32 "a number", deserialize_f64 visit_f64 "a number",
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        if name == HOOK_PLACE {
            return visitor.visit_seq(Placed { decoder: self, next: 0 });
        }
        if name == HOOK_MANY {
            let single = !matches!(self.node.value, Value::List(_));
            if self.is_list_as_text() {
                let (expected, found) = ("a list".to_owned(), LIST_AS_TEXT.to_owned());
                return Err(Stop(Some(self.node.span), Box::new(FaultKind::WrongType { expected, found })));
            }
            let items = if single { std::slice::from_ref(self.node).iter() } else { self.items()?.items };
            return visitor.visit_seq(Items { items, faults: self.faults });
        }
        if let Some(key) = name.strip_prefix(HOOK_SHORT) {
            return visitor.visit_newtype_struct(Shortened { decoder: self, key });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_seq(self.items()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_map(self.entries(None)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_map(self.entries(Some(fields))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let word = self.text()?;
        if !variants.contains(&word) {
            let known = variants.iter().map(ToString::to_string).collect();
            let kind = FaultKind::UnknownWord { word: word.to_owned(), known };
            return Err(Stop(Some(self.node.span), Box::new(kind)));
        }
        let word: StrDeserializer<'_, Stop> = word.into_deserializer();
        visitor.visit_enum(word)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

/// A text that stands for a mapping with one key, or the mapping itself.
struct Shortened<'a> {
    decoder: Decoder<'a>,
    key: &'static str,
}

impl<'de> Deserializer<'de> for Shortened<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        self.decoder.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        match &self.decoder.node.value {
            Value::Scalar { .. } if self.decoder.node.is_null() => {
                Err(self.decoder.wrong("a text or a mapping"))
            }
            Value::Scalar { .. } => visitor.visit_map(Single { shortened: Some(self) }),
            Value::List(_) => Err(self.decoder.wrong("a text or a mapping")),
            Value::Map(entries) => match foreign(self.decoder.node.span, entries, fields) {
                Some(stop) => Err(stop),
                None => self.decoder.deserialize_struct(name, fields, visitor),
            },
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// A mapping of which no key is known, nor near one: a text with `: ` in it, or names where a list is expected.
fn foreign(map: Span, entries: &[Entry<'_>], known: &'static [&'static str]) -> Option<Stop> {
    let keys = || entries.iter().filter_map(|(key, _)| key.as_str());
    let is_known = |key: &str| key == "<<" || key.starts_with("x-") || known.contains(&key);
    // What is nearly a key is looked for last: it takes long, and hardly a mapping gets there.
    if keys().any(is_known) || keys().any(|key| meant(key, known).is_some()) {
        return None;
    }
    let keys: Vec<String> = keys().map(str::to_owned).collect();
    if keys.is_empty() {
        return None;
    }
    let span = entries[0].0.span;
    let written = match entries {
        _ if map.start != span.start => Written::Mapping,
        [(key, value)] if value.is_null() => {
            Written::Text(quoted(&format!("{}:", key.as_str().unwrap_or_default())))
        }
        [(key, Node { value: Value::Scalar { text, .. }, .. })] => {
            Written::Text(quoted(&format!("{}: {text}", key.as_str().unwrap_or_default())))
        }
        _ => Written::List,
    };
    Some(Stop(Some(span), Box::new(FaultKind::UnknownKeys { keys, known, written })))
}

struct Single<'a> {
    shortened: Option<Shortened<'a>>,
}

impl<'de> MapAccess<'de> for Single<'_> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Stop> {
        let Some(shortened) = &self.shortened else { return Ok(None) };
        let key: StrDeserializer<'_, Stop> = shortened.key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Stop> {
        match self.shortened.take() {
            Some(shortened) => seed.deserialize(shortened.decoder),
            None => Err(de::Error::custom("a value without a key")),
        }
    }
}

/// File, key and value places, then the value, for `Field`.
struct Placed<'a> {
    decoder: Decoder<'a>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Placed<'_> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        let span = self.decoder.node.span;
        let key = self.decoder.key.unwrap_or(span);
        let places = [span.file.0, key.start, key.end, span.start, span.end];
        self.next += 1;
        if let Some(place) = places.get(self.next - 1) {
            return seed.deserialize((*place).into_deserializer()).map(Some);
        }
        match seed.deserialize(self.decoder) {
            Ok(value) => Ok(Some(value)),
            Err(stop) => {
                self.decoder.record(stop.into_fault(span));
                Ok(None)
            }
        }
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node<'a>>,
    faults: &'a RefCell<Vec<Fault>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Stop> {
        let Some(node) = self.items.next() else { return Ok(None) };
        seed.deserialize(Decoder { node, key: None, faults: self.faults }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}
