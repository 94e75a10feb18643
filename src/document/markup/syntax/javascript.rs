//! Recognizes the JavaScript expressions that people write between braces, and gives up on the rest without a claim.

/// What is known of an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Expression {
    /// Nothing but spaces and comments.
    Empty,
    /// It can't be parsed, from this byte of it on.
    Invalid(usize),
    /// Valid; the variables in it, with their places in bytes of it.
    Valid(Vec<Variable>),
    /// More than is recognized here: functions, JSX, regular expressions.
    Unknown,
}

/// A variable in an expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Variable {
    pub(crate) at: usize,
    pub(crate) name: String,
    /// Whether something of it is accessed, which fails where it doesn't exist.
    pub(crate) accessed: bool,
}

/// What an expression is.
pub(crate) fn parse(text: &str) -> Expression {
    let mut parser = Parser { text, at: 0, variables: Vec::new(), depth: 0 };
    let result = parser.peek().and_then(|first| match first {
        Lexeme::End => Ok(Expression::Empty),
        _ => {
            parser.sequence()?;
            match parser.peek()? {
                Lexeme::End => Ok(Expression::Valid(Vec::new())),
                _ => Err(Stop::Invalid(parser.token_start())),
            }
        }
    });
    match result {
        Ok(Expression::Valid(_)) => Expression::Valid(parser.variables),
        Ok(other) => other,
        Err(Stop::Invalid(at)) => Expression::Invalid(at.min(text.len())),
        Err(Stop::Unknown) => Expression::Unknown,
    }
}

/// Why parsing ends.
enum Stop {
    Invalid(usize),
    Unknown,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Lexeme<'a> {
    Name(&'a str),
    /// A number, string or template.
    Literal,
    Sign(&'a str),
    End,
}

/// Signs of more than one character, longest first.
const SIGNS: [&str; 33] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
];
const BINARY: [&str; 23] = [
    "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "<<", ">>", ">>>", "**", "+", "-", "*", "/", "%", "<", ">",
    "&", "|", "^",
];
const ASSIGNMENT: [&str; 16] =
    ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "**=", "&&=", "||=", "??="];
const LITERAL_NAMES: [&str; 6] = ["true", "false", "null", "undefined", "this", "NaN"];
/// Words that begin what isn't recognized here.
const UNRECOGNIZED: [&str; 9] = ["function", "class", "async", "await", "new", "yield", "import", "super", "let"];
const STATEMENTS: [&str; 20] = [
    "if", "else", "for", "while", "do", "return", "switch", "case", "default", "break", "continue", "throw", "try",
    "catch", "finally", "var", "const", "with", "export", "enum",
];

/// The deepest nesting that is followed.
const MAX_DEPTH: usize = 64;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    variables: Vec<Variable>,
    depth: usize,
}

