//! `runsheet init`: a starter project that builds without findings. One of the doors to the disk.
//!
//! Takes a folder, writes what is missing in it; a file that is there stays as it is.

use std::fs;
use std::path::Path;

use jiff::{ToSpan, tz::TimeZone};

use super::{Outcome, Place, clock, schema};
use crate::cli::{Init, SchemaOf};
use crate::error::{Error, Result};
use crate::output;

/// The files of a starter project; `REVIEWED` and `WINDOW-DAY` become days.
const FILES: [(&str, &str); 9] = [
    ("README.md", include_str!("starter/README.md")),
    (
        ".gitignore",
        "/output/*\n!/output/.gitkeep\n# What is left of a command that was killed.\n.runsheet-*\n.*.runsheet-new/\n",
    ),
    (".gitattributes", "*.journal.yaml merge=union\n"),
    ("content/site.yaml", include_str!("starter/site.yaml")),
    ("content/roster.yaml", include_str!("starter/roster.yaml")),
    ("content/runbooks/web-shop.yaml", include_str!("starter/runbook.yaml")),
    ("content/releases/v1.0.0.yaml", include_str!("starter/release.yaml")),
    ("content/releases/v1.0.0.journal.yaml", include_str!("starter/journal.yaml")),
    ("content/pages/how-we-deploy.md", include_str!("starter/page.md")),
];

/// The schemas that the files name in their first line.
const SCHEMAS: [(&str, SchemaOf); 5] = [
    ("schema/site.json", SchemaOf::Site),
    ("schema/roster.json", SchemaOf::Roster),
    ("schema/runbook.json", SchemaOf::Runbook),
    ("schema/release.json", SchemaOf::Release),
    ("schema/journal.json", SchemaOf::Journal),
];

pub(crate) fn run(arguments: &Init, place: &Place<'_>) -> Result<Outcome> {
    let now = clock::source_date_epoch()?.unwrap_or_else(clock::now);
    let today = now.to_zoned(TimeZone::UTC).date();
    let window = today.checked_add(7.days()).unwrap_or(today);
    let mut written = 0;
    for (path, text) in FILES {
        let text = text.replace("REVIEWED", &today.to_string()).replace("WINDOW-DAY", &window.to_string());
        written += usize::from(put(&arguments.dir.join(path), &text, place)?);
    }
    for (path, of) in SCHEMAS {
        written += usize::from(put(&arguments.dir.join(path), &schema::text(of)?, place)?);
    }
    let dir = arguments.dir.display();
    place.terminal.say(&format!("wrote {written} files to {dir}; try `runsheet build --root {dir}`"));
    Ok(Outcome::Fine)
}

/// Writes a file unless there is one.
#[expect(clippy::disallowed_methods, reason = "init makes the folders of a new project")]
fn put(path: &Path, text: &str, place: &Place<'_>) -> Result<bool> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, source))?;
    let written = output::create(path, text.as_bytes())?;
    if !written {
        place.terminal.say(&format!("kept {}", path.display()));
    }
    Ok(written)
}
