"""The thumbnails of sphinx-gallery as valid HTML."""

from sphinx.application import Sphinx
from sphinx_gallery import backreferences


def setup(app: Sphinx) -> dict[str, bool]:
    """Let a thumbnail's words stand in the attribute that HTML has for them."""
    for name in ("THUMBNAIL_TEMPLATE", "BACKREF_THUMBNAIL_TEMPLATE"):
        template = getattr(backreferences, name)
        setattr(backreferences, name, template.replace(' {tags}tooltip="', ' {tags}title="'))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
