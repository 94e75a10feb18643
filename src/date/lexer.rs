//! Splits the text of a numeric date into its parts. The caller decides what is a date: each YAML parser, each site
//! generator and JSON Schema accept different combinations of the same parts.

/// A numeric date as written: three numbers with separators between them, such as `2024-01-31` or `2024年1月31日`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DateParts<'a> {
    /// The three numbers in the order in which they are written; each has at least one digit.
    pub(crate) numbers: [&'a str; 3],
    /// The characters after the first and the second number: `-`, `/`, `.`, or `年` and `月`. Also `:`, `T` and a space,
    /// which occur there in malformed dates.
    pub(crate) separators: [char; 2],
    /// What follows the third number, and its `日`.
    pub(crate) rest: &'a str,
}

/// A time of day as written, with its delimiter from the date and its zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TimeParts<'a> {
    /// `T`, `t` or a comma, and whitespace.
    pub(crate) delimiter: &'a str,
    /// Digits and colons: `09:05:00`.
    pub(crate) clock: &'a str,
    /// Points or commas, and the digits after them: `.5`.
    pub(crate) fraction: &'a str,
    /// All that follows: `Z`, ` +0900`, ` KST`.
    pub(crate) zone: &'a str,
}

/// The offset of a zone from UTC: `+09:00`, `-5`, `+0900`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OffsetParts<'a> {
    /// `+` or `-`.
    pub(crate) sign: char,
    /// The digits before the colon, or all digits.
    pub(crate) hours: &'a str,
    /// The digits after the colon; none without a colon.
    pub(crate) minutes: Option<&'a str>,
}

/// Splits a text that starts with a numeric date.
pub(crate) fn lex_date(text: &str) -> Option<DateParts<'_>> {
    let (first, rest) = number(text)?;
    let (first_separator, rest) = separator(rest)?;
    let (second, rest) = number(rest)?;
    let (second_separator, rest) = separator(rest)?;
    let (third, rest) = number(rest)?;
    let rest = match first_separator {
        '年' | '년' => rest.strip_prefix(['日', '일'])?,
        _ => rest,
    };
    Some(DateParts { numbers: [first, second, third], separators: [first_separator, second_separator], rest })
}

impl<'a> DateParts<'a> {
    /// The three numbers, if both separators are one of `accepted`, and the same.
    pub(crate) fn with_separator(&self, accepted: &[char]) -> Option<[&'a str; 3]> {
        let [first, second] = self.separators;
        (first == second && accepted.contains(&first)).then_some(self.numbers)
    }

    /// Year, month and day of a date with hyphens and as many digits as ISO 8601 requires: `2024-01-31`.
    pub(crate) fn iso(&self) -> Option<[&'a str; 3]> {
        self.with_separator(&['-']).filter(|numbers| numbers.map(str::len) == [4, 2, 2])
    }
}

/// Splits what follows a date, or a time without a date.
pub(crate) fn lex_time(text: &str) -> TimeParts<'_> {
    let after = text.strip_prefix(['T', 't', ',']).unwrap_or(text).trim_start();
    let (delimiter, rest) = text.split_at(text.len() - after.len());
    let (clock, rest) = split_while(rest, |c| c.is_ascii_digit() || c == ':');
    let digits = rest.trim_start_matches(['.', ',']);
    let zone = if digits.len() < rest.len() { split_while(digits, |c| c.is_ascii_digit()).1 } else { rest };
    let (fraction, zone) = rest.split_at(rest.len() - zone.len());
    TimeParts { delimiter, clock, fraction, zone }
}

impl<'a> TimeParts<'a> {
    /// Hour, minute and second, the last empty where there is none; none where there are fewer or more numbers.
    pub(crate) fn numbers(&self) -> Option<(&'a str, &'a str, Option<&'a str>)> {
        let mut parts = self.clock.split(':');
        let numbers = (parts.next()?, parts.next()?, parts.next());
        parts.next().is_none().then_some(numbers)
    }
}

/// Splits an offset from UTC that is the whole of `text`.
pub(crate) fn lex_offset(text: &str) -> Option<OffsetParts<'_>> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let (hours, rest) = number(&text[1..])?;
    let minutes = rest.strip_prefix(':');
    let is_whole = minutes.unwrap_or(rest).bytes().all(|byte| byte.is_ascii_digit());
    (is_whole && (minutes.is_some() || rest.is_empty())).then_some(OffsetParts { sign, hours, minutes })
}

/// Whether a text is made of digits, and of at least one.
pub(crate) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a number of two digits up to `max`.
pub(crate) fn is_two_digits(text: &str, max: u8) -> bool {
    text.len() == 2 && is_number(text) && text.parse::<u8>().is_ok_and(|number| number <= max)
}

fn number(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = split_while(text, |c| c.is_ascii_digit());
    (!number.is_empty()).then_some((number, rest))
}

/// A separator, and what follows it without the spaces that may follow a Chinese, Japanese or Korean one.
fn separator(text: &str) -> Option<(char, &str)> {
    let separator = text.chars().next()?;
    let rest = &text[separator.len_utf8()..];
    match separator {
        '-' | '/' | '.' | 'T' | ' ' | ':' => Some((separator, rest)),
        '年' | '년' | '月' | '월' => Some((separator, rest.trim_start())),
        _ => None,
    }
}