impl<'a> Parser<'a> {
    /// Where the next token starts.
    fn token_start(&self) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start().len();
            let rest = &bytes[at..];
            let end = match rest {
                [b'/', b'/', ..] => memchr::memchr(b'\n', rest),
                [b'/', b'*', ..] => memchr::memmem::find(rest, b"*/").map(|end| end + 2),
                _ => return at,
            };
            at = end.map_or(bytes.len(), |end| at + end);
        }
    }

    fn peek(&self) -> Result<Lexeme<'a>, Stop> {
        self.lex().map(|(lexeme, _)| lexeme)
    }

    fn next(&mut self) -> Result<Lexeme<'a>, Stop> {
        let (lexeme, end) = self.lex()?;
        self.at = end;
        Ok(lexeme)
    }

    fn lex(&self) -> Result<(Lexeme<'a>, usize), Stop> {
        let start = self.token_start();
        let rest = &self.text[start..];
        let Some(first) = rest.chars().next() else { return Ok((Lexeme::End, start)) };
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        if first.is_ascii_digit() || first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            let len = rest.find(|c: char| !(is_name(c) || c == '.')).unwrap_or(rest.len());
            let is_number = rest[..len].parse::<f64>().is_ok()
                || rest.starts_with("0x")
                || rest[..len].trim_end_matches('n').bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
            return if is_number { Ok((Lexeme::Literal, start + len)) } else { Err(Stop::Invalid(start)) };
        }
        if is_name(first) {
            let len = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
            return Ok((Lexeme::Name(&rest[..len]), start + len));
        }
        if matches!(first, '"' | '\'' | '`') {
            return match string_end(rest.as_bytes()) {
                Some(len) => Ok((Lexeme::Literal, start + len)),
                None => Err(Stop::Invalid(start)),
            };
        }
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            return Ok((Lexeme::Sign(sign), start + sign.len()));
        }
        if "+-*/%<>&|^!~?:.,;()[]{}=".contains(first) {
            return Ok((Lexeme::Sign(&rest[..1]), start + 1));
        }
        Err(Stop::Invalid(start))
    }

    fn eat(&mut self, sign: &str) -> Result<bool, Stop> {
        let is_next = self.peek()? == Lexeme::Sign(sign);
        if is_next {
            self.next()?;
        }
        Ok(is_next)
    }

    fn expect(&mut self, sign: &str) -> Result<(), Stop> {
        if self.eat(sign)? { Ok(()) } else { Err(Stop::Invalid(self.token_start())) }
    }

    fn sequence(&mut self) -> Result<(), Stop> {
        self.assignment()?;
        while self.eat(",")? {
            self.assignment()?;
        }
        Ok(())
    }

    fn assignment(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::Unknown);
        }
        self.binary()?;
        if self.eat("?")? {
            self.assignment()?;
            self.expect(":")?;
            self.assignment()?;
        }
        match self.peek()? {
            Lexeme::Sign("=>") => return Err(Stop::Unknown),
            Lexeme::Sign(sign) if ASSIGNMENT.contains(&sign) => {
                self.next()?;
                self.assignment()?;
            }
            _ => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn binary(&mut self) -> Result<(), Stop> {
        loop {
            self.unary()?;
            match self.peek()? {
                Lexeme::Sign(sign) if BINARY.contains(&sign) => drop(self.next()?),
                Lexeme::Name("in" | "instanceof") => drop(self.next()?),
                _ => return Ok(()),
            }
        }
    }

    fn unary(&mut self) -> Result<(), Stop> {
        while matches!(
            self.peek()?,
            Lexeme::Sign("!" | "-" | "+" | "~" | "++" | "--") | Lexeme::Name("typeof" | "void" | "delete")
        ) {
            self.next()?;
        }
        self.primary()?;
        self.accesses()
    }

    fn primary(&mut self) -> Result<(), Stop> {
        let at = self.token_start();
        match self.next()? {
            Lexeme::Literal => Ok(()),
            Lexeme::Name(name) if LITERAL_NAMES.contains(&name) => Ok(()),
            Lexeme::Name(name) if UNRECOGNIZED.contains(&name) => Err(Stop::Unknown),
            Lexeme::Name(name) if STATEMENTS.contains(&name) => Err(Stop::Invalid(at)),
            Lexeme::Name(name) => {
                self.variables.push(Variable { at, name: name.to_owned(), accessed: false });
                Ok(())
            }
            Lexeme::Sign("(") => {
                if self.eat(")")? {
                    return if self.peek()? == Lexeme::Sign("=>") {
                        Err(Stop::Unknown)
                    } else {
                        Err(Stop::Invalid(at))
                    };
                }
                if self.peek()? == Lexeme::Sign("...") {
                    return Err(Stop::Unknown);
                }
                self.sequence()?;
                self.expect(")")
            }
            Lexeme::Sign("[") => self.list("]"),
            Lexeme::Sign("{") => self.object(),
            // JSX, or a regular expression.
            Lexeme::Sign("<" | "/" | "/=") => Err(Stop::Unknown),
            _ => Err(Stop::Invalid(at)),
        }
    }

    /// The items of a list or the arguments of a call, up to its end.
    fn list(&mut self, close: &str) -> Result<(), Stop> {
        loop {
            while self.eat(",")? {}
            if self.eat(close)? {
                return Ok(());
            }
            self.eat("...")?;
            self.assignment()?;
            if !self.eat(",")? {
                return self.expect(close);
            }
        }
    }

    fn object(&mut self) -> Result<(), Stop> {
        loop {
            if self.eat("}")? {
                return Ok(());
            }
            let at = self.token_start();
            match self.next()? {
                Lexeme::Sign("...") => self.assignment()?,
                Lexeme::Sign("[") => {
                    self.assignment()?;
                    self.expect("]")?;
                    self.expect(":")?;
                    self.assignment()?;
                }
                key @ (Lexeme::Name(_) | Lexeme::Literal) => match (self.peek()?, key) {
                    (Lexeme::Sign(":"), _) => {
                        self.next()?;
                        self.assignment()?;
                    }
                    (Lexeme::Sign("," | "}"), Lexeme::Name(name)) => {
                        self.variables.push(Variable { at, name: name.to_owned(), accessed: false });
                    }
                    (Lexeme::Sign("("), _) | (Lexeme::Name(_), Lexeme::Name("get" | "set" | "async")) => {
                        return Err(Stop::Unknown);
                    }
                    _ => return Err(Stop::Invalid(self.token_start())),
                },
                _ => return Err(Stop::Invalid(at)),
            }
            if !self.eat(",")? {
                return self.expect("}");
            }
        }
    }

    /// `.name`, `[…]`, `(…)` and the like after a value.
    fn accesses(&mut self) -> Result<(), Stop> {
        let mut is_first = true;
        loop {
            let (lexeme, end) = self.lex()?;
            match lexeme {
                Lexeme::Sign(".") => {
                    self.at = end;
                    let at = self.token_start();
                    if !matches!(self.next()?, Lexeme::Name(_)) {
                        return Err(Stop::Invalid(at));
                    }
                }
                Lexeme::Sign("?.") => {
                    self.at = end;
                    if matches!(self.peek()?, Lexeme::Name(_)) {
                        self.next()?;
                    }
                    is_first = false;
                    continue;
                }
                Lexeme::Sign("[") => {
                    self.at = end;
                    self.sequence()?;
                    self.expect("]")?;
                }
                Lexeme::Sign("(") => {
                    self.at = end;
                    self.list(")")?;
                }
                Lexeme::Sign("++" | "--") => self.at = end,
                Lexeme::Literal if self.text[self.token_start()..].starts_with('`') => self.at = end,
                _ => return Ok(()),
            }
            if is_first && let Some(variable) = self.variables.last_mut() {
                variable.accessed = true;
            }
            is_first = false;
        }
    }
}

