//! The printed sheet.
mod document;
mod draw;
mod font;
mod layout;
mod paper;
mod structure;
mod text;
mod typeface;
