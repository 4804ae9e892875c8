//! One binary for all tests that run the program: compiling once is faster than linking often.

mod architecture;
mod check;
mod content;
mod formats;
mod golden;
mod hostile;
mod init;
mod judge;
mod output;
mod project;
mod random;
mod rules;
mod safety;
mod schema;
mod verdict;
mod watch;
