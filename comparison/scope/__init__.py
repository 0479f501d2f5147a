"""What is being asked: the scope of a question, its periods, who asks, and the link that carries it."""

from comparison.scope.defaults import default_scope
from comparison.scope.known import Field, Instrument, Known, Procedure, Root, Unit
from comparison.scope.link_reading import Ignored
from comparison.scope.links import Language, read_language, read_link, wanted_snapshot, write_link
from comparison.scope.periods import Period
from comparison.scope.scope import Boundaries, Compare, OnTime, Scope
from comparison.scope.viewer import Viewer

__all__ = [
    "Boundaries",
    "Compare",
    "Field",
    "Ignored",
    "Instrument",
    "Known",
    "Language",
    "OnTime",
    "Period",
    "Procedure",
    "Root",
    "Scope",
    "Unit",
    "Viewer",
    "default_scope",
    "read_language",
    "read_link",
    "wanted_snapshot",
    "write_link",
]
