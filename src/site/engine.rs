//! Templates → text, with the words of the program in them.
//!
//! Takes templates and labels, gives an `Engine` that prints typed values. The only file that knows the
//! template engine. Everything is escaped but `Html`, which only `markup` makes.

use std::slice::Iter;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use tera::{Context, Kwargs, Map, State, Tera, TeraResult, Value};

use super::filling::{Filling, HTML, Kind};
use super::form::{self, Form, Forms};
use super::markup::{escape, escape_to};
use crate::config::Labels;
use crate::error::{Error, Result};

/// Before the names of the default templates.
pub(super) const DEFAULT: &str = "default/";
/// Before the names of those of a site, which are their paths in the project.
const OWN: &str = "themes/";

/// Markup that is printed as it is: made of escaped text and tags of the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Html(pub(super) String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        // The engine knows markup by a value of its own, a filling by its name.
        if serializer.is_human_readable() {
            Value::safe_string(&self.0).serialize(serializer)
        } else {
            serializer.serialize_newtype_struct(HTML, &self.0)
        }
    }
}

/// Compiled templates.
#[derive(Debug)]
pub(super) struct Engine {
    templates: Tera,
    /// Forms of components; none where those of a site may choose by texts.
    forms: Option<Forms>,
}

impl Engine {
    /// Compiles templates, each with its name; those whose names begin with `own` are looked for first.
    ///
    /// # Errors
    /// When one of them is wrong.
    pub(super) fn new(named: &[(String, impl AsRef<str>)], own: &str, labels: &Labels) -> Result<Self> {
        let fault = |error| fault("", &error);
        let mut templates = Tera::new();
        templates.set_escape_fn(escape_to);
        let known = labels.clone();
        templates.register_filter("label", move |key: &str, blanks: Kwargs, _: &State<'_>| {
            label(&known, key, &blanks)
        });
        templates.set_fallback_prefixes([own.to_owned(), DEFAULT.to_owned()]).map_err(fault)?;
        // Those of a site stay as they are: mistakes in them are told at their line and column.
        let (default, own): (Vec<_>, Vec<_>) = named.iter().partition(|(name, _)| name.starts_with(DEFAULT));
        let spoken = default.iter().map(|(name, text)| (name.as_str(), spoken(text.as_ref(), labels)));
        let own = own.iter().map(|(name, text)| (name.as_str(), text.as_ref()));
        let has_components = own.clone().any(|(_, text)| text.contains("endcomponent"));
        let all = spoken.chain(own.map(|(name, text)| (name, text.to_owned())));
        templates.add_raw_templates(all).map_err(fault)?;
        Ok(Self { templates, forms: (!has_components).then(Forms::default) })
    }

    /// A page of `template` with the fields of `page` as its variables.
    ///
    /// # Errors
    /// When it cannot be filled in.
    pub(super) fn render(&self, template: &str, page: &impl Serialize) -> Result<String> {
        let context = Context::from_serialize(page).map_err(|error| fault(template, &error))?;
        self.templates.render(template, &context).map_err(|error| fault(template, &error))
    }

    /// Prints `component` for each of `all`, a line for each, with its fields as the arguments.
    ///
    /// # Errors
    /// When it cannot be filled in.
    pub(super) fn print_all(
        &self,
        component: &str,
        all: impl IntoIterator<Item = impl Serialize>,
    ) -> Result<Html> {
        let (mut out, mut filling) = (String::new(), Filling::default());
        let all = all.into_iter();
        let others = all.size_hint().0.saturating_sub(1);
        for (at, arguments) in all.enumerate() {
            match self.form(component, &arguments, &mut filling)? {
                Some(form) => form.fill(&filling, &mut out),
                None => self.print(component, &value(component, &arguments)?, &mut out)?,
            }
            out.push('\n');
            if at == 0 {
                // They are about as long as each other; growing step by step would copy them again and again.
                out.reserve(out.len() * others);
            }
        }
        Ok(Html(out))
    }

    /// The form for what `component` shows of the arguments, with that in `filling`; nothing where there is none.
    fn form(
        &self,
        component: &str,
        arguments: &impl Serialize,
        filling: &mut Filling,
    ) -> Result<Option<Arc<Form>>> {
        let Some(forms) = &self.forms else { return Ok(None) };
        filling.take(component, arguments).map_err(|error| fault(component, &tera::Error::message(error)))?;
        forms.find(filling, || {
            let mut blank = String::new();
            self.print(component, &blanked(value(component, arguments)?, filling), &mut blank)?;
            Ok(blank)
        })
    }

    /// Prints without a form.
    fn print(&self, component: &str, arguments: &Value, out: &mut String) -> Result<()> {
        let fault = |error| fault(component, &error);
        let context = Context::from_serialize(arguments).map_err(fault)?;
        out.push_str(&self.templates.render_component(component, &context, None, true).map_err(fault)?);
        Ok(())
    }
}

