//! What a component shows, taken apart: its shape, and the texts in it.
//!
//! Takes template variables, gives a filling. The shape is everything that a template may choose by:
//! numbers, what is there and how often, keys, and which texts are empty. Values of one type and one shape
//! differ in texts only.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize, Serializer};

use super::markup::escape;

/// What a component shows. One is used again and again: it keeps the room that it took.
#[derive(Debug, Default)]
pub(super) struct Filling {
    /// The component, then everything that a template may choose by.
    shape: Vec<u8>,
    /// What each string is, in the order of the values.
    kinds: Vec<Kind>,
    /// The texts one behind the other, as they are printed.
    texts: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

/// What a string is to a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something to choose by.
    Key,
    /// Text, escaped where it is printed.
    Text,
    /// Markup, printed as it is.
    Html,
}

impl Filling {
    /// Takes what `component` shows of `value`, in the place of what was taken before.
    ///
    /// # Errors
    /// When `value` holds a map or bytes.
    pub(super) fn take(&mut self, component: &str, value: &impl Serialize) -> Result<(), Fault> {
        self.shape.clear();
        self.kinds.clear();
        self.texts.clear();
        self.ends.clear();
        self.key(component);
        value.serialize(Reader { filling: self, kind: Kind::Text })
    }

    /// Its shape.
    pub(super) fn shape(&self) -> &[u8] {
        &self.shape
    }

    /// What each string in it is.
    pub(super) fn kinds(&self) -> std::slice::Iter<'_, Kind> {
        self.kinds.iter()
    }

    /// How many texts there are.
    pub(super) fn texts(&self) -> usize {
        self.ends.len()
    }

    /// The text of a number, as it is printed.
    pub(super) fn text(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[number]]
    }

    /// Adds something to choose by to the shape.
    fn key(&mut self, key: &str) {
        self.shape.extend_from_slice(&key.len().to_le_bytes());
        self.shape.extend_from_slice(key.as_bytes());
    }

    fn string(&mut self, text: &str, kind: Kind) {
        self.kinds.push(kind);
        match kind {
            Kind::Key => return self.key(text),
            Kind::Text => escape(text, &mut self.texts),
            Kind::Html => self.texts.push_str(text),
        }
        self.shape.push(if text.is_empty() { b'e' } else { b't' });
        self.ends.push(self.texts.len());
    }
}

/// Takes one value apart.
struct Reader<'f> {
    filling: &'f mut Filling,
    /// What a string is here.
    kind: Kind,
}

impl Reader<'_> {
    /// Adds to the shape; of one sign there are always so many bytes.
    fn fixed(&mut self, sign: char, bytes: &[u8]) {
        self.filling.shape.push(sign as u8);
        self.filling.shape.extend_from_slice(bytes);
    }

    fn sign(mut self, sign: char) -> Result<(), Fault> {
        self.fixed(sign, &[]);
        Ok(())
    }

    fn variant(mut self, index: u32) -> Self {
        self.fixed('v', &index.to_le_bytes());
        self
    }

    /// Begins something that holds others.
    fn holder(mut self, length: usize) -> Result<Self, Fault> {
        self.fixed('l', &length.to_le_bytes());
        Ok(self)
    }
}

/// The name under which markup is serialized where nobody but `Filling` reads it.
pub(super) const HTML: &str = "Html";

/// The fields whose strings templates choose by.
const KEYS: [&str; 2] = ["key", "kind"];

macro_rules! numbers {
    ($($method:ident: $number:ty,)*) => {$(
        fn $method(mut self, value: $number) -> Result<(), Fault> {
            self.fixed('n', &value.to_le_bytes());
            Ok(())
        }
    )*};
}

/// Of something that holds others each is taken apart, one with a name by its name.
macro_rules! holders {
    ($($kind:ident::$method:ident($($name:ident)?),)*) => {$(
        impl ser::$kind for Reader<'_> {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Result<(), Fault> {
                let is_key = false $(|| KEYS.contains(&$name))?;
                let kind = if is_key { Kind::Key } else { Kind::Text };
                value.serialize(Reader { filling: self.filling, kind })
            }

            fn end(self) -> Result<(), Fault> {
                Ok(())
            }
        }
    )*};
}

