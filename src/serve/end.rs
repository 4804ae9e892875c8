//! The end of what goes on until it is asked to end: Ctrl-C, or the signal of a service manager.
//!
//! Takes signals of the process and work that goes on meanwhile, lends its runtime to a server. It ends nothing
//! by itself.

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// How many pages and sheets are made at once; more browsers wait.
const MOST_AT_ONCE: usize = 16;

/// The end of a program that goes on until it is asked to.
pub struct End {
    pub(super) runtime: Runtime,
    interrupt: Signal,
    terminate: Signal,
}

impl End {
    /// From here on the process ends only by `during`.
    ///
    /// # Errors
    /// When the system has no place for that.
    pub fn listen() -> Result<Self> {
        let failed = |error: std::io::Error| Error::usage(format!("cannot wait for Ctrl-C: {error}"));
        let mut runtime = Builder::new_current_thread();
        let runtime = runtime.max_blocking_threads(MOST_AT_ONCE).enable_all().build().map_err(failed)?;
        let within = runtime.enter();
        let interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
        let terminate = signal(SignalKind::terminate()).map_err(failed)?;
        drop(within);
        Ok(Self { runtime, interrupt, terminate })
    }

    /// Works until the work ends, or the process is, or was, asked to end. What the work is at then is left as
    /// it is.
    ///
    /// # Errors
    /// That of the work; another when it broke off.
    pub fn during(self, work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
        let Self { runtime, mut interrupt, mut terminate } = self;
        let (sender, done) = oneshot::channel();
        // Nobody hears of what was done after the end.
        std::thread::spawn(move || drop(sender.send(work())));
        let ended = runtime.block_on(async {
            tokio::select! {
                done = done => done.unwrap_or_else(|_| Err(broken_off())),
                _ = interrupt.recv() => Ok(()),
                _ = terminate.recv() => Ok(()),
            }
        });
        // A sheet that somebody asked for is waited for by nobody.
        runtime.shutdown_background();
        ended
    }
}

/// The work panicked, and what it knew may be half of the truth: a fresh start is safe, going on is not.
fn broken_off() -> Error {
    let help = "start it again; if it happens again, `runsheet build` shows whether the content is the cause";
    Error::usage_help("the work broke off by a mistake in this program, which is told above", help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_work_is_the_end() {
        assert!(End::listen().unwrap().during(|| Ok(())).is_ok());
        let failed = End::listen().unwrap().during(|| Err(Error::usage("no"))).unwrap_err();
        assert_eq!(failed.to_string(), "no");
    }

    #[test]
    fn work_that_panics_is_not_waited_for() {
        let failed = End::listen().unwrap().during(|| panic!("a mistake")).unwrap_err();
        assert_eq!(failed.to_string(), broken_off().to_string());
    }
}
