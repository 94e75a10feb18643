"""The classes of defects that `recall.py` injects. The sentences are made up.

A class holds what a reader of the page would see as broken, in several languages.
"""

from . import between, characters, commands, dates, front_matter, links, placeholders, structure

CLASSES = [
    *front_matter.CLASSES,
    *dates.CLASSES,
    *structure.CLASSES,
    *links.CLASSES,
    *placeholders.CLASSES,
    *commands.CLASSES,
    *characters.CLASSES,
    *between.CLASSES,
]
