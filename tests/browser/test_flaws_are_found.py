import pytest
from browser import serve
from checks import broken, flaws, invalid, nameless
from test_keyboard import walk

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><meta name="description" content="{about}">
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">
</head>
<body><main><h1 id="top">{title}</h1>{body}</main></body>
</html>"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z" fill="{}"/></svg>'
SOUND = '<p><a href="#top">Up</a> <img src="square.svg" alt="A black triangle"></p>'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "square.svg").write_text(SQUARE.format("black"))
    (tmp_path / "other.svg").write_text(SQUARE.format("red"))
    (tmp_path / "style.css").write_text(
        ".bare:focus { outline: none } main:has(#wide) { overflow-x: auto }"
        ".narrow { overflow: hidden } .above { margin-top: -2em }"
    )
    (tmp_path / "loud.js").write_text("console.error('loud')")
    (tmp_path / "trap.js").write_text(
        "document.onkeydown = e => { if (document.activeElement.id) e.preventDefault(); }"
    )
    return tmp_path


def write(folder, body, name="index", title="A page", about="What is on it"):
    path = folder / f"{name}.html"
    path.write_text(PAGE.format(title=title, about=about, body=body), "utf-8")
    return path


def test_a_sound_page_passes_all_checks(folder, browser):
    page = write(folder, SOUND)
    with serve(folder) as server:
        assert flaws(browser, server, "index.html", 375) == []
        browser.get(server.url)
        assert walk(browser)[1] == []
    assert invalid([page]) == broken(folder) == nameless(folder) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<font color="#bbbbbb">pale</font>', "color-contrast"),
        ('<script src="loud.js"></script>', "loud"),
        ('<p style="color: black">styled</p>', "Content Security Policy"),
        ('<img src="gone.svg" alt="A picture that is gone">', "404: /gone.svg"),
        ('<img src="http://other.test/a.svg" alt="A picture">', "elsewhere: http://other"),
        (f"<table><tr><td>{'wide' * 100}</table>", "pixels too wide"),
        (f'<pre id="wide">{"wide" * 100}</pre>', "pixels too wide"),
        (f'<p class="narrow">{"wide" * 100}</p>', "cut by"),
        ('<p>One text</p><p class="above">Another one</p>', "overlap: One text / Another one"),
    ],
)
def test_the_browser_finds(folder, browser, body, words):
    write(folder, body)
    with serve(folder) as server:
        assert words in "\n".join(flaws(browser, server, "index.html", 375))


@pytest.mark.parametrize(
    "body", ["<p tooltip='x'>x</p>", "<p><b>x</p>", "<article>x</article>"]
)
def test_the_html_checker_finds(folder, body):
    assert len(invalid([write(folder, body)])) > 0


@pytest.mark.parametrize(
    "link",
    ['a href="gone.html"', 'a href="#gone"', 'a href="other.html#gone"', 'img src="gone.svg"'],
)
def test_a_broken_link_is_found(folder, link):
    write(folder, f'<a href="other.html#top">x</a> <{link}>x')
    write(folder, SOUND, "other")
    (flaw,) = broken(folder)
    assert flaw == f"index.html: nothing at {link.partition('=')[2][1:-1]}"


def test_a_page_that_none_leads_to_is_found(folder):
    write(folder, SOUND)
    write(folder, SOUND, "other")
    assert broken(folder) == ["other.html: no link leads here"]


@pytest.mark.parametrize(
    ("body", "title", "about", "words"),
    [
        ("", "A page", "Another", "A page"),
        ("", "Another", "What is on it", "What is on it"),
        ('<img src="other.svg">', "Another", "Another", "says ''"),
        ('<img src="other.svg" alt="other.svg">', "Another", "Another", "says 'other.svg'"),
        ('<img src="other.svg" alt="A black triangle">', "Another", "Another", "A black"),
        ("<svg role='img'/><svg role='img'/>", "Another", "Another", "drawing"),
    ],
)
def test_missing_words_are_found(folder, body, title, about, words):
    write(folder, SOUND)
    assert nameless(folder) == []
    write(folder, body, "other", title, about)
    assert words in "\n".join(nameless(folder))


def test_a_stop_that_one_does_not_see_is_found(folder, browser):
    write(folder, '<a class="bare" href="#top">Up</a> <a href="#top">Up</a>')
    with serve(folder) as server:
        browser.get(server.url)
        assert walk(browser)[1] == ['<a class="bare" href="#top">Up</a>']


def test_a_trap_is_found(folder, browser):
    write(
        folder,
        '<a href="#top">Up</a> <a id="a" href="#top">A</a><script src="trap.js"></script>',
    )
    with serve(folder) as server:
        browser.get(server.url)
        with pytest.raises(AssertionError, match="a trap"):
            walk(browser)
