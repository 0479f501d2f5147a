"""What keys a clicker sends, full screen, and the fit to the window: the one script of slides."""

from collections.abc import Mapping
from urllib.parse import urlencode

from comparison.forms.enlarged import WIDTH
from comparison.frame import elements
from comparison.frame.page_language import LANGUAGE, language_told
from comparison.frame.page_script import CLOSE_FALSE_ALARM
from comparison.frame.slide_frame import STAGE
from comparison.question import Question
from comparison.wording.texts import script

START = "start-briefing"
STAGE_KEY = "slide-stage"
# Streamlit's padding beside and above the page.
_BESIDE, _ABOVE = 160, 20

# Installed once a document; it does nothing where no slide is. Esc leaves full screen by itself, without a key event,
# so leaving full screen leaves the slides too.
_KEYS = """
const stage = () => document.querySelector('.st-key-' + own.stage);
const open = () => document.querySelector('[role=dialog], .st-key-slide-filter');
const press = name => {
    const button = document.querySelector('.st-key-slide-' + name + ' button');
    if (button && !button.disabled) button.click();
};
const fit = () => document.documentElement.style.setProperty('--ds-fit',
    Math.min((innerWidth - own.beside) / own.width, (innerHeight - own.above) / own.height));
const names = {PageDown: 'next', PageUp: 'previous', ' ': 'next', Home: 'first', End: 'last', Escape: 'leave'};
let isLeft = false;
addEventListener('resize', fit);
fit();
document.addEventListener('keydown', event => {
    const name = event.key === ' ' && event.shiftKey ? 'previous' : names[event.key];
    if (!name || !stage() || open() || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest?.('input, textarea, [contenteditable=true]')) return;
    event.preventDefault();
    event.stopPropagation();
    press(name);
}, true);
document.addEventListener('click', event => {
    const within = selector => event.target.closest?.(selector);
    if (within('[class*=st-key-' + own.start + ']')) document.documentElement.requestFullscreen?.().catch(() => {});
    if (within('.st-key-slide-leave') && document.fullscreenElement) {
        isLeft = true;
        document.exitFullscreen();
    }
}, true);
document.addEventListener('fullscreenchange', () => {
    if (document.fullscreenElement) isLeft = false;
    else if (stage() && !isLeft && !open()) press('leave');
});
"""
_OWN = {"stage": STAGE_KEY, "start": START, "beside": _BESIDE, "above": _ABOVE, "width": WIDTH, "height": STAGE}
_ONCE = f"if(!window.dsSlides){{window.dsSlides=true;{_KEYS}}}"
_SLIDE = f"""{_ONCE}{CLOSE_FALSE_ALARM}{LANGUAGE}
if (!new URLSearchParams(location.search).get("snapshot"))
    history.replaceState(history.state, "", location.pathname + asked);
"""


def slide_script(v: Question, asked: Mapping[str, str]) -> None:
    """Keys and fit; on a slide also the language of the document, and `asked` as its address where its snapshot is
    missing from it, as no new step. No parameters: a page from which slides start."""
    if asked:
        body = script(_SLIDE, own=_OWN, told=language_told(v), asked=f"?{urlencode(asked)}")
    else:
        body = script(_ONCE, own=_OWN)
    elements.html_with_script(body)
