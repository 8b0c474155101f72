"""One memo as a person reads it: heard and seen along its time, and why it scored as it did."""

import httpx2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsers import DESKTOP, PHONE, enter, findings, opened, show
from jobhands import until
from services import SAMPLES, Started, conversation

STRETCH_PX = 40


@pytest.fixture
def kept(ten_weeks: Started, me: httpx2.Client) -> str:
    """The address of a memo whose sound was kept, after ten weeks."""
    sound = {"file": ("talk.wav", conversation())}
    answer = me.post("/v1/analyses?keep_audio=true", files=sound)
    return f"entry/{answer.raise_for_status().json()['entry_id']}"


def clock(page: Page) -> float:
    """Where the player is, in seconds."""
    told = page.locator(".clock").inner_text().partition(" /")[0]
    minutes, seconds = told.split(":")
    return 60 * int(minutes) + float(seconds)


def lanes(page: Page) -> Locator:
    return page.get_by_role("slider", name="Along the memo: how each stretch of speech sounded")


def drawn_pixels(page: Page) -> int:
    """How much of the waveform's canvas is not empty."""
    return int(
        page.evaluate(
            """() => {
              const canvas = document.querySelector('.wave > div').shadowRoot
                .querySelector('.canvases canvas');
              const pen = canvas.getContext('2d');
              const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
              let drawn = 0;
              for (let i = 3; i < data.length; i += 4) drawn += data[i] > 0;
              return drawn;
            }"""
        )
    )


def test_a_stretch_is_heard_by_key_and_by_click(
    browser: Browser, ten_weeks: Started, kept: str
) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, kept)
        play = page.get_by_role("button", name="Play", exact=True)
        expect(play).to_be_enabled()
        assert drawn_pixels(page) > 1000
        lanes(page).focus()
        page.keyboard.press("End")
        told = str(lanes(page).get_attribute("aria-valuetext"))
        page.keyboard.press("Enter")
        pause = page.get_by_role("button", name="Pause")
        expect(pause).to_be_visible()
        minutes, seconds = told.partition(" –")[0].split(":")
        assert clock(page) >= 60 * int(minutes) + float(seconds) - 0.2
        expect(page.locator(".told")).to_contain_text("stress 0.")
        pause.click()
        lanes(page).click(position={"x": STRETCH_PX, "y": 10})
        expect(pause).to_be_visible()
        assert clock(page) < 5
        expect(play).to_be_visible()  # it ends with the stretch
        at, _, end = str(lanes(page).get_attribute("aria-valuetext")).partition(" – ")
        assert at.startswith("0:0")
        assert clock(page) == pytest.approx(float(end.partition(":")[2]), abs=0.35)
        page.get_by_role("button", name="Hear from").first.click()
        expect(pause).to_be_visible()


def test_the_playhead_lies_where_the_sound_is(
    browser: Browser, ten_weeks: Started, kept: str
) -> None:
    """Within 50 ms, over waveform and lanes alike."""
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, kept)
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
        page.locator(".wave").scroll_into_view_if_needed()
        wave = page.locator(".wave").bounding_box()
        assert wave is not None
        whole = float(page.locator(".clock").inner_text().rpartition(":")[2])
        for share in (0.25, 0.75):
            page.mouse.click(wave["x"] + share * wave["width"], wave["y"] + 30)
            until(lambda place=share * whole: abs(clock(page) - place) < 0.2)
            head = page.locator(".head").bounding_box()
            assert head is not None
            off_px = head["x"] + head["width"] / 2 - wave["x"] - share * wave["width"]
            assert abs(off_px) / wave["width"] * whole <= 0.05


def test_without_sound_the_rest_is_there_and_it_says_so(
    browser: Browser, ten_weeks: Started, me: httpx2.Client
) -> None:
    sound = {"file": ("even.ogg", (SAMPLES / "even.ogg").read_bytes())}
    entry = me.post("/v1/analyses?save=true", files=sound).json()["entry_id"]
    with opened(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        enter(page, ten_weeks)
        show(page, ten_weeks, f"entry/{entry}")
        expect(page.get_by_text("The sound of this memo was not kept")).to_be_visible()
        expect(page.get_by_role("button", name="Play", exact=True)).to_have_count(0)
        lanes(page).focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".told")).to_contain_text("stress 0.")
        assert not [one for one in asked if "Wave" in one or "peaks" in one or "audio" in one]


def test_why_names_what_was_different(browser: Browser, ten_weeks: Started, kept: str) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, kept)
        different = page.get_by_role("table", name="Against your own range")
        expect(different.get_by_role("row")).not_to_have_count(0)
        words = different.get_by_role("row").nth(1).get_by_role("cell").last
        assert words.inner_text() in ("higher", "lower")
        expect(page.get_by_text("What you said, and anything but")).to_be_visible()
        expect(page.get_by_role("heading", name="What lowered confidence")).to_be_visible()
        page.get_by_text("Measures of the voice, against your usual").click()
        page.get_by_role("link", name="Pitch (Hz)").last.click()
        expect(page.get_by_role("slider", name="Pitch (Hz) by day")).to_be_visible()


def test_without_a_range_of_your_own_nothing_is_compared(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    sound = {"file": ("even.ogg", (SAMPLES / "even.ogg").read_bytes())}
    entry = me.post("/v1/analyses?save=true", files=sound).json()["entry_id"]
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, f"entry/{entry}")
        expect(page.get_by_text("Your range was not known yet")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_where_sound_was_kept(
    browser: Browser, ten_weeks: Started, kept: str, theme: str
) -> None:
    for size in (DESKTOP, PHONE):
        with opened(browser, size, theme, locale="de-DE") as page:
            page.goto(f"{ten_weeks.url}/#code={ten_weeks.token}")
            page.get_by_role("navigation").wait_for()
            page.goto(f"{ten_weeks.url}/#/{kept}")
            expect(page.get_by_role("button", name="Abspielen", exact=True)).to_be_enabled()
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert findings(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
