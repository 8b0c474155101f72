"""What the dashboard is made of: small, from here alone, kept as long as its name says."""

import gzip

import httpx2

from services import Started, clients
from sottovoce.server.routes.dashboard import FOLDER

MOST_JS_BYTES = 120_000


def test_the_script_is_small() -> None:
    scripts = list(FOLDER.rglob("*.js"))
    assert scripts, "the dashboard was not built"
    assert sum(len(gzip.compress(one.read_bytes(), 9)) for one in scripts) <= MOST_JS_BYTES


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    page = (FOLDER / "index.html").read_text()
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count('<script type="module" crossorigin src="/assets/')
    assert "http" not in page


def test_the_page_is_never_kept_and_its_files_for_ever(shared_dashboard: Started) -> None:
    with clients(shared_dashboard.url, shared_dashboard.token) as (_, nobody):
        page = nobody.get("/")
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert "unsafe" not in page.headers["content-security-policy"]
        script = next((FOLDER / "assets").glob("*.js"))
        found = nobody.get(f"/assets/{script.name}")
        assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert found.headers["content-type"].startswith("text/javascript")
        assert found.headers["content-encoding"] == "gzip"
        plain = nobody.get(f"/assets/{script.name}", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.content == found.content == script.read_bytes()
        assert nobody.head("/").status_code == 200


def test_nothing_else_is_served(shared_dashboard: Started) -> None:
    with httpx2.Client(base_url=shared_dashboard.url) as nobody:
        for path in (
            "/assets/none.js",
            "/assets/..%2findex.html",
            "/assets/.hidden",
            "/built-from.sha256",
        ):
            found = nobody.get(path)
            assert found.status_code in (404, 422), path
            assert found.headers["content-type"] == "application/problem+json"
