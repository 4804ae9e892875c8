//! Whether something has to be made again: a hash of all that it is made from.
//!
//! Takes values, gives a `Key`. What has the same key has the same bytes, made by the same program;
//! nothing is known of how it is made.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// BLAKE3 of what something is made from, in hex where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key([u8; 32]);

impl Key {
    /// The key of something made from `value`.
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        let mut writer = Writer { hash: blake3::Hasher::new(), buffer: Vec::with_capacity(BUFFER) };
        value.hash(&mut writer);
        writer.flush();
        Self(*writer.hash.finalize().as_bytes())
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        blake3::Hash::from_bytes(key.0).to_hex().to_string()
    }
}

impl TryFrom<String> for Key {
    type Error = blake3::HexError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        blake3::Hash::from_hex(text).map(|hash| Self(*hash.as_bytes()))
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

/// Bytes that are gathered before they are hashed: values come in pieces of a few bytes, and BLAKE3 hashes
/// sixteen chunks of 1,024 bytes side by side.
const BUFFER: usize = 16 * 1024;

/// Feeds what derived `Hash` implementations write to BLAKE3. They write the length of every text and
/// list and the number of every variant, so that different values are different bytes.
struct Writer {
    hash: blake3::Hasher,
    buffer: Vec<u8>,
}

impl Writer {
    fn flush(&mut self) {
        self.hash.update(&self.buffer);
        self.buffer.clear();
    }
}

impl Hasher for Writer {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        // Always whole buffers: what begins inside of a chunk is hashed one by one.
        while self.buffer.len() + rest.len() >= BUFFER {
            let (now, later) = rest.split_at(BUFFER - self.buffer.len());
            self.buffer.extend_from_slice(now);
            self.flush();
            rest = later;
        }
        self.buffer.extend_from_slice(rest);
    }

    /// Not used: a key is longer than what this can give.
    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_has_another_key() {
        let long = "x".repeat(3 * BUFFER);
        let values =
            [vec!["ab", "c"], vec!["a", "bc"], vec!["abc"], vec![], vec![""], vec![&long], vec![&long, ""]];
        for (at, one) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                assert_eq!(Key::of(one) == Key::of(other), at == other_at, "{at} {other_at}");
            }
        }
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let key = Key::of("text");
        assert_eq!(Key::try_from(String::from(key)).ok(), Some(key));
        assert!(Key::try_from("zz".to_owned()).is_err());
    }
}
