//! The stages in order, and nothing else.
//!
//! Takes a project folder and options, gives its report and its output. Knows every stage but no
//! terminal, clock or exit code.

use std::path::Path;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report};
use crate::error::Result;
use crate::model::{self, Library};
use crate::source::{self, Sources};

/// A project, read and resolved.
#[derive(Debug)]
pub struct Project {
    /// The texts.
    pub sources: Sources,
    /// What holds for the whole site.
    pub config: Config,
    /// Everything that people wrote.
    pub library: Library,
    /// What was wrong on the way.
    pub found: Vec<Diagnostic>,
}

/// Reads and resolves the project at `root`; `output` is left out where it lies inside the content.
///
/// # Errors
/// When there is no project, or its folder cannot be listed.
pub fn load(root: &Path, output: &Path) -> Result<Project> {
    let (sources, faults) = source::load(root, output)?;
    let mut found: Vec<Diagnostic> = faults.into_iter().map(Diagnostic::from).collect();
    let (config, diagnostics) = config::load(&sources);
    found.extend(diagnostics);
    let (library, diagnostics) = model::load(&sources, &config.zone);
    found.extend(diagnostics);
    Ok(Project { sources, config, library, found })
}

/// Everything that is wrong or doubtful in the project.
pub fn check(project: &Project) -> Report {
    Report::new(project.found.clone())
}
