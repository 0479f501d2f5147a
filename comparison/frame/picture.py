"""A chart as a PNG that explains itself, made in the reader's browser: no picture is drawn on the server."""

import streamlit as st

from comparison.forms.tokens import tokens
from comparison.question import Question

# Twice the size on the screen, sharp on paper and on a slide.
_SCALE = 2

_SCRIPT = """
export default function ({ parentElement, data }) {
    const button = parentElement.querySelector("button"), said = parentElement.querySelector("output");
    button.textContent = data.label;
    button.onclick = async () => {
        said.textContent = "";
        const parts = document.querySelectorAll(`.st-key-chart-${CSS.escape(data.chart)} .js-plotly-plot .main-svg`);
        if (!parts.length) { said.textContent = data.notThere; return; }
        const link = document.createElement("a");
        link.href = URL.createObjectURL(await painted(parts, data));
        link.download = data.file;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    };
}

async function painted(parts, data) {
    const pad = 24, { width, height } = parts[0].getBoundingClientRect();
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    const family = getComputedStyle(parts[0].querySelector("text") ?? parts[0]).getPropertyValue("font-family");
    const lines = [
        ...wrapped(pen, data.title, `600 20px ${family}`, width, data.ink, 26),
        ...wrapped(pen, data.subtitle, `14px ${family}`, width, data.muted, 20),
    ];
    const head = lines.reduce((sum, line) => sum + line.step, 0) + 12;
    canvas.width = (width + 2 * pad) * data.scale;
    canvas.height = (head + height + 2 * pad + 28) * data.scale;
    pen.scale(data.scale, data.scale);
    pen.fillStyle = data.bg;
    pen.fillRect(0, 0, width + 2 * pad, head + height + 2 * pad + 28);
    let y = pad;
    for (const line of lines) {
        pen.font = line.font;
        pen.fillStyle = line.colour;
        pen.fillText(line.text, pad, y + line.step * 0.75);
        y += line.step;
    }
    const faces = await fontFaces(family);
    for (const part of parts) pen.drawImage(await image(part, width, height, faces), pad, pad + head, width, height);
    pen.font = `14px ${family}`;
    pen.fillStyle = data.muted;
    pen.fillText(data.source, pad, pad + head + height + 20);
    return new Promise(done => canvas.toBlob(done, "image/png"));
}

function wrapped(pen, text, font, width, colour, step) {
    pen.font = font;
    const lines = [];
    for (const word of text.split(" ")) {
        const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
        if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
        else if (text) lines.push(word);
    }
    return lines.map(line => ({ text: line, font, colour, step }));
}

async function image(part, width, height, faces) {
    const copy = part.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.prepend(document.createElementNS("http://www.w3.org/2000/svg", "style"));
    copy.firstChild.textContent = faces;
    const found = new Image();
    found.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    await found.decode();
    return found;
}

// An image of an svg sees no font of the page: those of its family go into it.
const fonts = new Map();
async function fontFaces(family) {
    const name = family.split(",")[0].trim().replaceAll('"', "");
    if (!fonts.has(name)) fonts.set(name, loaded(name));
    return fonts.get(name);
}
async function loaded(name) {
    const found = [];
    for (const sheet of document.styleSheets) {
        let rules = [];
        try { rules = sheet.cssRules; } catch { continue; }
        for (const rule of rules) {
            if (!(rule instanceof CSSFontFaceRule)) continue;
            if (rule.style.getPropertyValue("font-family").replaceAll('"', "") !== name) continue;
            if (rule.style.getPropertyValue("font-style") === "italic") continue;
            const source = /url\\(["']?([^"')]+)/.exec(rule.style.getPropertyValue("src"));
            if (!source) continue;
            const blob = await (await fetch(new URL(source[1], sheet.href || document.baseURI))).blob();
            const data = await new Promise(done => {
                const reader = new FileReader();
                reader.onload = () => done(reader.result);
                reader.readAsDataURL(blob);
            });
            found.push(`@font-face{font-family:"${name}";font-weight:100 900;src:url(${data})}`);
        }
    }
    return found.join("");
}
"""
_STYLE = """
button { font: inherit; color: var(--st-text-color); background: none; border: 0; padding: 4px 0; cursor: pointer }
button:hover, button:focus-visible { color: var(--st-primary-color) }
"""
_picture = st.components.v2.component(
    "doi_sanh_picture", html="<button type=button></button> <output></output>", css=_STYLE, js=_SCRIPT
)


def picture(v: Question, chart: str, *, title: str, subtitle: str, source: str, file_name: str) -> None:
    """A button that saves the chart of a key as an image with its title, how to read it and what it rests on."""
    colours = tokens(v.theme)
    _picture(
        key=f"picture-{chart}",
        data={
            "label": v.say("source.download_png"), "notThere": v.say("source.no_picture"), "chart": chart,
            "title": title, "subtitle": subtitle, "source": source, "file": file_name, "scale": _SCALE,
            "ink": colours.ink, "muted": colours.muted, "bg": colours.bg,
        },
        width="content",
    )  # fmt: skip
