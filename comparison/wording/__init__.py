"""Words and numbers on screen, Vietnamese first."""

from comparison.wording.catalogue import MessageError, messages, placeholders, say
from comparison.wording.dates import date_range, dated_label, day, group_name, period_label, period_name
from comparison.wording.names import instrument_title, kind_of_one, place_within, short_unit_name, sort_key
from comparison.wording.numbers import interval_decimals, number, percent, percent_range, points, points_between

__all__ = [
    "MessageError",
    "date_range",
    "dated_label",
    "day",
    "group_name",
    "instrument_title",
    "interval_decimals",
    "kind_of_one",
    "messages",
    "number",
    "percent",
    "percent_range",
    "period_label",
    "period_name",
    "place_within",
    "placeholders",
    "points",
    "points_between",
    "say",
    "short_unit_name",
    "sort_key",
]
