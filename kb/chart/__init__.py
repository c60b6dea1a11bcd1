"""Answers as pictures: SVG without a script, with a title, a description and links for every mark.

axes      round steps for numbers and for time
drawing   SVG elements, colours and marks
series    one measure over time: bounds as arrows, ranges as bars, fuzzy dates as spans
timeline  events over time, fuzzy ends faded
"""

from kb.chart.series import series_chart
from kb.chart.timeline import timeline_chart

__all__ = ["series_chart", "timeline_chart"]