/// Arguments of a component as the engine knows them.
fn value(component: &str, arguments: &impl Serialize) -> Result<Value> {
    Value::try_from_serializable(arguments).map_err(|error| fault(component, &error))
}

/// The value that a filling was made of, with blanks in the place of its texts.
fn blanked(value: Value, filling: &Filling) -> Value {
    Blanks { kinds: filling.kinds(), filling, number: 0 }.put(value)
}

/// Goes through the strings of a value in their order.
struct Blanks<'f> {
    kinds: Iter<'f, Kind>,
    filling: &'f Filling,
    /// Of the text that comes next.
    number: usize,
}

impl Blanks<'_> {
    fn put(&mut self, value: Value) -> Value {
        if let Some(all) = value.as_array() {
            return Value::from(all.iter().map(|value| self.put(value.clone())).collect::<Vec<_>>());
        }
        if value.is_map() {
            let all = value.into_map().unwrap_or_default();
            return Value::from(all.into_iter().map(|(key, value)| (key, self.put(value))).collect::<Map>());
        }
        if !value.is_string() {
            return value;
        }
        let kind = self.kinds.next().filter(|kind| **kind != Kind::Key);
        let Some(kind) = kind else { return value };
        let number = self.number;
        self.number += 1;
        match kind {
            // What is empty stays so: templates ask for it.
            _ if self.filling.text(number).is_empty() => value,
            Kind::Html => Value::safe_string(&form::mark(number)),
            _ => Value::from(form::mark(number)),
        }
    }
}

/// A template with the words for every `{{ "owner" | label }}`: they are the same on every page, and looked up
/// once.
fn spoken(template: &str, labels: &Labels) -> String {
    let mut out = String::with_capacity(template.len());
    let mut pieces = template.split("{{ \"");
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let asked = piece.split_once("\" | label }}");
        let words = asked.and_then(|(key, rest)| Some((labels.get(key)?.fill(&[]), rest)));
        // What the engine would read as its own stays a question to it.
        match words.filter(|(words, _)| !words.contains('{')) {
            Some((words, rest)) => {
                escape(&words, &mut out);
                out.push_str(rest);
            }
            None => out.extend(["{{ \"", piece]),
        }
    }
    out
}

/// `{{ "owner" | label }}`, `{{ "count-checks" | label(n=3) }}`: the words for a key, with what is
/// named filled in.
fn label(labels: &Labels, key: &str, blanks: &Kwargs) -> TeraResult<String> {
    let Some(wording) = labels.get(key) else {
        return Err(tera::Error::message(format!("there is no label `{key}`")));
    };
    let texts: Vec<(String, String)> =
        blanks.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let blanks: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    Ok(wording.fill(&blanks))
}

/// A mistake of a template, named by the template that the engine names.
fn fault(template: &str, error: &tera::Error) -> Error {
    let message = error.to_string();
    let template = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => report.filename(),
        // Mistakes between templates, an unknown block or parent, have no report.
        _ => named_in(&message).unwrap_or(template),
    };
    Error::Theme { template: template.to_owned(), message: message.clone() }
}

/// The first template that a message names.
fn named_in(message: &str) -> Option<&str> {
    let start = [OWN, DEFAULT].into_iter().filter_map(|prefix| message.find(prefix)).min()?;
    let end = message.get(start..)?.find(".html")?;
    message.get(start..start + end + ".html".len())
}
