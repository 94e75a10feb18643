//! Broken YAML: the true place and cause of a mistake, and a repair that moves no byte.
