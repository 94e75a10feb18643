//! The comments that switch rules off, in the body and in the front matter.
