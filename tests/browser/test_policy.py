from urllib.request import urlopen

import pytest
from browser import serve


@pytest.mark.parametrize("path", ["page.html", "_static/explorer/worker.js"])
def test_no_file_may_make_code(tmp_path, path):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    with serve(tmp_path) as server, urlopen(server.url + path) as response:
        policy = response.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert [part for part in policy if part.startswith("script-src")] == ["script-src 'self'"]
    assert not any("unsafe" in part for part in policy)
