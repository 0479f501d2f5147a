"""What the whole page is told beside its theme: an open button's colour, whole commands, and what a phone needs."""

from comparison.forms.template import PHONE
from comparison.forms.tokens import tokens
from comparison.frame.phone import charts_style
from comparison.question import Question
from comparison.wording.texts import css_text


def page_style(v: Question) -> str:
    """CSS for every element of a page that Streamlit draws; what is drawn as HTML of ours carries its own."""
    colours = tokens(v.theme)
    # Streamlit shades the accent for what is open, in the dark below what can be read.
    opened = "[data-testid=stPopoverButton][aria-expanded=true]"
    return (
        f"{opened},{opened} p,{opened}:hover,{opened}:focus{{color:{colours.blue}!important}}"
        # What carries nothing but style takes no room.
        "[data-testid=stElementContainer]:has(>[data-testid=stHtml]>i[hidden]){display:none}"
        # Streamlit's "Press Enter to apply" beside a box has no other language.
        "[data-testid=InputInstructions]{display:none}"
        # A command is typed as a whole: it moves to the next line before it breaks.
        "code{display:inline-block;max-width:100%}"
        f"{charts_style(colours, css_text(v.say('phone.swipe')))}"
        # Under a figure its words take a line, and its buttons the next.
        f"@media(max-width:{PHONE}px){{[class*=st-key-source-row-]>:first-child{{flex:1 0 100%!important}}"
        "[class*=st-key-source-row-]{column-gap:12px!important;row-gap:0!important;"
        "justify-content:flex-start!important}}"
    )
