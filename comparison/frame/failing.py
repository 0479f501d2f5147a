"""What a reader sees of an error in a page: one sentence; its traceback goes to the log."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.errors import FragmentHandledException

from comparison import wording
from comparison.frame import elements
from comparison.frame.address import arrived_with
from comparison.scope import read_language
from comparison.wording.texts import typed
from warehouse import log
from warehouse.folders import data_folder


@contextmanager
def failing_in_words(path: str = "") -> Iterator[None]:
    """Around what draws a page, or a part of it that is drawn alone. `path`: the address of the page.

    Streamlit stops and reruns a page by exceptions of its own, which are no `Exception` and pass.
    """
    try:
        yield
    except FragmentHandledException:
        raise  # A part of the page, already told of.
    except Exception as error:  # noqa: BLE001 # whatever it is, the reader gets a sentence and the log the traceback
        log.failure("page_failed", error, page=path)
        file = log.log_file().relative_to(data_folder().parent)
        elements.error(wording.say(read_language(arrived_with()), "empty.page_failed", file=typed(file)))
