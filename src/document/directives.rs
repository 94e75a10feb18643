//! Template marks in a body: Liquid, Hugo shortcodes, MDX, admonitions. And the comments that switch rules off.
