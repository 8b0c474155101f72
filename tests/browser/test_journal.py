"""The journal as a person looks through it: list, calendar, filters, too much of everything."""

from datetime import UTC, datetime, timedelta

import httpx2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import NARROW, PHONE, enter, findings, opened, settled, show
from made import made
from services import Started
from sockets import spoken, wav_of

SCRIPT = "</p><script>document.title='gone'</script><img src=x onerror=\"document.title='gone'\">"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('data-day')"))


def test_the_calendar_is_walked_with_keys(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal")
        page.get_by_role("link", name="Calendar").press("Enter")
        page.get_by_role("button", name="The month before").click()
        days = page.locator("[data-day]")
        expect(days).not_to_have_count(0)
        settled(page)
        days.first.focus()
        first = focused(page)
        page.keyboard.press("ArrowRight")
        second = focused(page)
        page.keyboard.press("ArrowDown")
        assert first < second < focused(page)
        page.keyboard.press("Home")
        assert focused(page) == first
        assert page.locator("[data-day][tabindex='0']").count() == 1
        page.keyboard.press("PageUp")
        expect(page.locator("[data-day]:focus")).to_be_visible()
        before = focused(page)
        assert before[:7] < first[:7]
        memos = str(page.locator("[data-day]:focus").get_attribute("aria-label")).split(", ")[-2]
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        expect(page.get_by_role("status").first).to_have_text(f"{memos} shown")


def test_filters_hold_for_list_and_calendar(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal/calendar")
        page.get_by_role("button", name="The month before").click()
        count = page.get_by_role("status").first
        expect(count).to_contain_text("memos this month")
        settled(page)
        every = int(count.inner_text().split()[0])
        page.get_by_label("Tag").fill("deadl")
        option = page.locator("datalist option")
        expect(option).to_have_count(1)
        expect(option).to_have_attribute("value", "deadline")
        page.get_by_label("Tag").fill("deadline")
        page.get_by_label("Tag").blur()
        expect(count).not_to_have_text(f"{every} memos this month")
        assert 0 < int(count.inner_text().split()[0]) < every
        page.get_by_role("link", name="List").click()
        expect(page.get_by_label("Tag")).to_have_value("deadline")
        settled(page)
        cards = page.get_by_role("listitem").filter(has=page.get_by_role("button"))
        assert cards.count() == page.get_by_text("deadline", exact=True).count() > 0
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_text("30 memos shown")).to_be_visible()


def test_poor_recordings_are_found(browser: Browser, ten_weeks: Started, me: httpx2.Client) -> None:
    voice = 6.0 * np.frombuffer(spoken(), "<i2").astype(np.float64)
    clipped = np.clip(voice, -32_768, 32_767).astype("<i2").tobytes()
    sound = {"file": ("loud.wav", wav_of(clipped))}
    kept = me.post("/v1/analyses?save=true", files=sound).raise_for_status().json()
    assert kept["analysis"]["quality"]["verdict"] == "poor"
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal")
        page.get_by_label("Recording").select_option("poor")
        expect(page.get_by_text("1 memo shown")).to_be_visible()
        expect(page.get_by_text("poor recording", exact=True)).to_be_visible()
        page.get_by_role("link", name="Open").click()
        expect(page.get_by_text("poor: noisy, clipped or short")).to_be_visible()


def test_ten_thousand_tags_and_a_note_full_of_script_do_no_harm(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    now = datetime.now(UTC)
    many = [tuple(f"tag {32 * memo + number}" for number in range(32)) for memo in range(313)]
    made(me, dashboard, [(now - timedelta(hours=memo), 0.3, None) for memo in range(313)], many)
    assert me.get("/v1/tags").json()["n_tags"] == 10_016
    newest = me.get("/v1/entries?limit=1").json()["entries"][0]["id"]
    me.patch(f"/v1/entries/{newest}", json={"note": SCRIPT * 100}).raise_for_status()
    with opened(browser, NARROW) as page:
        enter(page, dashboard)
        show(page, dashboard, "journal")
        expect(page.get_by_text("and 24 more tags").first).to_be_visible()
        page.get_by_label("Tag").fill("tag 999")
        expect(page.locator("datalist option")).to_have_count(11)
        page.get_by_label("Tag").fill("tag 9999")
        page.get_by_label("Tag").blur()
        expect(page.get_by_text("1 memo shown")).to_be_visible()
        show(page, dashboard, f"entry/{newest}")
        expect(page.get_by_label("Note")).to_have_value(SCRIPT * 100)
        assert page.title() != "gone"
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_calendar(
    browser: Browser, ten_weeks: Started, theme: str
) -> None:
    with opened(browser, PHONE, theme) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal/calendar")
        expect(page.locator("[data-day]")).not_to_have_count(0)
        assert findings(page) == []
        page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
