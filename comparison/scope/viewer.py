"""Who asks. Every measure and case list takes a Viewer, so that sign-in can narrow it in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Somebody at the machine itself, who may see everything: the product is local until sign-in exists."""

    def allows(self, unit: str) -> bool:
        """Whether this viewer may see the cases of the unit with this code."""
        return True
