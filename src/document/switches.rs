//! The comments that switch rules off, in the body and in the front matter.
use super::Document;
use crate::source::Span;
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchKind {
    NextLine,
    Line,
    Disable,
    Enable,
    File,
}
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch {
    pub kind: SwitchKind,
    pub rules: Vec<(String, Span)>,
    pub reason: Option<Span>,
    pub span: Span,
}
pub fn read(_: &Document) -> Vec<Switch> {
    vec![]
}
