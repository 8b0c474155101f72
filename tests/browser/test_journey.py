"""What a person does: come in, add a memo, read it, say a word of their own, delete, undo."""

import os
import pty
import re
import signal
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from browsers import enter, opened, settled, show
from services import SAMPLES, Started, free_port

LINK = re.compile(rb"http://127\.0\.0\.1:\d+/#code=[\w-]+")


def upload(page: Page, service: Started, *names: str) -> None:
    show(page, service, "add")
    page.set_input_files("input[type=file]", [SAMPLES / f"{name}.ogg" for name in names])


def read_link(terminal: int) -> str:
    """The link that `serve` prints where a person looks."""
    said = b""
    while not (found := LINK.search(said)):
        said += os.read(terminal, 4096)
    return found[0].decode()


def test_first_open_with_the_printed_link(browser: Browser, tmp_path: Path) -> None:
    mine, its = pty.openpty()
    command = [str(Path(sys.executable).parent / "sottovoce"), "serve", "--workers", "1"]
    variables = {**os.environ, "SOTTOVOCE_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([*command, "--port", str(free_port())], stdout=its, env=variables)
    os.close(its)
    try:
        link = read_link(mine)
        with opened(browser) as page:
            page.goto(link)
            expect(page.get_by_role("heading", name="No memo yet")).to_be_visible()
            assert "code" not in page.url
            page.get_by_role("button", name="Show me example weeks").click()
            expect(page.get_by_text("nine in ten of your days")).to_be_visible()
            page.get_by_role("button", name="Remove them").click()
            expect(page.get_by_role("heading", name="No memo yet")).to_be_visible()
        with opened(browser) as page:
            page.goto(link)
            expect(page.get_by_role("alert")).to_contain_text("A code works once")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        os.close(mine)


def test_a_token_opens_the_door_and_leaving_closes_it(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        page.goto(dashboard.url)
        page.get_by_label("Code or token").fill("wrong wrong wrong wrong")
        page.get_by_role("button", name="Enter").first.click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_label("Code or token").fill(dashboard.token)
        page.get_by_role("button", name="Enter").first.click()
        expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
        show(page, dashboard, "settings")
        page.get_by_role("button", name="Leave", exact=True).click()
        expect(page.get_by_label("Code or token")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Code or token")).to_be_visible()


def test_upload_then_read_why(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        upload(page, dashboard, "hurried", "even")
        expect(page.get_by_text("added", exact=True)).to_have_count(2)
        page.get_by_role("link", name="Open hurried.ogg").click()
        expect(page.get_by_text("Your voice sounded mostly")).to_be_visible()
        expect(page.get_by_role("heading", name="Why this score")).to_be_visible()
        expect(
            page.get_by_role("table", name="What each emotion added").get_by_role("row")
        ).not_to_have_count(0)
        expect(
            page.get_by_role("table", name="Stretches of speech").get_by_role("row")
        ).to_have_count(2)
        page.get_by_text("Measures of the voice, against your usual").click()
        expect(page.get_by_role("row", name="Pitch (Hz)")).to_be_visible()
        page.get_by_text("All of it as JSON").click()
        expect(page.locator("pre")).to_contain_text('"weighted-emotions/1"')
        upload(page, dashboard, "hurried")
        expect(page.get_by_text("already in your journal; nothing was added")).to_be_visible()


PASTE = """async (sound) => {
  const bytes = Uint8Array.from(atob(sound), (one) => one.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], "pasted.ogg", { type: "audio/ogg" }));
  dispatchEvent(new ClipboardEvent("paste", { clipboardData }));
}"""


def test_dropped_and_pasted_recordings_are_heard(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "add")
        place = page.get_by_role("group", name="Drop")
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box is not None
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        brought = {"items": [], "files": [str(SAMPLES / "even.ogg")], "dragOperationsMask": 1}
        session = page.context.new_cdp_session(page)
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, "data": brought, **at})
        expect(page.get_by_role("link", name="Open even.ogg")).to_be_visible()
        page.evaluate(PASTE, b64encode((SAMPLES / "hurried.ogg").read_bytes()).decode())
        expect(page.get_by_role("link", name="Open pasted.ogg")).to_be_visible()


def test_what_is_no_audio_is_told_and_tried_again(
    browser: Browser, dashboard: Started, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("not a sound")
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "add")
        page.set_input_files("input[type=file]", notes)
        expect(page.get_by_text("this is no kind of audio that is read here")).to_be_visible()
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("this is no kind of audio that is read here")).to_be_visible()


def test_a_word_of_my_own_is_kept_as_it_was_written(browser: Browser, dashboard: Started) -> None:
    note = "<img src=x onerror=alert(1)> <script>document.title='gone'</script>"
    with opened(browser) as page:
        enter(page, dashboard)
        upload(page, dashboard, "even")
        page.get_by_role("link", name="Open even.ogg").click()
        page.get_by_role("radio", name="6 pleasant").check()
        page.get_by_label("Note").fill(note)
        page.get_by_label("Tags").fill("work, évening, work")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Note")).to_have_value(note)
        expect(page.get_by_label("Tags")).to_have_value("work, évening")
        expect(page.get_by_role("radio", name="6 pleasant")).to_be_checked()
        show(page, dashboard, "journal")
        expect(page.get_by_text(note)).to_be_visible()


def test_delete_undo_delete_and_restore_later(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal")
        cards = page.get_by_role("listitem").filter(has=page.get_by_role("button"))
        newest = page.get_by_role("button", name="Delete").first
        when = str(newest.get_attribute("aria-label"))
        newest.click()
        expect(page.get_by_role("button", name=when)).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name=when)).to_be_visible()
        expect(cards).to_have_count(30)
        page.get_by_role("button", name=when).click()
        page.get_by_role("link", name="Recently deleted").click()
        expect(page.get_by_text("30 days left")).to_be_visible()
        page.get_by_role("button", name="Restore").click()
        expect(page.get_by_text("It is back.")).to_be_visible()
        expect(page.get_by_text("Nothing here yet.")).to_be_visible()


