//! JavaScript's `new Date(text)` as V8 implements it (`src/date/dateparser-inl.h`): ISO 8601, and almost anything with
//! numbers in it.

use crate::date::parser::{Date, MONTHS};
use crate::date::reading::DateReading;

/// A token as V8 sees it: every character from `A` on is part of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Token<'t> {
    /// A number and the count of its digits.
    Number(u32, usize),
    Word(&'t str),
    Space,
    Sign(char),
}

pub(super) fn read(text: &str) -> DateReading {
    let mut parser = Parser { tokens: tokens(text), ..Parser::default() };
    parser.run().and_then(|()| parser.date()).map_or(DateReading::Rejected, DateReading::Date)
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let is_word = |c: char| c >= 'A' && !c.is_whitespace();
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = |is_part: &dyn Fn(char) -> bool| rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let length = match first {
            '0'..='9' => length(&|c| c.is_ascii_digit()),
            _ if is_word(first) => length(&is_word),
            _ if first.is_whitespace() => length(&char::is_whitespace),
            _ => first.len_utf8(),
        };
        let (part, after) = rest.split_at(length);
        tokens.push(match first {
            '0'..='9' => Token::Number(part.parse().unwrap_or(u32::MAX), length),
            _ if is_word(first) => Token::Word(part),
            _ if first.is_whitespace() => Token::Space,
            _ => Token::Sign(first),
        });
        rest = after;
    }
    tokens
}

/// The offset from UTC, as far as it is read.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Zone {
    #[default]
    None,
    /// `Z`, `GMT`
    Utc,
    /// `+09:`, of which the minutes are missing.
    Hours,
    Set,
}

