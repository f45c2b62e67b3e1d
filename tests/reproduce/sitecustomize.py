"""Python begins with this module: it sets the clock that all of Python sees, until it ends."""

import os

import time_machine

time_machine.travel(os.environ["CLOCK"], tick=True).start()
