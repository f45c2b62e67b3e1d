"""Sphinx configuration."""

import os
import sys
from pathlib import Path

from lr_scheduler import __version__

HERE = Path(__file__).parent
# Where the site is published, and where its source is. Without these settings the site is at a
# host that does not exist, and its source is the archive that the build puts beside the pages.
html_baseurl = os.environ.get("SITE_ADDRESS", "https://lr-scheduler.example").rstrip("/") + "/"
source_address = os.environ.get("SOURCE_ADDRESS", "")

sys.path.insert(0, str(HERE / "_ext"))
os.environ["IPYTHONDIR"] = str(HERE / "_ipython")  # figures of the notebooks as SVG
os.environ["MATPLOTLIBRC"] = str(HERE / "matplotlibrc")
os.environ.pop("MPLBACKEND", None)  # else the kernels would inherit one without figures

project = "lr_scheduler"
copyright = "the lr_scheduler developers, Apache-2.0. Not affiliated with Apache MXNet"
version = release = __version__

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_gallery.gen_gallery",
    "explorer.directive",
    "lab.directive",
    "lr_site.curves",
    "lr_site.documented",
    "lr_site.formulas",
    "lr_site.mathml",
    "lr_site.notebook",
    "lr_site.peers",
    "lr_site.publish",
    "lr_site.recipes",
    "lr_site.reference",
    "lr_site.reproducible",
    "lr_site.search",
    "lr_site.thumbnails",
]
exclude_patterns = ["_build", "_data", "_ipython", "gallery/*.ipynb"]
nitpicky = True
suppress_warnings = ["sphinx_gallery.space_in_filename"]  # of a clone's folder: it does no harm
copybutton_prompt_is_regexp = True
copybutton_prompt_text = r">>> |\.\.\. "
copybutton_selector = ":not(.output, .sphx-glr-script-out) > .highlight pre"
nitpick_ignore = [("py:class", "callable")]  # a word of docstrings, not a type

autodoc_typehints = "none"
napoleon_use_param = napoleon_use_rtype = False
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
nb_execution_mode = "force"
nb_execution_in_temp = True  # the code may write files
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_mime_priority_overrides = [("html", "text/html", 110)]  # a value is text, which is checked
nb_code_prompt_show = "Show the code of the picture"
nb_code_prompt_hide = "Hide the code of the picture"
nb_execution_timeout = 300  # the first figure on a slow machine looks for fonts
documented_files = ["../README.md"]
documented_packages = ["lr_scheduler"]  # the examples of the reference
documented_elsewhere = [  # where a framework is installed: in the session `integrations`
    "lr_scheduler.frameworks",
    "lr_scheduler.frameworks._keras",
    "lr_scheduler.frameworks._torch",
    "lr_scheduler.keras",
]
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", "_inventories/python.txt"),
    "numpy": ("https://numpy.org/doc/stable", "_inventories/numpy.txt"),
    "matplotlib": ("https://matplotlib.org/stable", "_inventories/matplotlib.txt"),
}
# An example is run again if it has changed; all are, if what they show could have.
sources = [*HERE.parent.glob("lr_scheduler/*.py"), *HERE.glob("_ext/lr_site/*.py")]
shown = [*sources, HERE / "matplotlibrc", HERE.parent / "lr_scheduler/curves.mplstyle"]
made = HERE.glob("gallery/*.md5")
sphinx_gallery_conf = {
    "backreferences_dir": "gallery/backreferences",
    "capture_repr": ("__repr__",),
    "copyfile_regex": r"index\.rst",
    "doc_module": ("lr_scheduler",),
    "examples_dirs": "../gallery",
    "filename_pattern": "",
    "gallery_dirs": "gallery",
    "ignore_repr_types": "matplotlib",
    "image_scrapers": "lr_site.reproducible.svg",
    "min_reported_time": float("inf"),
    "notebook_images": True,  # a download carries its pictures
    "reference_url": {"lr_scheduler": None},
    "remove_config_comments": True,
    "reset_modules": ("matplotlib", "lr_site.reproducible.reset"),
    "run_stale_examples": max(path.stat().st_mtime for path in shown)
    > min((path.stat().st_mtime for path in made), default=0),
    "show_signature": False,
    "within_subsection_order": "FileNameSortKey",
    "write_computation_times": False,
}

html_theme = "pydata_sphinx_theme"
html_title = "lr_scheduler"
html_favicon = "_static/favicon.svg"
templates_path = ["_templates"]
html_static_path = ["_static"]
html_extra_path = ["../.github/CITATION.cff"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_additional_pages = {"404": "404.html"}
html_search_scorer = str(HERE / "_static" / "scorer.js")
html_math_renderer = "mathml"
html_context = {"default_mode": "auto"}
html_copy_source = html_show_sourcelink = False
html_sidebars = {"**": ["sidebar-nav-bs"]} | {
    page: []
    for page in (
        *(f"coming-from/{path.stem}" for path in HERE.glob("coming-from/*.md")),
        "changelog",
        "choose",
        "conventions",
        "explore",
        "famous",
        "lab",
        "tutorial",
    )
}
html_theme_options = {
    "back_to_top_button": False,  # it covers text, and Tab reaches it only on the way back
    "footer_end": ["version"],
    "footer_start": ["copyright"],
    "header_links_before_dropdown": 7,
    "navbar_end": ["theme-switcher"],
    "show_prev_next": True,
}
