//! Tests of what the public modules don't show, compiled as unit tests of the crate: the tree behind a front matter, what
//! a generator makes of a value, the rule pages, and whatever must hold for any input.
//!
//! The targets in `fuzz/` ask the same of inputs of their own, so [`editing`] and [`properties`] are there for them too.

pub mod editing;
#[cfg(test)]
mod front_matter;
#[cfg(test)]
mod front_matter_faults;
#[cfg(test)]
mod generator_values;
mod generators;
#[cfg(test)]
mod mutate;
#[cfg(test)]
#[path = "../../benches/posts/generator/mod.rs"]
mod posts;
#[cfg(test)]
mod precision;
#[cfg(test)]
#[path = "../common/program.rs"]
mod program;
pub mod properties;
#[cfg(test)]
mod random_input;
#[cfg(test)]
mod rules;
