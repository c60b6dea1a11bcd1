"""Figures of one measure at one place, in the base: which they are, and what in them does not fit together.

placed_claims  what makes a claim's series: its measure and its place
lent           places that a claim has from another telling of its text
naming         what series are called
subgroups      which series counts a subgroup of another
crowded        which claims of whole series can be in a conflict at all
neighbours     what a change of some claims can have made otherwise
clashing       the stored conflicts, brought up to date
aligned        claims into series, and all of the above in its order
relating       how the figures of a series stand to each other where nothing clashes
"""
