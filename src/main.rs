//! The program: arguments in, exit code out. Everything else is in the library.

use std::process::ExitCode;

/// The work of a build is many small values on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    runsheet::command::run(std::env::args_os())
}
