"""The kernels of the notebooks: figures as SVG, the same bytes each time."""

from pathlib import Path

from ipykernel.iostream import OutStream

# A busy kernel would send what a cell prints in pieces, which myst-nb joins with line breaks.
OutStream.flush_interval = 60  # seconds; the end of a cell flushes anyway

c.IPKernelApp.log_level = "ERROR"  # the build's own log is the one to read
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {
    "metadata": {"Date": None},
    "bbox_inches": None,
    "facecolor": "none",
}
# The look of `plot`, for the other figures too.
STYLE = Path(__file__).parents[3] / "lr_scheduler" / "curves.mplstyle"
LINES = [line for line in STYLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
c.InlineBackend.rc = dict(line.split(": ", 1) for line in LINES)

# Pages show the `repr` of a scheduler, which is compared with what they document.
c.HTMLFormatter.deferred_printers = {("lr_scheduler._schedule", "Scheduler"): lambda _: None}
