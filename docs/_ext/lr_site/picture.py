"""Draw the picture of the README: the figure of the gallery's comparison.

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
    ax.figure.savefig(picture, metadata={"Date": None}, facecolor="white")
