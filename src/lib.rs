//! Runsheet.
pub mod check;
pub mod cli;
pub mod command;
pub mod config;
pub mod diagnostic;
pub mod error;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod release;
pub mod sheet;
pub mod site;
pub mod source;
pub mod view;
