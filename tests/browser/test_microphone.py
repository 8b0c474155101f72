"""Microphones as a machine has them: a sound server of its own, and a browser that fakes nothing.

What cannot be had here: a system that forbids a browser to listen (Linux has no such switch) and a
device that another program holds (the sound server shares all of its own); test_record.py stands in
for those with what browsers say then.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from browsers import FLAGS, chromium, enter, findings, opened, show
from certificates import certified
from microphones import deaf, hearing, kept_seconds, speech, spoken
from pulse import Pulse
from services import Started, started

LISTENING = {"permissions": ["microphone"]}
AT_HOME = "voice.test"
"""A name of this machine that browsers do not take for the machine itself."""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if chromium() is None:
        pytest.skip("no Chromium to open the dashboard in; apt-get install chromium")
    with sync_playwright() as running:
        yield running


@pytest.fixture
def plugged(playwright: Playwright, pulse: Pulse, tmp_path: Path) -> Iterator[Browser]:
    """A browser on a machine with one microphone, into which somebody speaks."""
    said = tmp_path / "speech.wav"
    said.write_bytes(speech())
    pulse.plug_in()
    command = {"executable_path": chromium(), "args": list(FLAGS), "env": dict(pulse.environment)}
    running = playwright.chromium.launch(**command)  # type: ignore[arg-type]
    talking = pulse.play(said)
    yield running
    running.close()
    talking.kill()
    talking.wait()


def press_record(page: Page, service: Started) -> None:
    page.evaluate("localStorage.setItem('met', 'yes')")
    show(page, service, "add")
    page.get_by_role("button", name="Record", exact=True).click()


def test_the_sound_server_dies_while_it_records(
    plugged: Browser, pulse: Pulse, dashboard: Started
) -> None:
    with opened(plugged, **LISTENING) as page:
        enter(page, dashboard)
        press_record(page, dashboard)
        spoken(page, 4)
        pulse.die()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("The microphone is gone")
        kept_s = kept_seconds(page)
        assert kept_s >= 4
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="There is no microphone")).to_be_visible()
        assert kept_seconds(page) == kept_s
        page.get_by_role("button", name="Stop and look").click()
        expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()


def test_a_microphone_that_the_server_loses_is_told_as_silence(
    plugged: Browser, pulse: Pulse, dashboard: Started
) -> None:
    """Chromium says nothing then: the track lives on, and gives silence."""
    with opened(plugged, **LISTENING) as page:
        enter(page, dashboard)
        press_record(page, dashboard)
        spoken(page, 3)
        pulse.pull_out()
        expect(page.get_by_text("Level: Nothing comes in: is the microphone muted")).to_be_visible()
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="There is no microphone")).to_be_visible()
        pulse.plug_in()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        page.get_by_role("button", name="Stop and look").click()
        expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()


def test_over_an_open_line_nobody_listens_and_nobody_is_let_in(
    playwright: Playwright, tmp_path: Path
) -> None:
    named = f"--host-resolver-rules=MAP {AT_HOME} 127.0.0.1"
    browser = deaf(playwright, named)
    with started(tmp_path / "home", "--allow-host", AT_HOME) as service:
        address = f"http://{AT_HOME}:{service.port}/"
        with opened(browser) as page:
            page.goto(address)
            expect(page.get_by_role("alert")).to_contain_text("This line is open")
            assert page.evaluate("[isSecureContext, 'mediaDevices' in navigator]") == [False, False]
            assert findings(page) == []
        shown = {"Authorization": f"Bearer {service.token}"}
        with opened(browser, extra_http_headers=shown) as page:
            page.goto(f"{address}#/add")
            page.evaluate("localStorage.setItem('met', 'yes')")
            page.reload()
            page.get_by_role("button", name="Record", exact=True).click()
            told = page.get_by_role("heading", name="A page may listen only over a secure line")
            expect(told).to_be_visible()
            expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    browser.close()


def test_a_phone_in_the_same_network_records_over_https(
    playwright: Playwright, tmp_path: Path
) -> None:
    """As one at home: another name, a certificate of one's own, and the page installed."""
    cert, key = certified(tmp_path, AT_HOME)
    secure = ("--tls-cert", cert, "--tls-key", key, "--allow-host", AT_HOME)
    named = (f"--host-resolver-rules=MAP {AT_HOME} 127.0.0.1", "--ignore-certificate-errors")
    browser = hearing(playwright, tmp_path, *named)
    phone = {"is_mobile": True, "has_touch": True, "service_workers": "allow", **LISTENING}
    with started(tmp_path / "home", *secure) as service:
        address = f"https://{AT_HOME}:{service.port}/"
        with opened(browser, (390, 844), **phone) as page:
            page.goto(f"{address}#code={service.token}")
            expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            page.evaluate("localStorage.setItem('met', 'yes')")
            page.goto(f"{address}#/add")
            page.get_by_role("button", name="Record", exact=True).tap()
            spoken(page, 3)
            page.get_by_role("button", name="Stop and look").tap()
            expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()
            page.get_by_role("button", name="Save to the journal").tap()
            page.wait_for_url("**/#/entry/*")
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
    browser.close()
