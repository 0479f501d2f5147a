"""What CONTRIBUTING.md tells to touch is there."""

import re

from warehouse.folders import PROJECT

TOLD = re.compile(r"`((?:comparison|etl|pages|tests|warehouse)/[\w./*<>-]+)`")


def test_every_file_named_is_there():
    named = TOLD.findall((PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    missing = [name for name in named if not list(PROJECT.glob(re.sub(r"<\w+>", "*", name.rstrip("/"))))]
    assert missing == []