/// The length of the string or template at the start.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let quote = *bytes.first()?;
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if quote != b'`' => return None,
            byte if byte == quote => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        match parse(text) {
            Expression::Valid(variables) => variables.into_iter().map(|variable| variable.name).collect(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn valid_expressions_and_their_variables() {
        assert_eq!(names("name"), ["name"]);
        assert_eq!(names("user.name + 1"), ["user"]);
        assert_eq!(names("props.items[0]?.title ?? 'none'"), ["props"]);
        assert_eq!(names("f(a, ...b) ? [c, 1] : {d, e: g, 'x': 2}"), ["f", "a", "b", "c", "d", "g"]);
        assert_eq!(names("1, 2, 3"), [""; 0]);
        assert_eq!(names("`a ${b}`"), [""; 0]);
        assert_eq!(names("count /* how many */ * 2"), ["count"]);
        assert_eq!(names("range .Items"), ["range"]);
        let Expression::Valid(variables) = parse("a.b + c") else { panic!("valid") };
        assert_eq!(variables.iter().map(|variable| variable.accessed).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn what_is_no_expression() {
        for text in ["your name", ".Title", "#if user", "a..b", "count, plural, one {item}", "1 +", "{a", "%s", "a ? b"]
        {
            assert!(matches!(parse(text), Expression::Invalid(_)), "{text}: {:?}", parse(text));
        }
        assert_eq!(parse("your name"), Expression::Invalid(5));
    }

    #[test]
    fn what_is_left_alone() {
        for text in ["() => 1", "x => x", "<B />", "/a/.test(b)", "new Date()", "async () => {}", "{ get a() {} }"] {
            assert_eq!(parse(text), Expression::Unknown, "{text}");
        }
        assert_eq!(parse(" /* a note */ "), Expression::Empty);
    }
}
