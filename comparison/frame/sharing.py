"""The links that a reader copies: to this view of the newest data, or of the very snapshot that is shown."""

from urllib.parse import urlencode

import streamlit as st

from comparison.frame import elements
from comparison.frame.folded import folded
from comparison.frame.view import view
from comparison.frame.words import show_caption
from comparison.question import Question
from comparison.scope import write_link
from warehouse.snapshots import SnapshotMissing, keep, kept
from warehouse.state import StateDamaged

_KEY = "share-links"
_FAILED = "share-failed"

# Outside https and localhost a browser gives pages no clipboard: then the old command, and if that fails too, the link
# to copy by hand.
_SCRIPT = """
export default function ({ parentElement, data, setTriggerValue }) {
    const root = parentElement.querySelector("section");
    for (const { name, label, help, link } of data.links) {
        let row = root.querySelector(`[data-name="${name}"]`);
        if (!row) {
            row = document.createElement("div");
            row.dataset.name = name;
            row.innerHTML = "<button type=button></button><small></small><output></output><input readonly hidden>";
            root.append(row);
        }
        const [button, small, said, field] = row.children;
        button.textContent = label;
        small.textContent = help;
        field.value = link;
        field.ariaLabel = data.notCopied;
        button.onclick = async () => {
            const done = await copied(field);
            field.hidden = done;
            said.textContent = done ? "✓ " + data.copied : data.notCopied;
            if (!done) field.select();
            setTriggerValue("copied", name);
        };
    }
}
async function copied(field) {
    try {
        await navigator.clipboard.writeText(field.value);
        return true;
    } catch {
        field.hidden = false;
        field.select();
        return document.execCommand("copy");
    }
}
"""
_STYLE = """
section > div { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; align-items: center;
    margin-bottom: 12px }
button { font: inherit; color: var(--st-text-color); background: var(--st-background-color); padding: 4px 12px;
    border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); cursor: pointer }
button:hover, button:focus-visible { color: var(--st-primary-color); border-color: var(--st-primary-color) }
small { grid-column: 1 / -1; grid-row: 2; font-size: 14px; opacity: .75 }
input { grid-column: 1 / -1; font: inherit; width: 100%; box-sizing: border-box }
"""
_links = st.components.v2.component("doi_sanh_share", html="<section></section>", css=_STYLE, js=_SCRIPT)


def share(v: Question) -> None:
    """Behind one button: the link to the newest data, and the fixed one, whose snapshot is kept once it is copied.

    Stands in a `part`."""
    folded(v.say("sharing.share"), "share", lambda: _copying(v), type="tertiary")


def _copying(v: Question) -> None:
    _links(
        key=_KEY,
        data={
            "links": [
                _link(v, "latest", v.say("sharing.copy_latest"), v.say("sharing.copy_latest_help")),
                _link(v, "fixed", v.say("filter.copy_link"), v.say("filter.copy_link_help")),
            ],
            "copied": v.say("sharing.copied"),
            "notCopied": v.say("sharing.not_copied"),
        },
        on_copied_change=_copied,
        width=420,
    )
    if st.session_state.pop(_FAILED, False):
        elements.warning(v.say("sharing.not_kept", snapshot=v.warehouse.id))
    elif v.warehouse.id in kept():
        show_caption(v, v.say("sharing.kept", snapshot=v.warehouse.id))


def _link(v: Question, name: str, label: str, explained: str) -> dict[str, str]:
    parameters = write_link(v.scope, fixed=name == "fixed", language=v.language) | dict(v.own)
    return {"name": name, "label": label, "help": explained, "link": f"{st.context.url or ''}?{urlencode(parameters)}"}


def _copied() -> None:
    if st.session_state[_KEY].copied != "fixed":
        return
    try:
        keep(view().warehouse.id)
    except (OSError, SnapshotMissing, StateDamaged):
        st.session_state[_FAILED] = True
