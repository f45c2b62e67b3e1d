"""Run ``python -m lr_scheduler``."""

import sys

from ._command import main

if __name__ == "__main__":
    sys.exit(main())