#[derive(Default)]
struct Parser<'t> {
    tokens: Vec<Token<'t>>,
    next: usize,
    /// The numbers of the date, at most three.
    day: Vec<u32>,
    named_month: Option<u32>,
    /// The numbers of the time, at most four.
    time: Vec<u32>,
    has_half_of_day: bool,
    zone: Zone,
    has_number: bool,
    is_iso: bool,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.next).copied()
    }

    fn skip(&mut self, sign: char) -> bool {
        let is_there = self.peek() == Some(Token::Sign(sign));
        self.next += usize::from(is_there);
        is_there
    }

    /// Takes a number with `digits` digits, from `min` to `max`.
    fn fixed(&mut self, digits: usize, min: u32, max: u32) -> Option<u32> {
        let Some(Token::Number(number, length)) = self.peek() else { return None };
        (length == digits && (min..=max).contains(&number)).then(|| {
            self.next += 1;
            number
        })
    }

    fn run(&mut self) -> Option<()> {
        self.iso_date()?;
        while let Some(token) = self.peek() {
            self.next += 1;
            match token {
                Token::Number(number, _) => self.number(number)?,
                Token::Word(word) => self.word(word)?,
                Token::Sign('+' | '-') if self.zone == Zone::Utc || !self.time.is_empty() => self.offset()?,
                Token::Sign('+' | '-' | ')') if self.has_number => return None,
                Token::Sign('(') => self.parentheses(),
                Token::Sign(_) | Token::Space => {}
            }
        }
        Some(())
    }

    /// `2024-03-05T10:00`, or as much of it as there is; none if a `T` without a time follows.
    fn iso_date(&mut self) -> Option<()> {
        let Some(year) = self.fixed(4, 0, 9999) else { return Some(()) };
        self.has_number = true;
        self.day.push(year);
        for max in [12, 31] {
            if self.skip('-') {
                let Some(number) = self.fixed(2, 1, max) else { return Some(()) };
                self.day.push(number);
            }
        }
        if matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case("t")) {
            self.next += 1;
            let hour = self.fixed(2, 0, 24)?;
            self.skip(':').then_some(())?;
            let minute = self.fixed(2, 0, 59)?;
            self.time.extend([hour, minute]);
            if self.skip(':') {
                let second = self.fixed(2, 0, 59)?;
                self.time.push(second);
                if self.skip('.') {
                    let Some(Token::Number(..)) = self.peek() else { return None };
                    self.next += 1;
                }
            }
        }
        self.is_iso = self.peek().is_none() || !self.time.is_empty();
        self.time.is_empty().then_some(()).or_else(|| self.is_end_of_iso_time().then_some(()))
    }

    /// Whether nothing but a zone follows a time after a `T`; what follows a space is parsed like in any other date.
    fn is_end_of_iso_time(&self) -> bool {
        match &self.tokens[self.next..] {
            [] | [Token::Space, ..] => true,
            [Token::Word(word)] => word.eq_ignore_ascii_case("z"),
            [Token::Sign('+' | '-'), Token::Number(_, 4)] => true,
            [Token::Sign('+' | '-'), Token::Number(_, 2), Token::Sign(':'), Token::Number(_, 2)] => true,
            _ => false,
        }
    }

    fn number(&mut self, number: u32) -> Option<()> {
        self.has_number = true;
        let expects = match self.time.len() {
            1 | 2 => number < 60,
            3 => number < 1000,
            _ => false,
        };
        if self.skip(':') {
            self.time.push(number);
            if self.skip(':') {
                self.time.push(0);
            }
            (self.time.len() <= 4).then_some(())
        } else if expects && self.skip('.') {
            self.time.push(number);
            let Some(Token::Number(..)) = self.peek() else { return None };
            self.next += 1;
            self.time.resize(4, 0);
            Some(())
        } else if self.zone == Zone::Hours && number < 60 {
            self.zone = Zone::Set;
            Some(())
        } else if expects {
            self.time.push(number);
            self.time.resize(4, 0);
            let is_end = match self.peek() {
                None | Some(Token::Space | Token::Sign('+' | '-')) => true,
                Some(Token::Word(word)) => word.eq_ignore_ascii_case("z"),
                _ => false,
            };
            is_end.then_some(())
        } else {
            // A point after a number of the date is no part of a time.
            self.skip('.');
            self.day.push(number);
            self.skip('-');
            (self.day.len() <= 3).then_some(())
        }
    }

    fn word(&mut self, word: &str) -> Option<()> {
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
        let month = word.get(..3).and_then(|start| MONTHS.iter().position(|m| m[..3].eq_ignore_ascii_case(start)));
        if is(&["am", "pm"]) && !self.time.is_empty() {
            self.has_half_of_day = true;
        } else if let Some(month) = month {
            self.named_month = Some(month as u32 + 1);
            self.skip('-');
        } else if is(&["z", "ut", "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt"])
            && self.has_number
        {
            self.zone = if word.len() <= 3 && is(&["z", "ut", "utc", "gmt"]) { Zone::Utc } else { Zone::Set };
        } else if self.has_number || matches!(self.peek(), Some(Token::Number(..))) {
            return None;
        }
        Some(())
    }

    fn offset(&mut self) -> Option<()> {
        self.has_number = true;
        let length = match self.peek() {
            Some(Token::Number(_, length)) => {
                self.next += 1;
                length
            }
            _ => 0,
        };
        self.zone = Zone::Set;
        if self.peek() == Some(Token::Sign(':')) {
            self.next += 1;
            self.zone = Zone::Hours;
            return Some(());
        }
        (1..=4).contains(&length).then_some(())
    }

    fn parentheses(&mut self) {
        let mut depth = 1;
        while let Some(token) = self.peek().filter(|_| depth > 0) {
            self.next += 1;
            match token {
                Token::Sign('(') => depth += 1,
                Token::Sign(')') => depth -= 1,
                _ => {}
            }
        }
    }

    fn date(&self) -> Option<Date> {
        let &first = self.day.first()?;
        let (second, third) = (self.day.get(1).copied().unwrap_or(1), self.day.get(2).copied().unwrap_or(1));
        let is_day = |number: u32| (1..=31).contains(&number);
        let (mut year, month, day) = match self.named_month {
            None if self.is_iso || !is_day(first) => (first, second, third),
            None => (third, first, second),
            Some(month) if !is_day(first) => (first, month, second),
            Some(month) => (second, month, first),
        };
        if !self.is_iso {
            year += match year {
                0..=49 => 2000,
                50..=99 => 1900,
                _ => 0,
            };
        }
        let time = |index: usize| self.time.get(index).copied().unwrap_or(0);
        let hour = time(0);
        let is_time = time(1) < 60
            && time(2) < 60
            && (hour < 24 || (hour == 24 && time(1) + time(2) + time(3) == 0))
            && (!self.has_half_of_day || hour <= 12);
        let date = Date { year, month, day, time: None };
        // A day or an hour too many is counted on.
        let days = date.days_since_epoch() + i64::from(hour == 24);
        ((1..=12).contains(&month) && is_day(day) && is_time && year < 275_000)
            .then(|| Date::from_days_since_epoch(days))
    }
}
