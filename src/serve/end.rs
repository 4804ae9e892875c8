//! The end of what goes on until it is asked to end: Ctrl-C, or the signal of a service manager.
//!
//! Takes signals of the process, gives them to a server or to work that is watched. It ends nothing by itself.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// Asks to end: Ctrl-C, or a signal of the service manager. None is missed once this is there.
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Within a runtime.
    pub(super) fn listen() -> std::io::Result<Self> {
        let (interrupt, terminate) = (SignalKind::interrupt(), SignalKind::terminate());
        Ok(Self { interrupt: signal(interrupt)?, terminate: signal(terminate)? })
    }

    pub(super) async fn any(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The end of a program that goes on until it is asked to.
pub struct End {
    runtime: tokio::runtime::Runtime,
    signals: Signals,
}

impl End {
    /// From here on the process ends only by `during`.
    ///
    /// # Errors
    /// When the system has no place for that.
    pub fn listen() -> Result<Self> {
        let failed = |error: std::io::Error| Error::usage(format!("cannot wait for Ctrl-C: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let signals = runtime.block_on(async { Signals::listen() }).map_err(failed)?;
        Ok(Self { runtime, signals })
    }

    /// Works until the work ends, or the process is, or was, asked to end.
    ///
    /// # Errors
    /// That of the work; another when it broke off.
    pub fn during(mut self, work: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
        let (sender, done) = oneshot::channel();
        // Nobody hears of what was done after the end.
        std::thread::spawn(move || drop(sender.send(work())));
        self.runtime.block_on(async {
            tokio::select! {
                done = done => done.unwrap_or_else(|_| Err(Error::usage("the work broke off"))),
                () = self.signals.any() => Ok(()),
            }
        })
    }
}
