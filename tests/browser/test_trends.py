"""Trends as a person reads them: any measure, any span, over a new year, with keys, and doubted."""

from datetime import UTC, datetime, timedelta

import httpx2
from playwright.sync_api import Browser, Page, expect

from browsers import NARROW, enter, opened, show
from made import made
from services import Started

CHOICES = ("Measure", "Span", "By")


def cursor(page: Page, keys: list[str]) -> str:
    """What the chart says after some keys."""
    chart = page.get_by_role("slider")
    chart.focus()
    for key in keys:
        page.keyboard.press(key)
    return str(chart.get_attribute("aria-valuetext"))


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox").nth(CHOICES.index(label)).select_option(option)


def test_emotions_and_the_voice_are_measures_too(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "trends/emotion_calm")
        expect(page.get_by_role("slider", name="Sounded calm (share) by day")).to_be_visible()
        cursor(page, ["End", "ArrowLeft"])
        expect(page.locator("[aria-live=polite]").first).to_contain_text("Sounded calm (share) 0.")
        expect(page.get_by_role("heading", name="Does it agree with you?")).to_have_count(0)
        choose(page, "Measure", "stress")
        expect(page.get_by_role("heading", name="Does it agree with you?")).to_be_visible()
        expect(page.get_by_text("pointed the same way as your own reports")).to_contain_text("90%:")


def test_what_was_felt_is_laid_over_and_taken_off(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "trends")
        page.get_by_text("The same as a table").click()
        table = page.get_by_role("region", name="The same as a table")
        expect(table.get_by_role("columnheader", name="You felt (1 to 7)")).to_be_visible()
        choose(page, "By", "week")
        cursor(page, ["End", "ArrowLeft"])
        expect(page.locator("[aria-live=polite]").first).to_contain_text("of 7")
        page.get_by_label("how you felt, 1 to 7").uncheck()
        expect(table.get_by_role("columnheader")).to_have_count(3)
        cursor(page, ["End", "ArrowLeft"])
        expect(page.locator("[aria-live=polite]").first).not_to_contain_text("of 7")


def test_a_new_year_breaks_nothing(browser: Browser, dashboard: Started, me: httpx2.Client) -> None:
    now = datetime.now(UTC)
    turn = datetime(now.year, 1, 1, 11, tzinfo=UTC)
    days = [turn + timedelta(days=number) for number in range(-400, (now - turn).days, 3)]
    made(me, dashboard, [(day, 0.2 + index % 7 / 20, None) for index, day in enumerate(days)])
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "trends")
        choose(page, "Span", "all")
        told = page.get_by_role("slider", name="Stress index by week")
        expect(told).not_to_have_attribute("aria-valuemax", "12")
        n_weeks = 1 + int(told.get_attribute("aria-valuemax") or 0)
        assert 7 * n_weeks >= (now - days[0]).days
        seen = [cursor(page, ["Home"])]
        for _ in range(n_weeks - 1):
            page.keyboard.press("ArrowRight")
            seen.append(str(told.get_attribute("aria-valuetext")))
        numbers = [(int(one.split()[3].rstrip(",")), int(one.split()[1])) for one in seen]
        assert numbers == sorted(set(numbers))
        assert {year for year, _ in numbers} >= {now.year - 1, now.year}
        choose(page, "By", "day")
        page.get_by_text("The same as a table").click()
        page.get_by_role("button", name="Show more").click()
        rows = page.get_by_role("region", name="The same as a table").get_by_role("row")
        expect(rows).to_have_count(1 + 240)
        choose(page, "Span", "days90")
        choose(page, "By", "day")
        expect(page.get_by_role("slider")).to_have_attribute("aria-valuemax", "89")


def test_an_index_that_knows_nothing_steps_back(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    now = datetime.now(UTC)
    memos = [
        (now - timedelta(days=number), 0.2 + number * 7 % 11 / 20, 1 + number * 5 % 7)
        for number in range(1, 81)
    ]
    made(me, dashboard, memos)
    with opened(browser, NARROW) as page:
        enter(page, dashboard)
        show(page, dashboard, "trends")
        expect(page.get_by_text("It steps back: trust your own reports.")).to_be_visible()
        expect(page.get_by_text("For you it does no better than chance (")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
