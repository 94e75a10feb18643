//! The door to the TOML reader: text → spanned tree.
