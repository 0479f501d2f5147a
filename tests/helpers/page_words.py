"""What a reader reads on a page, taken out of the HTML that it is drawn with, and the Markdown of labels."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from comparison.scope import Language
from comparison.wording import say

NBSP = "\N{NO-BREAK SPACE}"
_STYLE = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL)
_BLOCK = re.compile(r"</(?:p|h1|h2|div|tr|t[dh]|li|small)>")
_ESCAPE = re.compile(r"\\([^\w\s])|\*\*|\N{WORD JOINER}")
_TAG = re.compile(r"<[^>]*>")


def said(key: str, language: Language = "vi", **values: object) -> str:
    """A message of the catalogue as `words` gives it: spaces that do not break are spaces."""
    return say(language, key, **values).replace(NBSP, " ")


def as_read(html: str) -> str:
    """HTML without its tags, each paragraph and cell on a line of its own."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", _STYLE.sub("", html)))).strip()


def label_read(markdown: str) -> str:
    """A label, or a warning, without its escapes and what is not seen."""
    return _ESCAPE.sub(lambda found: found[1] or "", markdown).replace(NBSP, " ")


def warned(app: AppTest) -> str:
    """All warnings of a page."""
    return "\n".join(label_read(each.value) for each in app.warning)


def htmls(app: AppTest | Block) -> list[str]:
    """The HTML of a page, or of one block of it."""
    return [str(element.proto.body) for element in app.get("html")]


def markup(app: AppTest) -> str:
    """All HTML of the page as it was sent."""
    return "\n".join(htmls(app))


def _tagged(app: AppTest, tag: str) -> list[str]:
    return [as_read(found) for html in htmls(app) for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html)]


def page_title(app: AppTest) -> str:
    """The title of the page."""
    (title,) = _tagged(app, "h1")
    return title


def headings(app: AppTest) -> list[str]:
    """The titles of figures and lists, from top to bottom."""
    return [each.replace(NBSP, " ") for each in _tagged(app, "h2")]


def open_boxes(app: AppTest, *keys: str) -> AppTest:
    """The page with what stands behind the buttons of these keys, or behind all of them."""
    there = [re.sub(r"^\$\$ID-[0-9a-f]+-", "", block.proto.popover.id) for block in app.get("popover")]
    for key in keys or there:
        assert key in there, key
        app.session_state[key] = True
    return app.run()


def notes(app: AppTest) -> list[str]:
    """The lines under titles and figures."""
    return [*map(as_read, _of_class(app, "ds-note"))]


def paragraphs(app: AppTest) -> list[str]:
    """The paragraphs beside notes, titles and tables, from top to bottom."""
    return [as_read(each).replace(NBSP, " ") for each in _of_class(app, "ds-text")]


def _of_class(app: AppTest, name: str) -> list[str]:
    return [found for html in htmls(app) for found in re.findall(rf'<p class="{name}"[^>]*>(.*?)</p>', html)]


def behind(app: AppTest, label: str) -> list[str]:
    """The HTML behind each open button with this label."""
    return [
        "".join(htmls(block))
        for block in app.get("popover")
        if isinstance(block, Block) and block.proto.popover.label == label
    ]


def words(app: AppTest) -> str:
    """Everything outside charts and closed boxes, with single spaces for those that do not break."""
    return "\n".join(map(as_read, htmls(app))).replace(NBSP, " ")
