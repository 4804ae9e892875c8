#![expect(clippy::disallowed_methods, reason = "it reads and writes files, and that is all")]
//! The least that a build can cost: YAML parsed, HTML concatenated, files written, on two threads.
//!
//! `floor IN OUT` makes a page of every runbook below `IN/content/runbooks`: nothing is checked,
//! resolved, linked, highlighted or laid out. `tests/bench/compare.py` measures the program against it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_yaml::Value;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    // Run by `cargo bench` without folders there is nothing to do.
    let [from, to] = arguments.as_slice() else { return Ok(()) };
    let (from, to) = (Path::new(from).join("content/runbooks"), Path::new(to));
    std::fs::create_dir_all(to)?;
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(from)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    rayon::ThreadPoolBuilder::new().num_threads(2).build()?.install(|| {
        paths.par_iter().try_for_each(|path| {
            let value: Value = serde_yaml::from_str(&std::fs::read_to_string(path)?)?;
            let mut html = String::with_capacity(1 << 15);
            html.push_str("<!doctype html>\n<html lang=\"en\">\n<body>\n");
            write(&value, &mut html);
            html.push_str("</body>\n</html>\n");
            let name = path.file_stem().unwrap_or_default();
            Ok(std::fs::write(to.join(name).with_extension("html"), html)?)
        })
    })
}

/// Every key and value, as nested lists.
fn write(value: &Value, html: &mut String) {
    match value {
        Value::Mapping(map) => {
            html.push_str("<dl>\n");
            for (key, value) in map {
                html.push_str("<dt>");
                write(key, html);
                html.push_str("</dt><dd>");
                write(value, html);
                html.push_str("</dd>\n");
            }
            html.push_str("</dl>\n");
        }
        Value::Sequence(all) => {
            html.push_str("<ul>\n");
            for value in all {
                html.push_str("<li>");
                write(value, html);
                html.push_str("</li>\n");
            }
            html.push_str("</ul>\n");
        }
        Value::String(text) => escape(text, html),
        Value::Number(number) => drop(write!(html, "{number}")),
        Value::Bool(truth) => drop(write!(html, "{truth}")),
        Value::Null => {}
        Value::Tagged(tagged) => write(&tagged.value, html),
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}
