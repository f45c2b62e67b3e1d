"""What is looked for: each check returns the flaws that it found, in words."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from hashlib import md5
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from browser import SITE, Browser, Server, root
from bs4 import BeautifulSoup

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# The search of Sphinx finds the text of a page by this role.
ACCEPTED = {"The “main” role is unnecessary for element “main”."}
# A colour that is still changing has no contrast of its own.
RUN_AXE = """
    const done = arguments[arguments.length - 1];
    for (const moving of document.getAnimations()) moving.finish();
    axe.run({preload: false, resultTypes: ["violations"]}).then(({violations}) => done(
        violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)}`))));
"""
# The theme lets the column of the text scroll: what holds the heading may not move sideways.
HIDDEN = """
    const holders = [document.documentElement];
    for (let e = document.querySelector("h1"); e; e = e.parentElement)
        if (getComputedStyle(e).overflowX !== "visible") holders.push(e);
    return Math.max(...holders.map(e => e.scrollWidth - e.clientWidth),
                    document.documentElement.scrollWidth - arguments[0]);
"""
# What is wider than its box is cut, or scrolls. Code and formulas may scroll, on a phone.
CUT = """
    const mayScroll = arguments[0] < 500 ? "pre, .formula" : "none";
    return [...document.querySelectorAll("body *")].filter(e =>
        getComputedStyle(e).overflowX !== "visible" && e.clientWidth > 1
        && e.scrollWidth > e.clientWidth + 1
        && e.checkVisibility({visibilityProperty: true}) && !e.matches(mayScroll))
        .map(e => `cut by ${e.scrollWidth - e.clientWidth} pixels: ${e.tagName} `
            + e.textContent.trim().slice(0, 60));
"""
# The box of a text is higher than its letters, so the middle of each is compared.
OVERLAPS = """
    const found = [];
    const parts = document.querySelectorAll(".bd-article, .bd-header, .bd-sidebar, main");
    for (const part of parts) {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), boxes = [];
        for (let text; (text = texts.nextNode());) {
            const owner = text.parentElement, range = document.createRange();
            if (!text.data.trim() || owner.closest("math, .visually-hidden")
                || !owner.checkVisibility({visibilityProperty: true, opacityProperty: true})
                || getComputedStyle(owner).clipPath !== "none") continue;
            range.selectNodeContents(text);
            for (const {left, right, top, height} of range.getClientRects())
                boxes.push({text, left: left + 1, right: right - 1,
                            top: top + height / 3, bottom: top + height * 2 / 3});
        }
        boxes.sort((one, other) => one.top - other.top);
        boxes.forEach((one, i) => {
            for (const other of boxes.slice(i + 1)) {
                if (other.top >= one.bottom) break;
                if (one.text !== other.text && one.left < other.right && other.left < one.right)
                    found.push(`overlap: ${one.text.data.trim()} / ${other.text.data.trim()}`);
            }
        });
    }
    return [...new Set(found)];
"""


def pages(folder: Path = SITE) -> list[str]:
    """Return the pages of the site, without the files that the theme leaves."""
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*.html")))
    return [path.as_posix() for path in found if path.parts[0] != "_static"]


def flaws(browser: Browser, server: Server, page: str, width: int) -> list[str]:
    """Open a page and return what Chromium and axe have against it."""
    browser.resize(width)
    browser.console(), browser.requested(), server.requests.clear()
    browser.get(server.url + page)
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script(RUN_AXE)
    found += browser.console()
    found += [f"{status}: {path}" for path, status in server.requests if status >= 400]
    ours = (server.url, "data:")
    found += [f"elsewhere: {url}" for url in browser.requested() if not url.startswith(ours)]
    if (hidden := browser.execute_script(HIDDEN, width)) > 0:
        found.append(f"{hidden} pixels too wide, on a screen of {width}")
    return found + browser.execute_script(CUT, width) + browser.execute_script(OVERLAPS)


def invalid(files: Iterable[Path]) -> list[str]:
    """Return the errors and warnings of the Nu Html Checker."""
    command = ["java", "-jar", VNU, "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{message['url']}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stderr)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
        if message["message"] not in ACCEPTED
    ]


def read(folder: Path) -> dict[str, BeautifulSoup]:
    """Read the pages of a site."""
    return {
        page: BeautifulSoup((folder / page).read_text("utf-8"), "html.parser")
        for page in pages(folder)
    }


def broken(folder: Path) -> list[str]:
    """Return the links that lead nowhere in the site, and the pages that no other links to."""
    read_pages, linked, found = read(folder), {"index.html", "404.html"}, []
    anchors = {
        page: {e["id"] for e in soup.select("[id]")} for page, soup in read_pages.items()
    }
    for page, soup in read_pages.items():
        for element in soup.select("[href], [src], [action]"):
            link = next(
                element[name] for name in ("href", "src", "action") if name in element.attrs
            )
            target = urlsplit(urljoin(f"/{page}", link))
            if target.scheme or target.netloc:
                continue
            path = unquote(target.path).removeprefix(root(folder)).lstrip("/")
            anchor = unquote(target.fragment)
            path += "index.html" if path.endswith("/") or not path else ""
            linked |= {path} - {page}
            if path == "explore.html" and "(" in anchor:  # the expression of a schedule
                anchor = ""
            if not (folder / path).is_file() or (anchor and anchor not in anchors[path]):
                found.append(f"{page}: nothing at {link}")
    return found + [f"{page}: no link leads here" for page in read_pages if page not in linked]


def nameless(folder: Path) -> list[str]:
    """Return the pages and pictures without words of their own."""
    found, owners = [], defaultdict(set)
    for page, soup in read(folder).items():
        titles = [title.get_text() for title in soup.select("head > title")]
        descriptions = [meta["content"] for meta in soup.select('meta[name="description"]')]
        for kind, texts in (("title", titles), ("description", descriptions)):
            if len(texts) != 1:
                found.append(f"{page}: {len(texts)} of a {kind}")
            owners.update({(kind, text): owners[kind, text] | {page} for text in texts})
        for image in soup.find_all("img"):
            # Beside a thumbnail stands its title, which would be read out twice.
            if image.find_parent(class_="sphx-glr-thumbcontainer") and image.get("alt") == "":
                continue
            alt, file = image.get("alt") or "", (folder / page).parent / image["src"]
            owners["picture", alt].add(md5(file.read_bytes()).hexdigest())
            if alt.count(" ") < 2 or letters(alt) in letters(file.stem):
                found.append(f"{page}: {file.name} says {alt!r}")
        for number, svg in enumerate(soup.select("svg[role=img]:not([aria-hidden])")):
            owners["drawing", svg.get("aria-label", "")].add(f"{number} of {page}")
    return found + [f"{key} of {many}" for key, many in owners.items() if len(many) > 1]


def letters(text: str) -> str:
    """Return the letters and digits of a text, by which a file name is known again."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
