"""For everyone: without a mouse, narrow, dark, large, in another language, read aloud."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browsers import DESKTOP, NARROW, PHONE, SCREENS, WALL, enter, findings, opened, settled, show
from services import SAMPLES, Started

MOST_STOPS = 80
LINES = """all => all.map((one) => {
  const words = document.createRange();
  words.selectNodeContents(one);
  return words.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize);
})"""
"""How wide the words of each paragraph are, in sizes of its own letters."""
LONGEST_LINE = 60


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something is reached."""
    wanted.first.wait_for(state="attached")
    for _ in range(MOST_STOPS):
        if wanted.first.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no Tab leads there")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    tab_to(page, wanted)
    page.keyboard.press(key)


def whole_width(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def newest_entry(page: Page, service: Started) -> str:
    show(page, service, "journal")
    return str(page.get_by_role("link", name="Open").first.get_attribute("href")).lstrip("#/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_serious(
    browser: Browser, ten_weeks: Started, theme: str, size: tuple[int, int]
) -> None:
    with opened(browser, size, theme) as page:
        page.goto(ten_weeks.url)
        settled(page)
        assert findings(page) == [], "door"
        enter(page, ten_weeks)
        show(page, ten_weeks, "add")
        page.set_input_files("input[type=file]", SAMPLES / "even.ogg")
        expect(page.get_by_role("link", name="Open even.ogg")).to_be_visible()
        assert findings(page) == [], "add, with a memo"
        for screen in (*SCREENS, newest_entry(page, ten_weeks)):
            show(page, ten_weeks, screen)
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert findings(page) == [], screen


def test_nothing_is_wider_than_320_pixels(browser: Browser, ten_weeks: Started) -> None:
    for locale in ("en-GB", "de-DE"):
        with opened(browser, NARROW, locale=locale) as page:
            page.goto(f"{ten_weeks.url}/#code={ten_weeks.token}")
            page.get_by_role("navigation").wait_for()
            for screen in SCREENS:
                page.goto(f"{ten_weeks.url}/#/{screen}")
                page.wait_for_load_state("networkidle")
                assert whole_width(page) <= NARROW[0], (locale, screen)
            page.goto(f"{ten_weeks.url}/#/journal")
            page.locator("main a.button").first.click()
            page.get_by_label("Notiz" if locale == "de-DE" else "Note").wait_for()
            assert whole_width(page) <= NARROW[0], (locale, "entry")


def test_on_a_wall_it_stands_in_the_middle_and_its_lines_stay_short(
    browser: Browser, ten_weeks: Started
) -> None:
    with opened(browser, WALL) as page:
        enter(page, ten_weeks)
        for screen in SCREENS:
            show(page, ten_weeks, screen)
            assert whole_width(page) <= WALL[0], screen
            main = page.locator("main").bounding_box()
            assert main is not None
            assert main["x"] + main["width"] / 2 == pytest.approx(WALL[0] / 2, abs=20), screen
            widths = page.locator("main p").evaluate_all(LINES)
            assert max(widths, default=0) <= LONGEST_LINE, (screen, widths)


def test_without_a_mouse(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        press(page, page.get_by_role("link", name="Add", exact=True))
        expect(page.get_by_role("heading", level=1, name="Add memos")).to_be_focused()
        with page.expect_file_chooser() as chooser:
            press(page, page.get_by_role("button", name="Choose files"))
        chooser.value.set_files(SAMPLES / "even.ogg")
        press(page, page.get_by_role("link", name="Open even.ogg"))
        tab_to(page, page.get_by_role("radio", name="1 very unpleasant"))
        page.keyboard.press("ArrowRight")
        tab_to(page, page.get_by_label("Note"))
        page.keyboard.type("by keys alone")
        press(page, page.get_by_role("button", name="Save"))
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Note")).to_have_value("by keys alone")
        expect(page.get_by_role("radio", name="2 unpleasant")).to_be_checked()
        press(page, page.get_by_role("button", name="Delete"))
        expect(page.get_by_role("heading", level=1, name="Journal")).to_be_focused()
        press(page, page.get_by_role("button", name="Undo"))
        expect(page.get_by_label("Note")).to_have_value("by keys alone")


def test_the_chart_is_read_with_keys(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "trends")
        chart = page.get_by_role("slider", name="Stress index by day")
        tab_to(page, chart)
        page.keyboard.press("End")
        page.keyboard.press("ArrowLeft")
        told = page.locator("[aria-live=polite]").first
        expect(told).to_contain_text("Stress index 0.")
        newest = chart.get_attribute("aria-valuetext")
        page.keyboard.press("ArrowLeft")
        assert chart.get_attribute("aria-valuetext") != newest
        page.keyboard.press("Home")
        expect(told).to_have_text("no memo")
        page.get_by_text("The same as a table").click()
        rows = page.get_by_role("region", name="The same as a table").get_by_role("row")
        expect(rows).to_have_count(1 + 12 * 7)
        page.get_by_role("combobox").nth(2).select_option("week")
        expect(rows).to_have_count(1 + 13)
        page.get_by_role("combobox").first.select_option("pitch_median_hz")
        expect(page.get_by_role("slider", name="Pitch (Hz) by week")).to_be_visible()


def test_weekdays_and_hours_are_a_table(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "trends")
        table = page.get_by_role("table", name="Weekday and hour")
        expect(table.get_by_role("rowheader")).to_have_text(
            ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        )
        expect(table).to_contain_text("n ")
        expect(page.get_by_text("chance does as much in").last).to_be_visible()


def test_theme_and_language_are_kept(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        page.get_by_label("Theme").select_option("dark")
        page.get_by_label("Language").select_option("de")
        expect(page.get_by_role("heading", level=1, name="Optionen")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", level=1, name="Optionen")).to_be_visible()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.evaluate("document.documentElement.lang") == "de"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(236, 231, 220)"


def test_forced_colours_keep_what_is_drawn(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser, forced_colors="active") as page:
        enter(page, ten_weeks)
        band, mark = page.locator("svg .band").first, page.locator("svg .mark").first
        fills = [one.evaluate("one => getComputedStyle(one).fill") for one in (band, mark)]
        assert fills[0] != fills[1]
        here = page.locator("[aria-current=page]")
        assert here.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        for screen in (*SCREENS, newest_entry(page, ten_weeks)):
            show(page, ten_weeks, screen)
            assert findings(page) == [], screen


def test_where_motion_is_unwelcome_nothing_moves(browser: Browser, ten_weeks: Started) -> None:
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    with opened(browser) as page:
        enter(page, ten_weeks)
        for screen in (*SCREENS, newest_entry(page, ten_weeks)):
            show(page, ten_weeks, screen)
            assert page.evaluate(moving) == 0, screen


def test_help_is_there_before_anybody_is_let_in(browser: Browser, dashboard: Started) -> None:
    with opened(browser, locale="de-DE") as page:
        page.goto(dashboard.url)
        page.get_by_role("link", name="Jetzt Hilfe").click()
        expect(page.get_by_role("link", name="0800 111 0 111")).to_have_attribute(
            "href", "tel:08001110111"
        )
        page.get_by_label("Wo du bist").select_option("NL")
        expect(page.get_by_role("link", name="113", exact=True)).to_be_visible()
