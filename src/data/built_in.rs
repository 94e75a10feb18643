//! The files of `rules/`, embedded when the program was built.

/// The files of `rules/` by their path in it: rule documentation, packs and data.
pub(crate) const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));
