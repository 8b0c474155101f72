"""Recording in the dashboard, with a real browser whose microphone hears real speech."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from browsers import NARROW, PHONE, chromium, enter, findings, opened, settled, show
from microphones import deaf, hearing, kept_seconds, spoken
from services import Started

LISTENING = {"permissions": ["microphone"]}
FAILURES = {
    "busy": ("NotReadableError", "Could not start audio source", "The microphone is in use"),
    "system": (
        "NotAllowedError",
        "Permission denied by system",
        "The system lets this browser hear nothing",
    ),
}


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if chromium() is None:
        pytest.skip("no Chromium to open the dashboard in; apt-get install chromium")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    running = hearing(playwright, tmp_path_factory.mktemp("speech"))
    yield running
    running.close()


def record(page: Page, seconds: int) -> None:
    """Press record, and speak for a while."""
    page.get_by_role("button", name="Record", exact=True).click()
    spoken(page, seconds)


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop and look").click()
    expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()


def at_recorder(page: Page, service: Started) -> None:
    """The recorder, of somebody who was here before."""
    enter(page, service)
    page.evaluate("localStorage.setItem('met', 'yes')")
    show(page, service, "add")


def test_first_run_to_the_first_score(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    begun = datetime.now(UTC)
    with opened(browser, **LISTENING) as page:
        enter(page, dashboard)
        page.get_by_role("link", name="Begin").click()  # one
        expect(page.get_by_label("Your time zone")).to_have_value("Europe/Berlin")
        page.get_by_role("button", name="Try the microphone").click()  # two
        expect(page.get_by_text("It hears you well.")).to_be_visible()
        record(page, 6)  # three
        expect(page.get_by_text("Level: Good")).to_be_visible()
        expect(page.get_by_text("From the last three seconds of speech")).to_be_visible()
        expect(page.get_by_text("Mostly ")).to_be_visible()
        expect(page.get_by_role("img", name="Stress index")).to_be_visible()
        stop(page)  # four
        kept_s = kept_seconds(page)
        told = page.get_by_text("Stress index 0").inner_text()
        page.get_by_role("radio", name="6 pleasant").check()
        page.get_by_role("textbox", name="Note").fill("my first")
        page.get_by_role("textbox", name="Tags").fill("home")
        page.get_by_role("button", name="Save to the journal").click()  # five, and the permission
        expect(page.get_by_text("Saved to your journal.")).to_be_visible()
        settled(page)
        expect(page.get_by_role("img", name=told)).to_be_visible()
        assert kept_seconds(page) == 0
        show(page, dashboard, "add")
        expect(page.get_by_role("heading", name="Speak a memo")).to_be_visible()
    [entry] = me.get("/v1/entries").raise_for_status().json()["entries"]
    whole = me.get(f"/v1/entries/{entry['id']}").raise_for_status().json()
    assert whole["analysis"]["recording"]["duration_s"] == pytest.approx(kept_s)
    assert (whole["note"], whole["tags"], whole["zone"]) == ("my first", ["home"], "Europe/Berlin")
    assert whole["self_report"]["valence"] == 6
    assert 0 <= (datetime.fromisoformat(whole["recorded_at"]) - begun).total_seconds() < 60


def test_paused_the_microphone_is_off(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        page.add_init_script(
            """const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            globalThis.asked = [];
            navigator.mediaDevices.getUserMedia = async (wanted) => {
              const stream = await ask(wanted);
              asked.push({wanted, track: stream.getAudioTracks()[0]});
              return stream;
            };"""
        )
        at_recorder(page, dashboard)
        record(page, 2)
        wanted = page.evaluate("asked[0].wanted.audio")
        assert not any(
            wanted[name] for name in ("echoCancellation", "noiseSuppression", "autoGainControl")
        )
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_text("Paused: the microphone is off", exact=True)).to_be_visible()
        assert page.evaluate("asked.map(({track}) => track.readyState)") == ["ended"]
        before_s = kept_seconds(page)
        page.get_by_role("button", name="Go on").click()
        spoken(page, 4)
        stop(page)
        assert page.evaluate("asked.map(({track}) => track.readyState)") == ["ended", "ended"]
        assert kept_seconds(page) > before_s >= 2
        page.get_by_role("button", name="Discard").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()
        page.get_by_role("button", name="Discard").click()
        expect(page.get_by_role("heading", name="Speak a memo")).to_be_visible()
        page.wait_for_function(
            """() => new Promise((resolve) => {
              const opening = indexedDB.open("sottovoce", 1);
              opening.onsuccess = () => {
                const store = opening.result.transaction("pieces").objectStore("pieces");
                store.count().onsuccess = (event) => {
                  opening.result.close();
                  resolve(event.target.result === 0);
                };
              };
            })""",
            polling=500,
        )


@pytest.mark.parametrize("kind", FAILURES)
def test_what_the_browser_says_is_told_with_a_remedy(
    browser: Browser, dashboard: Started, kind: str
) -> None:
    """A stub says what browsers say: neither can be had here (test_microphone.py has the rest)."""
    name, message, told = FAILURES[kind]
    with opened(browser, **LISTENING) as page:
        page.add_init_script(
            f"navigator.mediaDevices.getUserMedia = async () => "
            f"{{ throw new DOMException('{message}', '{name}'); }}"
        )
        at_recorder(page, dashboard)
        page.get_by_role("button", name="Record", exact=True).click()
        failure = page.get_by_role("alert")
        expect(failure.get_by_role("heading", name=told)).to_be_visible()
        expect(failure.get_by_role("button", name="Try again")).to_be_visible()
        assert findings(page) == []


def test_refused_by_the_person(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        at_recorder(page, dashboard)
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_text("This page was not allowed to listen")).to_be_visible()
        page.context.grant_permissions(["microphone"])
        page.get_by_role("button", name="Try again").click()
        spoken(page, 1)


def test_a_browser_that_cannot_record(browser: Browser, dashboard: Started) -> None:
    """Chromium can, so what it does it with is taken away."""
    with opened(browser, **LISTENING) as page:
        page.add_init_script("delete Navigator.prototype.mediaDevices")
        at_recorder(page, dashboard)
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_role("heading", name="This browser cannot record")).to_be_visible()
        expect(page.get_by_role("button", name="Try again")).to_have_count(0)
        expect(page.get_by_role("button", name="Choose files")).to_be_visible()


def test_no_microphone(playwright: Playwright, dashboard: Started) -> None:
    browser = deaf(playwright)
    with opened(browser, **LISTENING) as page:
        at_recorder(page, dashboard)
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_text("There is no microphone")).to_be_visible()
    browser.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, dashboard: Started, theme: str) -> None:
    with opened(browser, PHONE, theme, **LISTENING) as page:
        enter(page, dashboard)
        show(page, dashboard, "add")
        assert findings(page) == [], "first run"
        page.get_by_role("button", name="Try the microphone").click()
        expect(page.get_by_text("It hears you well.")).to_be_visible()
        assert findings(page) == [], "test of the microphone"
        record(page, 3)
        assert findings(page) == [], "recording"
        page.get_by_role("button", name="Pause").click()
        assert findings(page) == [], "paused"
        page.get_by_role("link", name="Trends", exact=True).click()
        expect(page.get_by_text("Recording paused, 0:0")).to_be_visible()
        settled(page)
        assert findings(page) == [], "elsewhere"
        page.get_by_role("link", name="Go to it").click()
        stop(page)
        assert findings(page) == [], "review"


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_by_keys_alone_and_320_pixels_wide(
    browser: Browser, dashboard: Started, me: httpx2.Client, locale: str
) -> None:
    german = locale == "de-DE"
    with opened(browser, NARROW, locale=locale, **LISTENING) as page:
        page.goto(f"{dashboard.url}/#code={dashboard.token}")
        page.get_by_role("navigation").wait_for()
        page.evaluate("localStorage.setItem('met', 'yes')")
        page.goto(f"{dashboard.url}/#/add")
        press(page, "Aufnehmen" if german else "Record")
        spoken(page, 3)
        assert narrow(page)
        press(page, "Beenden und ansehen" if german else "Stop and look")
        expect(
            page.get_by_text("Deine Stimme klang" if german else "Your voice sounded")
        ).to_be_visible()
        assert narrow(page)
        press(page, "Ins Journal sichern" if german else "Save to the journal")
        page.wait_for_url("**/#/entry/*")
    assert len(me.get("/v1/entries").raise_for_status().json()["entries"]) == 1


def press(page: Page, name: str) -> None:
    """Reach a button with Tab, see that a finger could press it, and press Enter."""
    button = page.get_by_role("button", name=name, exact=True)
    button.wait_for()
    for _ in range(60):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.keyboard.press("Enter")


def narrow(page: Page) -> bool:
    return int(page.evaluate("document.documentElement.scrollWidth")) <= NARROW[0]
