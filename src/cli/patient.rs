//! A stream that waits where it would block: standard output may be a pipe that its other end made so.

use std::io::{self, ErrorKind, Write};
use std::time::Duration;

/// Writes to another stream, again and again until it takes what it is given.
#[derive(Debug)]
pub struct Patient<W>(pub W);

/// How long to wait before the next try.
const PAUSE: Duration = Duration::from_millis(1);

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        again(|| self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        again(|| self.0.flush())
    }
}

fn again<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match attempt() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
}