def test_the_journal_is_filtered_and_goes_on(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "journal")
        page.get_by_role("button", name="Show more").click()
        expect(page.get_by_text("60 memos shown")).to_be_visible()
        page.get_by_label("Tag").fill("deadline")
        page.get_by_label("You felt").select_option("unpleasant")
        expect(page.get_by_text("60 memos shown")).to_have_count(0)
        settled(page)
        felt = page.get_by_text("You felt: ")
        assert felt.count() == page.get_by_text("deadline", exact=True).count() > 0
        assert all("unpleasant" in told for told in felt.all_text_contents())
        page.get_by_label("Recording").select_option("unusable")
        expect(page.get_by_text("Nothing fits these filters.")).to_be_visible()
        page.get_by_role("button", name="Clear filters").click()
        expect(page.get_by_text("30 memos shown")).to_be_visible()


def test_export_comes_back_after_everything_was_erased(
    browser: Browser, ten_weeks: Started, tmp_path: Path
) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "settings")
        with page.expect_download() as coming:
            page.get_by_role("link", name="Export everything").click()
        coming.value.save_as(tmp_path / "mine.zip")
        page.get_by_label("Type “erase” to mean it").fill("erase")
        page.get_by_role("button", name="Erase everything").click()
        expect(page.get_by_text("Everything is erased; 0 rows remain.")).to_be_visible()
        page.set_input_files("input[type=file]", tmp_path / "mine.zip")
        expect(page.get_by_text("already there.")).to_contain_text("added, 0 already")
        show(page, ten_weeks, "trends")
        expect(page.get_by_role("heading", name="What it tells")).to_be_visible()


def test_alerts_are_chosen_and_stay_so(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        rule = page.get_by_role("checkbox", name="Three days running outside your own range")
        expect(rule).not_to_be_checked()
        rule.check()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.reload()
        expect(rule).to_be_checked()
        rule.uncheck()


def test_the_service_is_gone_and_comes_back(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        page.route("**/v1/**", lambda route: route.abort())
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("The service does not answer")
        page.get_by_role("banner").get_by_role("link", name="Get help now").click()
        expect(page.get_by_role("link", name="116 123")).to_be_visible()
        page.unroute("**/v1/**")
        page.goto(f"{dashboard.url}/#/today")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", name="No memo yet")).to_be_visible()
