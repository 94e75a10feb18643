"""Dates that a generator refuses, or reads as another day."""

from .base import Defect, front, line

GROUP = "dates"
KNOWN = ("hugo", "jekyll", "hexo")
# Ruby, and so Jekyll, finds the intended date in these.
STRICT = ("hugo", "hexo")


def _date(name, *values, generators=KNOWN):
    return Defect(GROUP, name, front(line("date", *(f"date: ⟦{value}⟧" for value in values))), generators)


CLASSES = [
    _date("date is a word", "tuesday", "soon", "n/a", "unknown", "someday"),
    _date("date is a placeholder", "YYYY-MM-DD", "TBD", "TODO", "yyyy-mm-dd"),
    _date("month that does not exist", "2024-13-05", "2024-00-05", "2024-15-01 10:00:00"),
    _date("day that does not exist", "2024-02-30", "2024-04-31", "2024-06-31 10:00:00", "2023-02-29"),
    _date("hour that does not exist", "2024-03-05 25:10:00", "2024-03-05T24:61:00", "2024-03-05 10:75:00"),
    _date("letter for digit", "2O24-01-05", "2024-O1-05", "2024-0l-05", generators=STRICT),
    _date("hyphen doubled", "2024--01-05", "2024-01--05"),
    _date("five-digit year", "20244-01-05", "12024-01-05"),
    _date("two-digit year", "24-01-05", generators=("hugo",)),
    _date("day and month in words", "31 January", "March 5th"),
    _date("full-width digits", "２０２４-０１-０２"),
    _date("typographic dashes", "2024–01–05", "2024—01—05"),
    _date("digit missing", "2024-01-", "2024--05", "202-01-05", "2024-01"),
    _date("digit too many", "2024-011-05", "2024-01-055", generators=STRICT),
    _date("space inside", "2024- 01-05", "2024-01 -05", "2024 -01-05"),
    _date("slash order", "31/12/2024", "13/01/2024", "12/31/2024", generators=("hugo",)),
    _date("time zone malformed", "2024-01-05T10:00:00 GMT+9", "2024-01-05 10:00:00 +09000", "2024-01-05T10:00:00+9", generators=("hugo",)),
    _date("time without colon", "2024-01-05 1000", "2024-01-05 10.00.00", generators=("hugo",)),
    _date("date with text behind", "2024-01-05 (draft)", "2024-01-05 updated", "2024-01-05,", generators=STRICT),
    _date("date from a template", "{{ date }}", '"<% tp.date.now() %>"', '"{{ .Date }}"'),
]
