"""Find a library, also in the folder of those that are there without what they need."""

import os
import sys
from importlib import metadata


def version(distribution):
    """Return the version of a library, which can be imported then."""
    try:
        found = metadata.version(distribution)
    except metadata.PackageNotFoundError:
        sys.path.append(os.environ["PEERS_WITHOUT_DEPENDENCIES"])
        found = metadata.version(distribution)
    return found.partition("+")[0]  # without the kind of build
