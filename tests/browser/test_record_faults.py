"""What goes wrong while a memo is recorded: nothing is lost, and the page says what happened."""

import wave
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from browsers import chromium, enter, opened, settled, show
from microphones import cable, hearing, kept_seconds, sleep_for, spoken
from services import Started, clients, started
from sockets import Port, until
from sottovoce.server.live.rules import LiveRules

LISTENING = {"permissions": ["microphone"]}
TIME_FLIES = """
const { get, set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
let heard = 0;
Object.defineProperty(MessagePort.prototype, "onmessage", {
  get,
  set(hear) {
    set.call(this, (event) => {
      const times = heard < 27 * 60 * 20 ? 400 : 40;
      for (let one = 0; one < times; one += 1) hear.call(this, event);
      heard += times;
    });
  },
});"""
KEPT_STREAM = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await ask(wanted);
  globalThis.track = stream.getAudioTracks()[0];
  return stream;
};"""


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


def recording(page: Page, service: Started, seconds: int = 2) -> None:
    """Come in as somebody who was here before, and speak for a while."""
    enter(page, service)
    page.evaluate("localStorage.setItem('met', 'yes')")
    show(page, service, "add")
    page.get_by_role("button", name="Record", exact=True).click()
    spoken(page, seconds)


def stop(page: Page) -> None:
    page.get_by_role("button", name="Stop and look").click()


def heard(page: Page) -> None:
    expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save to the journal").click()
    page.wait_for_url("**/#/entry/*")


def the_entry(me: httpx2.Client) -> dict[str, object]:
    """The one there is, whole."""
    [entry] = me.get("/v1/entries").raise_for_status().json()["entries"]
    whole: dict[str, object] = me.get(f"/v1/entries/{entry['id']}").raise_for_status().json()
    return whole


def duration_s(entry: dict[str, object]) -> float:
    return float(entry["analysis"]["recording"]["duration_s"])  # type: ignore[index]


def test_a_line_that_is_cut_is_taken_up_again(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    with cable(dashboard) as line, opened(browser, **LISTENING) as page:
        recording(page, replace(dashboard, port=line.port))
        line.cut()
        expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
        spoken(page, 4)
        line.mend()
        expect(page.get_by_role("alert")).to_have_count(0)
        stop(page)
        heard(page)
        kept_s = kept_seconds(page)
        save(page)
        sockets = [one for one in line.asked if b"/v1/live" in one]
    assert b"?session=" not in sockets[0]
    assert all(b"?session=" in one for one in sockets[1:])
    assert len(sockets) > 1
    assert duration_s(the_entry(me)) == pytest.approx(kept_s)


def test_the_service_is_killed_and_the_page_dies_too(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with opened(browser, **LISTENING) as page:
        with started(home) as service:
            recording(page, service)
            service.process.kill()
            expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
            spoken(page, 4)
        stop(page)
        expect(page.get_by_text("How it sounded is told once the service is back.")).to_be_visible()
        with page.expect_download() as coming:
            page.get_by_role("button", name="Save as a wav file").click()
        kept_s = kept_seconds(page)
        assert kept_s >= 4
        assert seconds_of(coming.value.path()) == pytest.approx(kept_s)
        again = page.context.new_page()
        page.close()
        with started(home, port=service.port) as service:
            again.goto(f"{service.url}/#/add")
            again.get_by_label("Code or token").fill(service.token)
            again.get_by_role("button", name="Enter").first.click()
            expect(again.get_by_role("heading", name="Left behind in this browser")).to_be_visible()
            again.get_by_role("button", name="Look at it").click()
            heard(again)
            save(again)
            with clients(service.url, service.token) as (me, _):
                assert duration_s(the_entry(me)) == pytest.approx(kept_s)


def seconds_of(file: Path) -> float:
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getsampwidth()) == (1, 16_000, 2)
        return sound.getnframes() / sound.getframerate()


def test_the_session_ends_while_it_records(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    with cable(dashboard) as line, opened(browser, **LISTENING) as page:
        service = replace(dashboard, port=line.port)
        recording(page, service)
        page.context.clear_cookies()
        line.cut()
        line.mend()
        expect(page.get_by_role("alert")).to_contain_text("wants to know who you are again")
        stop(page)
        expect(page.get_by_text("Come in again to hear how it sounded")).to_be_visible()
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_text("A recording waits to be saved")).to_be_visible()
        page.get_by_label("Code or token").fill(service.token)
        page.get_by_role("button", name="Enter").first.click()
        heard(page)
        save(page)
    assert duration_s(the_entry(me)) >= 2


def test_the_service_hears_as_many_as_it_can(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    door = Port(dashboard.port, dashboard.token)
    with ExitStack() as others, opened(browser, **LISTENING) as page:
        for _ in range(LiveRules().sessions):
            line = others.enter_context(door.open())
            until(line, "session")
        recording(page, dashboard)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("The service hears as many as it can just now")
        stop(page)
        expect(page.get_by_text("How it sounded is told as soon as there is room")).to_be_visible()
        others.close()
        heard(page)
        save(page)
    assert duration_s(the_entry(me)) >= 2


def test_after_half_an_hour_it_ends_by_itself_and_all_of_it_is_kept(
    browser: Browser, dashboard: Started
) -> None:
    """The microphone's pieces of 50 ms count many times, so that time flies; nobody hears them."""
    with cable(dashboard) as line, opened(browser, **LISTENING) as page:
        page.add_init_script(TIME_FLIES)
        enter(page, replace(dashboard, port=line.port))
        page.evaluate("localStorage.setItem('met', 'yes')")
        show(page, replace(dashboard, port=line.port), "add")
        expect(page.get_by_text("A memo has at most 30:00")).to_be_visible()
        line.cut()
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("needs a part of itself from it")
        line.mend()
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_role("button", name="Stop and look")).to_be_enabled()
        line.cut()
        expect(page.get_by_text("It stops by itself in").first).to_be_visible()
        expect(page.get_by_role("alert").first).to_contain_text("It stopped by itself")
        with page.expect_download() as coming:
            page.get_by_role("button", name="Save as a wav file").click()
        assert seconds_of(coming.value.path()) == kept_seconds(page) == 1800


