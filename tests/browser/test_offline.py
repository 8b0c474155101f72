"""The page without the service: it opens, helps, keeps nothing private, and renews itself."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Browser, Page, expect

from browsers import enter, opened, show
from services import SAMPLES, Started, clients, started
from sottovoce.server.routes.dashboard import FOLDER, ROOT_FILES

KEPT = """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) =>
  [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)])))"""
KEPT_AGAIN = """new Promise((done) => {
  const look = async () => ((await caches.keys()).length ? done(true) : setTimeout(look, 50));
  look();
})"""
READY = "navigator.serviceWorker.ready.then(() => undefined)"


def kept(page: Page) -> dict[str, list[str]]:
    """What the browser's cache holds, by the name of its part."""
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def add_memo(me: httpx2.Client) -> str:
    sound = {"file": ("memo.ogg", (SAMPLES / "even.ogg").read_bytes())}
    answer = me.post("/v1/analyses?save=true", files=sound, data={"note": "for nobody else"})
    return str(answer.raise_for_status().json()["entry_id"])


def test_it_opens_where_the_service_is_away(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, service_workers="allow") as page:
        with started(tmp_path / "home") as service:
            with clients(service.url, service.token) as (me, _):
                entry = add_memo(me)
            enter(page, service)
            page.evaluate(READY)
            for screen in (f"entry/{entry}", "journal", "settings", "today"):
                show(page, service, screen)
            built = {f"/assets/{one.name}" for one in (FOLDER / "assets").glob("*[!z]")}
            named = {f"/{name}" for name in ROOT_FILES if name != "sw.js"}
            ((cache, paths),) = kept(page).items()
            assert cache.startswith("shell-")
            assert set(paths) == {"/", *built, *named}
        page.goto(service.url)
        expect(page.get_by_role("heading", name="The service is away")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
        page.get_by_role("link", name="Get help now").first.click()
        expect(page.get_by_role("link", name="116 123")).to_be_visible()
        assert "for nobody else" not in json.dumps(page.evaluate("({...localStorage})"))


def test_leaving_forgets_the_cache_and_help_stays(browser: Browser, dashboard: Started) -> None:
    with opened(browser, service_workers="allow") as page:
        enter(page, dashboard)
        page.evaluate(READY)
        show(page, dashboard, "settings")
        page.get_by_role("button", name="Leave", exact=True).click()
        expect(page.get_by_label("Code or token")).to_be_visible()
        page.evaluate(KEPT_AGAIN)
        assert len(kept(page)) == 1


class Files(SimpleHTTPRequestHandler):
    """The files of a build, and nothing else."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A server of files; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_newer_build_is_offered_and_taken(browser: Browser, tmp_path: Path) -> None:
    build = tmp_path / "build"
    shutil.copytree(FOLDER, build)
    with serving(build) as address, opened(browser, service_workers="allow") as page:
        page.goto(address)
        page.evaluate(READY)
        (before,) = kept(page)
        newer = build / "index.html"
        newer.write_text(newer.read_text().replace('content="A private', 'content="A newer'))
        worker = build / "sw.js"
        worker.write_text(worker.read_text().replace(before.removeprefix("shell-"), "f" * 16))
        page.reload()
        assert described(page) == "A private voice barometer"
        page.get_by_role("button", name="Use it").click()
        page.wait_for_function("document.querySelector('meta[name=description]').content[2] == 'n'")
        assert list(kept(page)) == ["shell-" + "f" * 16]


def described(page: Page) -> str | None:
    return page.locator("meta[name=description]").get_attribute("content")


def test_it_can_be_installed(browser: Browser, dashboard: Started) -> None:
    with opened(browser, service_workers="allow") as page:
        page.goto(dashboard.url)
        page.evaluate(READY)
        devtools = page.context.new_cdp_session(page)
        manifest = devtools.send("Page.getAppManifest")
        assert manifest["errors"] == []
        assert json.loads(manifest["data"])["icons"][-1]["purpose"] == "maskable"
        assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
            [],
            [{"errorId": "in-incognito", "errorArguments": []}],
        )
