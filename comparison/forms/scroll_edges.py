"""The edges of a box that scrolls: a soft shadow where more is below or at the right, none once its end is reached."""

from comparison.forms.tokens import Tokens, faded

_SHADE = 0.35


def scroll_edges(colours: Tokens) -> str:
    """CSS declarations for the box. What covers the shadow moves with its content, the shadow stays at the edge."""
    # Of the mid grey: a shadow that only darkens is not seen on a dark page.
    shade, none = faded(colours.mark, _SHADE), faded(colours.mark, 0)
    layers = (
        f"linear-gradient({colours.bg},{colours.bg}) right/14px 100% no-repeat local",
        f"linear-gradient(to left,{shade},{none}) right/12px 100% no-repeat scroll",
        f"linear-gradient({colours.bg},{colours.bg}) bottom/100% 14px no-repeat local",
        f"linear-gradient(to top,{shade},{none}) bottom/100% 12px no-repeat scroll",
    )
    return f"background:{','.join(layers)}"
