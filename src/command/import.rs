//! `runsheet import`: a Markdown checklist becomes a runbook.
//!
//! Takes a file, writes one below `content/runbooks/` or prints it; a runbook that is there stays as it is.

use std::path::Path;

use super::terminal::plural;
use super::{Outcome, Place};
use crate::cli::Import;
use crate::error::{Error, Result};
use crate::import;
use crate::model::identity::slug;
use crate::model::roster::Roster;
use crate::{output, pipeline, source};

pub(crate) fn run(arguments: &Import, place: &Place<'_>) -> Result<Outcome> {
    let project = pipeline::load(place.root, &place.root.join("output"))?;
    let checklist = source::read_text(&arguments.file).map_err(|error| match error {
        Error::Io { path, source, .. } if source.kind() == std::io::ErrorKind::InvalidData => {
            Error::place(path, "is not UTF-8; save it as UTF-8 and import it then")
        }
        error => error,
    })?;
    let stem = arguments.file.file_stem().unwrap_or_default().to_string_lossy();
    let name = Some(slug(&stem)).filter(|name| !name.is_empty()).unwrap_or_else(|| "checklist".to_owned());
    let imported = import::read(&checklist, &stem, &parties(&project.library.roster))?;
    let file = match &arguments.output {
        Some(file) if file == Path::new("-") => {
            place.terminal.answer(&imported.yaml)?;
            return Ok(Outcome::Fine);
        }
        Some(file) => file.clone(),
        None => place.root.join("content/runbooks").join(format!("{name}.yaml")),
    };
    make_folder(&file)?;
    if !output::create(&file, imported.yaml.as_bytes())? {
        let message = format!("`{}` is there already", file.display());
        return Err(Error::usage_help(message, "name another file with `--output`"));
    }
    place.terminal.say(&summary(&imported, &file));
    Ok(Outcome::Fine)
}

/// A project may have no runbook yet.
#[expect(clippy::disallowed_methods, reason = "the first runbook of a project needs its folder")]
fn make_folder(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    std::fs::create_dir_all(folder).map_err(|source| Error::io("make", folder, source))
}

/// Everybody the roster knows, with what each is called.
fn parties(roster: &Roster) -> Vec<(String, String)> {
    roster.parties.iter().map(|party| (party.id.value.clone(), party.title.plain())).collect()
}

fn summary(imported: &import::Imported, file: &Path) -> String {
    let counted = [
        (imported.sections, "section"),
        (imported.checks, "check"),
        (imported.steps, "step"),
        (imported.thresholds, "threshold"),
    ];
    let counts: Vec<String> = counted.iter().map(|(number, word)| plural(*number, word)).collect();
    let mut text = format!("wrote {}: {}", file.display(), counts.join(", "));
    if !imported.missing.is_empty() {
        text.push_str("\ncontent/roster.yaml does not know them yet; add to its `roles`:");
    }
    for (id, title) in &imported.missing {
        text.push_str(&format!("\n  {id}: {{ title: {} }}", serde_json::Value::from(title.as_str())));
    }
    text + if imported.sections == 0 {
        "\nit has no section: nothing to check or to do was found"
    } else {
        "\n`runsheet check` says what else is missing"
    }
}