fn split_while(text: &str, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a date with a bar between each: numbers and separators, then what follows.
    fn date(text: &str) -> String {
        lex_date(text).map_or("none".to_owned(), |parts| {
            let ([first, second, third], [a, b]) = (parts.numbers, parts.separators);
            format!("{first}|{a}|{second}|{b}|{third}|{}", parts.rest)
        })
    }

    fn time(text: &str) -> String {
        let TimeParts { delimiter, clock, fraction, zone } = lex_time(text);
        format!("{delimiter}|{clock}|{fraction}|{zone}")
    }

    fn offset(text: &str) -> String {
        lex_offset(text).map_or("none".to_owned(), |OffsetParts { sign, hours, minutes }| {
            format!("{sign}|{hours}|{}", minutes.unwrap_or("none"))
        })
    }

    #[test]
    fn dates_are_split_at_their_separators() {
        for (text, expected) in [
            ("2024-01-31", "2024|-|01|-|31|"),
            ("2024-1-1", "2024|-|1|-|1|"),
            ("2024/01/31", "2024|/|01|/|31|"),
            ("2024/1/31 9:05", "2024|/|1|/|31| 9:05"),
            ("2024.03.05", "2024|.|03|.|05|"),
            ("2024.03.05.", "2024|.|03|.|05|."),
            ("2024-01/31", "2024|-|01|/|31|"),
            ("05-03-2024", "05|-|03|-|2024|"),
            ("5/3/2024", "5|/|3|/|2024|"),
            ("24-03-05", "24|-|03|-|05|"),
            ("2022-010-10", "2022|-|010|-|10|"),
            ("2024-01-31T10:00:00Z", "2024|-|01|-|31|T10:00:00Z"),
            ("2024-01-31 10:00:00 +0900", "2024|-|01|-|31| 10:00:00 +0900"),
            ("2024-01-31-title.md", "2024|-|01|-|31|-title.md"),
            ("2024-01-31x", "2024|-|01|-|31|x"),
            ("2024-11 08", "2024|-|11| |08|"),
            ("2024-11-08:00:00:00", "2024|-|11|-|08|:00:00:00"),
            ("10:00:00", "10|:|00|:|00|"),
            ("192.168.0.1", "192|.|168|.|0|.1"),
            ("2024年3月5日", "2024|年|3|月|5|"),
            ("2024년 3월 5일", "2024|년|3|월|5|"),
            ("2024년3월5일 (화)", "2024|년|3|월|5| (화)"),
            ("2024年3月5", "none"),
            ("2024-3월-5", "none"),
            ("2024년 3월", "none"),
            ("2024-01", "none"),
            ("2024-01-", "none"),
            ("2024", "none"),
            ("20240131", "none"),
            ("-2024-01-31", "none"),
            (" 2024-01-31", "none"),
            ("2024 - 01 - 31", "none"),
            ("2024_01_31", "none"),
            ("2024--01", "none"),
            ("v1.2.3", "none"),
            ("May 4, 2024", "none"),
            ("한글", "none"),
            ("", "none"),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_split_into_clock_fraction_and_zone() {
        for (text, expected) in [
            ("", "|||"),
            ("T10:00", "T|10:00||"),
            ("t10:00:00z", "t|10:00:00||z"),
            (" 9:05", " |9:05||"),
            ("  09:05:00", "  |09:05:00||"),
            ("\t09:05", "\t|09:05||"),
            (", 9:05", ", |9:05||"),
            ("T 9:05", "T |9:05||"),
            ("09:05:00Z", "|09:05:00||Z"),
            ("09:05:00.5+09:00", "|09:05:00|.5|+09:00"),
            ("T10:00:00.123456Z", "T|10:00:00|.123456|Z"),
            (" 10:00:00,5", " |10:00:00|,5|"),
            (" 10:00:00.", " |10:00:00|.|"),
            (" 10:00:00..5", " |10:00:00|..5|"),
            (" 10:00:00 +0900", " |10:00:00|| +0900"),
            (" 10:00 PM", " |10:00|| PM"),
            (" 10:00:00 KST", " |10:00:00|| KST"),
            (" 10:00:00 -03:30", " |10:00:00|| -03:30"),
            (" soon", " |||soon"),
            ("x", "|||x"),
            (" :", " |:||"),
            (" 1:2:3:4", " |1:2:3:4||"),
            (" 10시", " |10||시"),
        ] {
            assert_eq!(time(text), expected, "{text}");
        }
        assert_eq!(lex_time(" 9:05").numbers(), Some(("9", "05", None)));
        assert_eq!(lex_time(" 9:05:").numbers(), Some(("9", "05", Some(""))));
        assert_eq!(lex_time(" 9").numbers(), None);
        assert_eq!(lex_time(" 1:2:3:4").numbers(), None);
    }

    #[test]
    fn offsets_have_hours_and_perhaps_minutes() {
        for (text, expected) in [
            ("+09:00", "+|09|00"),
            ("-03:30", "-|03|30"),
            ("+0900", "+|0900|none"),
            ("-5", "-|5|none"),
            ("+9:", "+|9|"),
            ("+", "none"),
            ("+:30", "none"),
            ("+09:00x", "none"),
            ("+09 00", "none"),
            ("Z", "none"),
            ("", "none"),
        ] {
            assert_eq!(offset(text), expected, "{text}");
        }
    }
}
