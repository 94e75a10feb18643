//! The door to the JSON reader: text → spanned tree.
