//! Checks that ask what the other pages of the site have.

pub mod neighbours;
