//! The rules about disable comments. The linter reports their findings itself, because it alone knows what a comment
//! suppresses; the checks only give these rules a name and a scope.

pub(super) mod unexplained_suppression;
pub(super) mod unused_suppression;
