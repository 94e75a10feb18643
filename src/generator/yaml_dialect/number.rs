//! Which plain scalars are numbers to which YAML parser: octal, base 60, with `_` or `,` between the digits.

use crate::generator::yaml_dialect::types::{ResolvedScalar, YamlDialect};

/// The number that a value is to `reader`. `text` starts with a digit, a sign, `.` or `_`.
pub(crate) fn resolve_number(dialect: YamlDialect, text: &str) -> Option<ResolvedScalar> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let is_signed = text.len() != digits.len();
    let number = special(dialect, text, digits, is_signed)
        .or_else(|| sexagesimal(dialect, digits))
        .or_else(|| plain(dialect, &ungrouped(dialect, digits)?))?;
    Some(ResolvedScalar::Number(format!("{sign}{number}")))
}

/// `.inf` and `.nan`.
fn special(dialect: YamlDialect, text: &str, digits: &str, is_signed: bool) -> Option<String> {
    let takes_plus = !matches!(dialect, YamlDialect::Safeyaml | YamlDialect::Goccy);
    match digits {
        ".inf" | ".Inf" | ".INF" if takes_plus || !text.starts_with('+') => Some("inf".into()),
        ".nan" | ".NaN" | ".NAN" if !is_signed => Some("NaN".into()),
        _ => None,
    }
}

/// `1:30` is ninety, for readers of YAML 1.1.
fn sexagesimal(dialect: YamlDialect, digits: &str) -> Option<String> {
    let takes = match dialect {
        YamlDialect::Safeyaml => true,
        YamlDialect::Pyyaml | YamlDialect::JsYaml3 => !digits.starts_with('0'),
        _ => false,
    };
    if !takes || !digits.contains(':') || digits.len() > 15 {
        return None;
    }
    let mut parts = digits.split(':');
    let mut number: u64 = parts.next()?.parse().ok()?;
    for part in parts {
        let part: u64 = part.parse().ok().filter(|below| *below < 60 && part.len() <= 2)?;
        number = number * 60 + part;
    }
    Some(number.to_string())
}

/// The digits without group separators; none if these aren't allowed.
fn ungrouped(dialect: YamlDialect, digits: &str) -> Option<String> {
    let takes = match dialect {
        YamlDialect::Safeyaml => true,
        YamlDialect::Pyyaml | YamlDialect::Goccy => !digits.starts_with('_'),
        YamlDialect::JsYaml3 => !digits.starts_with('_') && !digits.ends_with('_'),
        _ => false,
    };
    let is_mark = |c: char| takes && (c == '_' || (c == ',' && dialect == YamlDialect::Safeyaml));
    let bare: String = digits.chars().filter(|c| !is_mark(*c)).collect();
    bare.contains(|c: char| c.is_ascii_digit()).then_some(bare)
}

fn plain(dialect: YamlDialect, digits: &str) -> Option<String> {
    let is_all = |digits: &str, base: u32| !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    let based = |digits: &str, base| Some(u64::from_str_radix(digits, base).ok()?.to_string());
    let new_octal =
        matches!(dialect, YamlDialect::Goccy | YamlDialect::JsYaml4 | YamlDialect::Eemeli | YamlDialect::SerdeYaml);
    match (digits.strip_prefix("0x"), digits.strip_prefix("0o"), digits.strip_prefix("0b")) {
        (Some(hex), ..) if is_all(hex, 16) => return based(hex, 16),
        (_, Some(octal), _) if is_all(octal, 8) && new_octal => return based(octal, 8),
        (.., Some(binary)) if is_all(binary, 2) && dialect != YamlDialect::Eemeli => return based(binary, 2),
        _ => {}
    }
    if !is_all(digits, 10) {
        return float(dialect, digits);
    }
    let has_zero = digits.len() > 1 && digits.starts_with('0');
    match dialect {
        YamlDialect::JsYaml4 | YamlDialect::Eemeli if has_zero => {
            let bare = digits.trim_start_matches('0');
            Some(if bare.is_empty() { "0".into() } else { bare.into() })
        }
        YamlDialect::SerdeYaml if has_zero => None,
        _ if has_zero => Some(digits).filter(|digits| is_all(digits, 8)).and_then(|digits| based(digits, 8)),
        _ => Some(digits.to_owned()),
    }
}

fn float(dialect: YamlDialect, digits: &str) -> Option<String> {
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_exponent = |text: &str| !text.is_empty() && is_digits(text);
    let exponent_fits = exponent.is_none_or(|text| {
        let unsigned = text.strip_prefix(['+', '-']);
        let wants_sign = matches!(dialect, YamlDialect::Pyyaml | YamlDialect::Safeyaml);
        is_exponent(unsigned.unwrap_or(text)) && (unsigned.is_some() || !wants_sign)
    });
    let wants_dot = matches!(dialect, YamlDialect::Pyyaml | YamlDialect::Safeyaml | YamlDialect::Goccy);
    let wants_fraction = dialect == YamlDialect::Safeyaml;
    let has_zero = dialect == YamlDialect::JsYaml3 && whole.len() > 1 && whole.starts_with('0');
    if has_zero
        || !is_digits(whole)
        || !fraction.is_none_or(is_digits)
        || (whole.is_empty() && fraction.is_none_or(str::is_empty))
        || !exponent_fits
        || (wants_dot && fraction.is_none())
        || (wants_fraction && fraction.is_none_or(str::is_empty))
    {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    if number.is_infinite() && matches!(dialect, YamlDialect::JsYaml4 | YamlDialect::SerdeYaml) {
        return None;
    }
    // Python and Ruby print `3.0` unchanged, others as 3.
    let is_python_or_ruby = matches!(dialect, YamlDialect::Pyyaml | YamlDialect::Safeyaml);
    Some(if is_python_or_ruby { format!("{number:?}") } else { number.to_string() })
}
