//! Messages on standard input and output. A message has its length in front: one that is too long is refused before any memory
//! is set aside for it.

use lsp_server::{Connection, Message};
use std::io::{self, BufRead, Read};
use std::sync::mpsc;
use std::thread::JoinHandle;

/// The longest message, in bytes: many times what the largest page takes.
const LONGEST: usize = 64 << 20;

/// The longest line of a header, in bytes.
const LONGEST_HEADER: u64 = 8 << 10;

/// The threads that read and write.
pub(super) struct Threads {
    reader: JoinHandle<()>,
    writer: JoinHandle<io::Result<()>>,
    /// Why the reader stopped, where it couldn't go on: sent before the connection is closed.
    failure: mpsc::Receiver<io::Error>,
}

/// The editor at the other end of standard input and output.
pub(super) fn connect() -> (Connection, Threads) {
    let (own, others) = Connection::memory();
    let Connection { sender, receiver } = others;
    let (report, failure) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        loop {
            let message = match read(&mut stdin) {
                Ok(Some(message)) => message,
                Ok(None) => break,
                Err(error) => {
                    // Nobody waits for it once the server has ended.
                    let _ = report.send(error);
                    break;
                }
            };
            let is_exit = matches!(&message, Message::Notification(note) if note.method == "exit");
            if sender.send(message).is_err() || is_exit {
                break;
            }
        }
    });
    let writer = std::thread::spawn(move || {
        let mut stdout = io::stdout().lock();
        receiver.into_iter().try_for_each(|message| message.write(&mut stdout))
    });
    (own, Threads { reader, writer, failure })
}

impl Threads {
    /// Waits for both to end, after the connection is gone: what was to be said is said then.
    ///
    /// # Errors
    /// What went wrong in either. Where the editor is still there, `is_left` says not to wait for what it may send.
    pub(super) fn join(self, is_left: bool) -> Result<(), String> {
        let failed = || "a thread of the server failed".to_owned();
        self.writer.join().map_err(|_| failed())?.map_err(|error| error.to_string())?;
        if is_left {
            self.reader.join().map_err(|_| failed())?;
        }
        self.failure.try_recv().map_or(Ok(()), |error| Err(error.to_string()))
    }
}

/// The next message; none at the end. What is no message is left out: there is no id to answer it by.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    loop {
        let Some(length) = content_length(input)? else { return Ok(None) };
        if length > LONGEST {
            let message = format!("a message of {length} bytes is too long; the limit is {} MiB", LONGEST >> 20);
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let mut body = Vec::new();
        input.take(length as u64).read_to_end(&mut body)?;
        if body.len() < length {
            return Ok(None);
        }
        if let Ok(message) = serde_json::from_slice(&body) {
            return Ok(Some(message));
        }
    }
}

/// The length that the headers of the next message give; none at the end of the input.
fn content_length(input: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() && length.is_some() {
            return Ok(length);
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.trim().eq_ignore_ascii_case("content-length") {
            let value = value.trim();
            let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            // A number that doesn't fit is too long in any case.
            length = is_number.then(|| value.parse().unwrap_or(usize::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<io::Result<Option<Message>>> {
        let mut read_all = Vec::new();
        loop {
            let message = read(&mut input);
            let is_last = !matches!(message, Ok(Some(_)));
            read_all.push(message);
            if is_last {
                return read_all;
            }
        }
    }

    #[test]
    fn messages_follow_each_other() {
        let note = r#"{"jsonrpc":"2.0","method":"x","params":{}}"#;
        let text = format!(
            "Content-Length: {}\r\nContent-Type: x\r\n\r\n{note}content-length:3\r\n\r\n{{,}}Content-Length: {}\n\n{note}",
            note.len(),
            note.len()
        );
        assert!(matches!(&*all(text.as_bytes()), [Ok(Some(_)), Ok(Some(_)), Ok(None)]));
        assert!(matches!(&*all(b"Content-Length: 5\r\n\r\n{}"), [Ok(None)]));
    }

    #[test]
    fn a_message_that_is_too_long_is_refused_at_once() {
        for length in ["67108865", "99999999999999999999999999"] {
            let text = format!("Content-Length: {length}\r\n\r\n{{}}");
            let read = all(text.as_bytes());
            assert!(matches!(&*read, [Err(error)] if error.to_string().contains("64 MiB")), "{read:?}");
        }
    }
}
