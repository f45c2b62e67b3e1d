"""The explorer: schedules that the reader changes, computed by Python in the browser.

``directive`` is the Sphinx extension, ``page`` the Python that answers in the browser, and
``static`` what the browser loads.
"""
