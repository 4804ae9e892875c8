//! Questions on a terminal.
//!
//! Takes where answers come from and questions go to, gives answers; an empty line and the end of the
//! input are none.

use std::io::{self, BufRead, IsTerminal as _, Write};

/// Somebody who can be asked.
pub(super) struct Asker<R, W> {
    pub(super) input: R,
    pub(super) output: W,
}

/// Whether somebody sits there: both ways are a terminal.
pub(super) fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// The person at the terminal. Questions go to standard error, so that answers can be piped on.
pub(super) fn terminal() -> Asker<io::StdinLock<'static>, io::Stderr> {
    Asker { input: io::stdin().lock(), output: io::stderr() }
}

impl<R: BufRead, W: Write> Asker<R, W> {
    /// Asks until the answer is `right`, which says what is wrong with one; an empty answer is none
    /// where that will do.
    pub(super) fn until<T>(
        &mut self,
        question: &str,
        needed: bool,
        right: impl Fn(&str) -> Result<T, crate::error::Error>,
    ) -> Option<T> {
        loop {
            let answer = self.line(question)?;
            if answer.is_empty() {
                if needed {
                    continue;
                }
                return None;
            }
            match right(&answer) {
                Ok(value) => return Some(value),
                Err(error) => {
                    // Who does not see the message sees the question again.
                    let _ = writeln!(self.output, "{error}");
                }
            }
        }
    }

    /// One line without its end; `None` at the end of the input.
    fn line(&mut self, question: &str) -> Option<String> {
        write!(self.output, "{question}: ").and_then(|()| self.output.flush()).ok()?;
        let mut line = String::new();
        let read = self.input.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn asks_until_the_answer_is_right() {
        let mut output = Vec::new();
        let mut asker = Asker { input: "\nx\n7\n\n".as_bytes(), output: &mut output };
        let number = |text: &str| text.parse::<u8>().map_err(|_| Error::usage("not a number"));
        assert_eq!(asker.until("how many", true, number), Some(7));
        assert_eq!(asker.until("how many", false, number), None);
        assert_eq!(asker.until("more", true, number), None);
        let said = String::from_utf8(output).unwrap();
        assert_eq!(said, "how many: how many: not a number\nhow many: how many: more: ");
    }
}