impl Serializer for Reader<'_> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = ser::Impossible<(), Fault>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    /// `Html` asks: this reader is the one that is told what is markup.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Result<(), Fault> {
        self.sign(if value { 'y' } else { 'n' })
    }

    numbers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8,
        serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Fault> {
        self.filling.string(value, self.kind);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Fault> {
        Err(ser::Error::custom("bytes have no shape"))
    }

    fn serialize_none(self) -> Result<(), Fault> {
        self.sign('-')
    }

    fn serialize_some<T: Serialize + ?Sized>(mut self, value: &T) -> Result<(), Fault> {
        self.fixed('+', &[]);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        self.sign('-')
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        self.sign('-')
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Fault> {
        self.filling.string(variant, Kind::Key);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        let kind = if name == HTML { Kind::Html } else { self.kind };
        value.serialize(Reader { kind, ..self })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self.variant(index))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Fault> {
        let length = length.ok_or_else(|| ser::Error::custom("a list without a length has no shape"))?;
        self.holder(length)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self, Fault> {
        self.holder(length)
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Self, Fault> {
        self.holder(length)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, Fault> {
        self.variant(index).holder(length)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Fault> {
        Err(ser::Error::custom("a map has no shape"))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Self, Fault> {
        self.holder(length)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Self, Fault> {
        self.variant(index).holder(length)
    }
}

holders! {
    SerializeSeq::serialize_element(),
    SerializeTuple::serialize_element(),
    SerializeTupleStruct::serialize_field(),
    SerializeTupleVariant::serialize_field(),
    SerializeStruct::serialize_field(name),
    SerializeStructVariant::serialize_field(name),
}

/// Why a value cannot be taken apart.
#[derive(Debug)]
pub(super) struct Fault(String);

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl ser::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::super::engine::Html;
    use super::*;

    #[derive(serde::Serialize)]
    struct Shown<'a> {
        key: &'a str,
        title: &'a str,
        about: Option<Html>,
        rows: Vec<(usize, bool)>,
    }

    fn shown() -> Shown<'static> {
        Shown { key: "go", title: "a & b", about: Some(Html("<p>".to_owned())), rows: vec![(1, true)] }
    }

    fn filling(value: &Shown<'_>) -> Filling {
        taken("part", value)
    }

    fn taken(component: &str, value: &impl Serialize) -> Filling {
        let mut filling = Filling::default();
        assert!(filling.take(component, value).is_ok());
        filling
    }

    #[test]
    fn texts_are_taken_as_they_are_printed() {
        let filling = filling(&shown());
        assert_eq!(filling.kinds, [Kind::Key, Kind::Text, Kind::Html]);
        assert_eq!(filling.texts(), 2);
        assert_eq!([filling.text(0), filling.text(1)], ["a &amp; b", "<p>"]);
    }

    #[test]
    fn what_differs_in_texts_only_has_one_shape() {
        let first = filling(&shown());
        let same =
            [Shown { title: "other", ..shown() }, Shown { about: Some(Html("more".to_owned())), ..shown() }];
        for value in &same {
            assert_eq!(filling(value).shape(), first.shape());
        }
        let others = [
            Shown { key: "no", ..shown() },
            Shown { title: "", ..shown() },
            Shown { about: None, ..shown() },
            Shown { about: Some(Html::default()), ..shown() },
            Shown { rows: vec![], ..shown() },
            Shown { rows: vec![(2, true)], ..shown() },
            Shown { rows: vec![(1, false)], ..shown() },
        ];
        for value in &others {
            assert_ne!(filling(value).shape(), first.shape());
        }
        let component = taken("item", &shown());
        assert_ne!(component.shape(), first.shape());
    }

    #[test]
    fn what_has_no_order_has_no_shape() {
        let map = std::collections::BTreeMap::from([("a", 1)]);
        assert_eq!(
            Filling::default().take("part", &map).map_err(|fault| fault.to_string()).err().as_deref(),
            Some("a map has no shape")
        );
    }
}
