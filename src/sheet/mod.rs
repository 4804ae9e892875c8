//! The printed sheet.
mod document;
mod font;
mod layout;
mod paper;
mod structure;
mod text;
mod typeface;
