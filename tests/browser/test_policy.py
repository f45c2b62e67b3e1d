from urllib.request import urlopen

import pytest
from browser import WORKER, serve


@pytest.mark.parametrize(
    ("path", "scripts"),
    [("page.html", "script-src 'self'"), (WORKER[1:], "script-src 'self' 'unsafe-eval'")],
)
def test_only_the_worker_may_make_code(tmp_path, path, scripts):
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    with serve(tmp_path) as server, urlopen(server.url + path) as response:
        policy = response.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert [part for part in policy if part.startswith("script-src")] == [scripts]
    assert not any("unsafe-inline" in part for part in policy)
