//! What an earlier reading of a project left, so that only what changed since is read again.
//!
//! Takes how a file looks on the disk, gives its text while that is the one that was read. It is never
//! trusted about a file that may have been written again since in the same tick of the disk's clock.

use std::collections::HashMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::sync::Arc;

use super::{Source, Sources};

/// Times on a disk come in ticks of 1 to 10 ms, where they have fractions of a second; nanoseconds.
const TICK: i128 = 50_000_000;
/// The same where they have none.
const LONG_TICK: i128 = 2_000_000_000;
const SECOND: i128 = 1_000_000_000;

/// The texts that were read last, by path.
#[derive(Debug, Default)]
pub struct Memory {
    /// With the numbers that they had.
    pub(super) sources: Sources,
    files: HashMap<String, Kept>,
}

#[derive(Debug)]
struct Kept {
    source: Arc<Source>,
    /// How the file looked before it was read; `None` where that says too little.
    look: Option<Look>,
}

/// By what a file is known again without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    size: u64,
    device: u64,
    inode: u64,
    /// When its bytes, name or rights changed last, by the clock of its disk, which nobody can set for a
    /// file; nanoseconds since 1970.
    pub(super) changed: i128,
}

impl Look {
    pub(super) fn of(data: &Metadata) -> Self {
        let changed = i128::from(data.ctime()) * SECOND + i128::from(data.ctime_nsec());
        Self { size: data.len(), device: data.dev(), inode: data.ino(), changed }
    }
}

/// Whether the clock of a disk had moved on from one time to a `later` one, so that what changed at the
/// first and was looked at after the second shows any change since in its time; nanoseconds since 1970.
pub(crate) fn is_settled(changed: i128, later: i128) -> bool {
    let tick = if changed % SECOND == 0 { LONG_TICK } else { TICK };
    changed + tick < later
}

impl Memory {
    /// The text of a file that still looks as it did when it was read.
    pub(super) fn find(&self, path: &str, look: Option<Look>) -> Option<Arc<Source>> {
        let kept = self.files.get(path)?;
        (look.is_some() && kept.look == look).then(|| Arc::clone(&kept.source))
    }

    /// The text that was read before, where it is the same.
    pub(super) fn share(&self, source: Source) -> Arc<Source> {
        let known = self.files.get(&source.path).map(|kept| &kept.source);
        known.filter(|known| ***known == source).map_or_else(|| Arc::new(source), Arc::clone)
    }

    /// Keeps what was read in place of what was read before. `newest` is the last change of any file that
    /// was seen before the first was read.
    pub(super) fn keep(&mut self, read: impl Iterator<Item = (Arc<Source>, Option<Look>)>, newest: i128) {
        let kept = read.map(|(source, look)| {
            let look = look.filter(|look| is_settled(look.changed, newest));
            (source.path.clone(), Kept { source, look })
        });
        self.files = kept.collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_settled_when_the_clock_has_moved_on() {
        let at = 1_700_000_000 * SECOND;
        for (changed, newest, settled) in [
            (at + 1, at + 1, false),
            (at + 1, at + TICK, false),
            (at + 1, at + TICK + 2, true),
            (at, at + TICK + 2, false),
            (at, at + LONG_TICK + 1, true),
            (at + 1, at - 10 * SECOND, false),
        ] {
            assert_eq!(is_settled(changed, newest), settled, "{changed} {newest}");
        }
    }
}
