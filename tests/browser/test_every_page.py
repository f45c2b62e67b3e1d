import pytest
from browser import SITE
from checks import broken, flaws, invalid, nameless, pages


# A layout depends on the width and a contrast on the mode, so two screens see both.
@pytest.mark.parametrize(("width", "mode"), [(1280, "light"), (375, "dark")])
@pytest.mark.parametrize("page", pages())
def test_a_page_has_no_flaw(browser, site, page, width, mode):
    browser.prefer(mode)
    assert flaws(browser, site, page, width) == []


def test_the_html_is_valid():
    assert invalid(SITE / page for page in pages()) == []


def test_every_link_leads_somewhere_and_every_page_is_linked():
    assert broken(SITE) == []


def test_every_page_and_picture_has_words_of_its_own():
    assert nameless(SITE) == []
