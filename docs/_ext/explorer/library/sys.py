"""What the package asks of the interpreter."""

from _sys import modules as modules

version_info = (3, 14)
