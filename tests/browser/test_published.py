"""What stands beside the pages: the files to install, to share and to be found."""

import io
import re
import zipfile
from urllib.parse import urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from browser import ROOT, SITE
from checks import pages, read
from selenium.webdriver.common.by import By

HOME = (SITE / "index.html").read_text("utf-8")
VERSION = re.search(r'__version__ = "(.+)"', (ROOT / "lr_scheduler/__init__.py").read_text())[1]
ADDRESS = re.search(r'rel="canonical" href="(.+)index\.html"', HOME)[1]
LISTED = {*pages()} - {"404.html", "genindex.html", "search.html"}


def test_the_install_line_names_the_wheel_by_the_address_of_the_page(browser, site):
    browser.get(f"{site.url}index.html")
    command = browser.find_element(By.CSS_SELECTOR, ".install pre").text
    line = r"pip install 'schedule-learning-rate\[plot\] @ (\S+)'"
    address = re.fullmatch(line, command)[1]
    assert address.startswith(f"{site.url}schedule_learning_rate-{VERSION}-")
    with urlopen(address) as response:
        wheel = zipfile.ZipFile(io.BytesIO(response.read()))
    assert "lr_scheduler/__init__.py" in wheel.namelist()


@pytest.mark.parametrize("path", ["gone.html", "a/b/gone.html"])
def test_the_page_for_a_missing_address_works_at_any_depth(browser, site, path):
    browser.get(site.url + path)
    assert browser.find_element(By.TAG_NAME, "h1").text == "Page not found"
    assert [each for each in browser.console() if path not in each] == []
    links = browser.find_elements(By.CSS_SELECTOR, ".bd-article a")
    home = next(each.get_attribute("href") for each in links if each.text == "Home")
    assert urlsplit(home).path == f"{site.root}index.html"


def test_the_sitemap_has_every_page():
    found = ElementTree.parse(SITE / "sitemap.xml").findall(".//{*}loc")
    assert {each.text.removeprefix(ADDRESS) for each in found} == LISTED


def test_the_list_for_language_models_has_every_page_and_what_it_is_about():
    text = (SITE / "llms.txt").read_text("utf-8")
    found = dict(re.findall(r"^- \[.+?\]\((\S+)\): (.+)$", text, re.MULTILINE))
    assert {each.removeprefix(ADDRESS) for each in found} == LISTED


def test_every_page_has_a_picture_and_an_address_to_share():
    for page, soup in read(SITE).items():
        shared = {each["property"]: each["content"] for each in soup.select("meta[property]")}
        assert shared["og:url"] == ADDRESS + page
        assert (SITE / shared["og:image"].removeprefix(ADDRESS)).is_file()
        described = soup.select_one('meta[name="description"]')["content"]
        assert shared["og:description"] == described


def test_the_source_can_be_downloaded(site):
    source = re.search(r'href="([^"]+)">Source<', HOME)[1]
    assert urlsplit(source).netloc or (SITE / source).is_file()
