//! The objects of a file as bytes: header, objects, table of their places, trailer.
//!
//! lopdf writes each number and each digit of a text by itself through a formatter, which was a
//! seventh of all that a sheet costs.

use lopdf::{Dictionary, Object, StringFormat};

use super::content::{digits, hex, real};

/// A file whose objects are numbered in their order.
pub(super) fn write(file: &lopdf::Document) -> Vec<u8> {
    let content = |object: &Object| object.as_stream().map_or(0, |stream| stream.content.len());
    let streams: usize = file.objects.values().map(content).sum();
    let mut out = Vec::with_capacity(streams + 160 * file.objects.len());
    // Four bytes above ASCII: whoever copies the file sees that it is no text.
    out.extend_from_slice(format!("%PDF-{}\n%", file.version).as_bytes());
    out.extend_from_slice(b"\xe2\xe3\xcf\xd3\n");
    let count = file.objects.last_key_value().map_or(0, |((number, _), _)| *number as usize) + 1;
    let mut places: Vec<Option<usize>> = vec![None; count];
    for ((number, _), content) in &file.objects {
        places[*number as usize] = Some(out.len());
        integer(&mut out, i64::from(*number));
        out.extend_from_slice(b" 0 obj\n");
        object(&mut out, content);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    out.extend_from_slice(format!("xref\n0 {count}\n").as_bytes());
    for place in places {
        digits(&mut out, place.unwrap_or(0) as u64, 10);
        out.extend_from_slice(if place.is_some() { b" 00000 n \n" } else { b" 65535 f \n" });
    }
    let mut trailer = file.trailer.clone();
    trailer.set("Size", count as i64);
    out.extend_from_slice(b"trailer\n");
    dictionary(&mut out, &trailer);
    out.extend_from_slice(format!("\nstartxref\n{table}\n%%EOF\n").as_bytes());
    out
}

fn object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        Object::Integer(number) => integer(out, *number),
        Object::Real(number) => {
            real(out, *number);
            out.pop();
        }
        Object::Name(word) => name(out, word),
        Object::String(bytes, StringFormat::Literal) => literal(out, bytes),
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            hex(out, bytes);
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                self::object(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(entries) => dictionary(out, entries),
        Object::Stream(stream) => {
            dictionary(out, &stream.dict);
            out.extend_from_slice(b"stream\n");
            out.extend_from_slice(&stream.content);
            out.extend_from_slice(b"\nendstream");
        }
        Object::Reference((number, _)) => {
            integer(out, i64::from(*number));
            out.extend_from_slice(b" 0 R");
        }
    }
}

fn dictionary(out: &mut Vec<u8>, entries: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries {
        name(out, key);
        // What does not begin with a sign of its own is held apart from the key.
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        object(out, value);
    }
    out.extend_from_slice(b">>");
}

fn integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    digits(out, number.unsigned_abs(), 1);
}

fn name(out: &mut Vec<u8>, word: &[u8]) {
    out.push(b'/');
    for byte in word {
        match byte {
            b'!'..=b'~' if !b"()<>[]{}/%#".contains(byte) => out.push(*byte),
            _ => {
                out.push(b'#');
                hex(out, &[*byte]);
            }
        }
    }
}

fn literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, Stream, StringFormat, dictionary};

    #[test]
    fn another_reader_finds_what_was_written() {
        let mut file = Document::with_version("1.7");
        let held = dictionary! {
            "Name" => Object::Name(b"a b#/(\xe9".to_vec()), "Real" => -12.5_f32,
            "Integer" => i64::MIN, "Zero" => 0, "Yes" => true, "Nothing" => Object::Null,
            "Text" => Object::string_literal("(a\\b) \r\n c)"),
            "Bytes" => Object::String(vec![0, 255, 16], StringFormat::Hexadecimal),
            "List" => vec![1.into(), Object::Name(b"N".to_vec()), Object::Reference((9, 0))],
        };
        let stream = Stream::new(dictionary! { "Of" => held.clone() }, b"endstream \xff".to_vec());
        file.objects.insert((2, 0), held.clone().into());
        file.objects.insert((9, 0), stream.clone().into());
        file.max_id = 9;
        file.trailer.set("Root", Object::Reference((2, 0)));
        let read = Document::load_mem(&super::write(&file)).unwrap();
        assert_eq!(read.objects.len(), 2);
        assert_eq!(read.objects[&(2, 0)].as_dict().unwrap(), &held);
        assert_eq!(read.objects[&(9, 0)].as_stream().unwrap().content, stream.content);
        assert_eq!(read.trailer.get(b"Size").unwrap().as_i64().unwrap(), 10);
    }
}
