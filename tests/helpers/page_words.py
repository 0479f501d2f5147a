"""What a reader reads on a page, taken out of the HTML and Markdown that it is drawn with."""

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from comparison.scope import Language
from comparison.wording import say

NBSP = "\N{NO-BREAK SPACE}"
_STYLE = re.compile(r"<style>.*?</style>|<script>.*?</script>", re.DOTALL)
_BLOCK = re.compile(r"</(?:p|h1|h2|div|tr|t[dh]|li|small)>")
_TAG = re.compile(r"<[^>]*>")


def said(key: str, language: Language = "vi", **values: object) -> str:
    """A message of the catalogue as `words` gives it: spaces that do not break are spaces."""
    return say(language, key, **values).replace(NBSP, " ")


def as_read(html: str) -> str:
    """HTML without its tags, each paragraph and cell on a line of its own."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", _STYLE.sub("", html)))).strip()


def htmls(app: AppTest) -> list[str]:
    return [str(element.proto.body) for element in app.get("html")]


def markup(app: AppTest) -> str:
    """All HTML of the page as it was sent."""
    return "\n".join(htmls(app))


def _tagged(app: AppTest, tag: str) -> list[str]:
    return [as_read(found) for html in htmls(app) for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html)]


def page_title(app: AppTest) -> str:
    """The title of the page; where nothing can be opened it is Streamlit's own."""
    (title,) = [*_tagged(app, "h1"), *(each.value for each in app.title)]
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
    found = [note for html in htmls(app) for note in re.findall(r'<p class="ds-note"[^>]*>(.*?)</p>', html)]
    return [*map(as_read, found), *(each.value for each in app.caption)]


def words(app: AppTest) -> str:
    """Everything outside charts and closed boxes, with single spaces for those that do not break."""
    parts = [each.value for kind in (app.title, app.header, app.caption, app.markdown) for each in kind]
    return "\n".join([*parts, *map(as_read, htmls(app))]).replace(NBSP, " ")
