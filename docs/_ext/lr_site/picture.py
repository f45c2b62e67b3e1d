"""Draw the gallery's comparison: for the README as SVG, for links that people share as PNG.

``python picture.py SCRIPT PICTURE`` runs the script and saves the figure of its `ax`.
"""

import runpy
import sys
from pathlib import Path

import matplotlib as mpl

if __name__ == "__main__":
    script, picture = sys.argv[1:]
    mpl.rc_file(Path(__file__).parents[2] / "matplotlibrc")
    mpl.use("agg")
    ax = runpy.run_path(script)["ax"]
    if picture.endswith(".png"):
        ax.figure.set_size_inches(6, 3.15)  # 1200 by 630 pixels, as large as such pictures are
    ax.figure.savefig(picture, metadata={"Date": None}, facecolor="white", dpi=200)
