"""The kernels of the notebooks: figures as SVG, the same bytes each time."""

c.IPKernelApp.log_level = "ERROR"  # the build's own log is the one to read
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {"metadata": {"Date": None}, "bbox_inches": None}
