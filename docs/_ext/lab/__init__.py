"""The lab: what a schedule does to training, computed in the reader's browser.

``data`` writes what the models in ``static`` need.
"""
