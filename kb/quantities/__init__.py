"""Words of a number -> Quantity. Pure: no model, no database.

lexer       text -> numerals, words, signs
numerals    -> values: digits, cardinals, shares, vague, over the tables of number_words
units       -> units of measurement, currencies
rates       -> what a figure is told by: "per 100,000 people"
operands    -> one number with sign, currency and unit
ranges      -> two operands: a range, or two levels of a change
compounds   -> what is told in two units: "2 hours 5 minutes"
multiples   -> "doubled", "tenfold", "twice as many"
comparators -> "over", "at least", "or more"
labels      -> numbers that are no figures
grammar     -> Quantity
forms       -> a whole string as a Quantity, and back
"""

from __future__ import annotations

from kb.quantities.forms import format_quantity, parse_quantity
from kb.quantities.grammar import find_quantities, find_rate

__all__ = ["find_quantities", "find_rate", "format_quantity", "parse_quantity"]
