"""The language of the document: Streamlit's own English put in words of ours, and names in labels marked as Vietnamese.

What Streamlit draws itself takes no mark-up, so a script sets attributes on it; it writes into no text that React owns
but for the one that Streamlit never changes.
"""

from typing import Any

from comparison.frame.words import names_marked
from comparison.question import Question
from comparison.wording.marking import VIETNAMESE

# English of Streamlit's own -> the message that says it.
_STREAMLIT = {
    "Skip to main content": "streamlit.skip",
    "App pages": "streamlit.pages",
    "Navigate to home page": "streamlit.home",
    "Logo": "streamlit.logo",
    "Open": "streamlit.open",
    "Close": "streamlit.close",
    "Close Search": "streamlit.close",
    "Clear value": "streamlit.clear",
    "Notifications": "streamlit.notifications",
    "Main menu": "streamlit.menu",
    "Running...": "streamlit.running",
    "Stop script": "streamlit.stop",
}
# What stands between names in a label that holds nothing else.
_BETWEEN = r"[\s\d.,:%()–·…-]"

# Keeps the document in the language of the view, of which `told` tells it. Streamlit takes away a script with a "<"
# before "!" or a letter.
LANGUAGE = """
function pageLanguage({ language, other, said, names, letters, between }) {
    document.documentElement.lang = language;
    window.doiSanhWords?.disconnect();
    const literal = text => text.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&");
    const word = `[\\\\p{L}]*[${letters}][\\\\p{L}]*`;
    const found = [...names.map(literal), `${word}(?:[ ,–-]+${word})*`].join("|");
    const name = new RegExp(`(?\\u003c![\\\\p{L}\\\\d])(?:${found})(?![\\\\p{L}\\\\d])`, "giu");
    const small = names.map(each => each.toLowerCase());
    const foreign = new RegExp(`[${letters}]`, "i"), rest = new RegExp(`^${between}*$`);
    // A line of a name that is broken into several is a part of it.
    const isName = text => rest.test(text.replace(name, ""))
        || small.some(each => each.includes(text.replace(/…$/, "").trim().toLowerCase()));
    const labels = "button, label, [role=option], [role=radio], summary, .js-plotly-plot svg";
    const mark = node => {
        const holder = node.parentElement;
        if (!foreign.test(node.nodeValue) || holder.closest("[lang=vi]")) return;
        if (isName(node.nodeValue)) holder.setAttribute("lang", "vi");
        // Plotly draws its texts anew and keeps hold of none; React would lose its own.
        else if (holder.closest(".js-plotly-plot")) {
            const parts = document.createDocumentFragment();
            let from = 0;
            for (const each of node.nodeValue.matchAll(name)) {
                const span = document.createElementNS(holder.namespaceURI, "tspan");
                span.setAttribute("lang", "vi");
                span.textContent = each[0];
                parts.append(node.nodeValue.slice(from, each.index), span);
                from = each.index + each[0].length;
            }
            parts.append(node.nodeValue.slice(from));
            node.replaceWith(parts);
        }
    };
    const mend = () => {
        for (const [english, words] of Object.entries(said)) {
            for (const name of ["aria-label", "alt", "placeholder", "title"])
                for (const each of document.querySelectorAll(`[${name}="${english}"]`)) each.setAttribute(name, words);
        }
        const skip = document.querySelector("[data-testid=stSkipToContent]")?.firstChild;
        if (said[skip?.nodeValue]) skip.nodeValue = said[skip.nodeValue];
        for (const each of document.querySelectorAll(".st-key-choice-language p")) each.setAttribute("lang", other);
        if (language === "vi") return;
        for (const each of document.querySelectorAll(labels)) {
            const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT), nodes = [];
            while (texts.nextNode()) nodes.push(texts.currentNode);
            nodes.forEach(mark);
        }
        for (const each of document.querySelectorAll("[data-testid=stSelectbox] input"))
            if (foreign.test(each.value) && isName(each.value)) each.setAttribute("lang", "vi");
            else each.removeAttribute("lang");
    };
    // What is written stands in the document for a moment as it came: whoever reads it by a program waits for "mended".
    const state = document.documentElement.dataset;
    const mendAll = () => { mend(); state.words = "mended"; };
    window.doiSanhWords = new MutationObserver(() => {
        state.words = "waiting";
        clearTimeout(window.doiSanhWaits);
        window.doiSanhWaits = setTimeout(mendAll, 150);
    });
    window.doiSanhWords.observe(document.body, { subtree: true, childList: true, characterData: true });
    clearTimeout(window.doiSanhWaits);
    mendAll();
}
pageLanguage(told);
"""


def language_told(v: Question) -> dict[str, Any]:
    """What `LANGUAGE` is told of the view; the same for every question on one snapshot."""
    is_vietnamese = v.language == "vi"
    return {
        "language": v.language,
        "other": "en" if is_vietnamese else "vi",
        "said": {english: v.say(key) for english, key in _STREAMLIT.items()} if is_vietnamese else {},
        "names": sorted(names_marked(v), key=len, reverse=True),
        "letters": VIETNAMESE,
        "between": _BETWEEN,
    }