def test_the_microphone_is_pulled_out(browser: Browser, dashboard: Started) -> None:
    """As a browser tells it; test_microphone.py has a sound server that dies.

    No page is ever hidden in a browser without a screen, so that is told to it too.
    """
    with opened(browser, **LISTENING) as page:
        page.add_init_script(KEPT_STREAM)
        recording(page, dashboard)
        page.evaluate("track.dispatchEvent(new Event('mute'))")
        expect(page.get_by_role("alert")).to_contain_text("The system has muted the microphone")
        page.evaluate("track.dispatchEvent(new Event('unmute'))")
        expect(page.get_by_role("alert")).to_have_count(0)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page.get_by_role("alert")).to_contain_text("it went on recording")
        page.evaluate("track.stop(); track.dispatchEvent(new Event('ended'))")
        expect(page.get_by_role("alert")).to_contain_text("The microphone is gone")
        assert kept_seconds(page) >= 2
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("alert")).to_have_count(0)
        spoken(page, 4)
        stop(page)
        heard(page)


def test_the_permission_is_taken_back(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        recording(page, dashboard)
        refuse(page, dashboard)
        expect(page.get_by_role("alert")).to_contain_text("This page may no longer listen")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("This page was not allowed to listen")).to_be_visible()
        stop(page)
        heard(page)


def refuse(page: Page, service: Started) -> None:
    """Take the permission back, as a person does beside the address."""
    session = page.context.new_cdp_session(page)
    target = session.send("Target.getTargetInfo")["targetInfo"]
    wish = {
        "permission": {"name": "microphone"},
        "setting": "denied",
        "origin": service.url,
        "browserContextId": target["browserContextId"],
    }
    session.send("Browser.setPermission", wish)


def test_the_machine_sleeps(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        recording(page, dashboard)
        sleep_for(browser, 6)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("This device slept, or its clock was set: 0:0")
        before_s = kept_seconds(page)
        assert 2 <= before_s < 6
        page.get_by_role("button", name="Go on").click()
        expect(alert).to_have_count(0)
        stop(page)
        heard(page)


def test_two_tabs_do_not_record_at_once(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        recording(page, dashboard, 1)
        other = page.context.new_page()
        other.goto(f"{dashboard.url}/#/add")
        other.get_by_role("button", name="Record", exact=True).click()
        expect(other.get_by_role("alert")).to_contain_text(
            "Another tab of this browser is recording"
        )
        expect(other.get_by_text("Left behind")).to_have_count(0)
        other.close()
        spoken(page, 3)
        stop(page)
        heard(page)


def test_closed_in_the_middle_it_is_left_behind(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        recording(page, dashboard, 3)
        other = page.context.new_page()
        page.close()
        other.goto(f"{dashboard.url}/#/add")
        expect(other.get_by_role("heading", name="Left behind in this browser")).to_be_visible()
        assert kept_seconds(other) >= 2
        other.get_by_role("button", name="Discard the recording of").click()
        expect(other.get_by_role("heading", name="Left behind in this browser")).to_have_count(0)
        assert kept_seconds(other) == 0


def test_what_is_erased_is_erased_here_too(browser: Browser, dashboard: Started) -> None:
    with opened(browser, **LISTENING) as page:
        recording(page, dashboard, 1)
        stop(page)
        assert kept_seconds(page) >= 1
        page.reload()
        settled(page)
        show(page, dashboard, "settings")
        page.get_by_label("Type “erase” to mean it").fill("erase")
        page.get_by_role("button", name="Erase everything").click()
        expect(page.get_by_text("Everything is erased")).to_be_visible()
        assert kept_seconds(page) == 0
