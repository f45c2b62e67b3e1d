"""The look of the gallery's figures, and the same bytes from the same sources."""

import zipfile
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from sphinx.application import Sphinx
from sphinx_gallery.scrapers import matplotlib_scraper


def reset(gallery_conf: dict[str, Any], script: str) -> None:
    """Set the site's look before each script, as the notebooks have it."""
    mpl.rc_file(Path(gallery_conf["src_dir"]) / "matplotlibrc")
    plt.style.use("lr_scheduler.curves")


def svg(block: Any, block_vars: dict[str, Any], gallery_conf: dict[str, Any]) -> str:
    """Scrape figures as SVG without a date."""
    rst: str = matplotlib_scraper(
        block,
        block_vars,
        gallery_conf,
        format="svg",
        metadata={"Date": None},
        facecolor="none",
    )
    return rst


def pin(app: Sphinx) -> None:
    """Rewrite the archives that sphinx-gallery made: sorted and without times."""
    for path in Path(app.srcdir).glob("gallery/**/*.zip"):
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in sorted(archive.namelist())}
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def setup(app: Sphinx) -> dict[str, bool]:
    """Pin the archives once the gallery is generated."""
    app.connect("builder-inited", pin, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
