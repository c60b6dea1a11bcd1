"""Words and numbers of a date -> Interval. Pure: no model, no database.

    parse_interval(text)   what a user types: ISO dates and weeks, EDTF, a date in words -> Interval
    interval_of(edtf)      EDTF -> Interval, or ParseError
    find_matches(text)     the time expressions of a text, with the reader of each
    read(reader, match, context) -> Reading: TIMEX3 type and value, EDTF, how it was found

periods    calendar units that can be counted on      edtf        EDTF and its bounds
holidays   days by rule                               lexer       text -> tokens -> letters
rules      the table of patterns                      readers     what each pattern means
"""

from kb.dates.edtf import interval_of
from kb.dates.parsing import parse_interval
from kb.dates.periods import Period
from kb.dates.readers import read
from kb.dates.reading import Context, Match, Reading
from kb.dates.rules import find_matches

__all__ = ["Context", "Match", "Period", "Reading", "find_matches", "interval_of", "parse_interval", "read"]
