"""Settings: what is chosen, told once, brought in, and what is said where it does not work."""

import re
import zipfile
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import FLAGS, chromium, enter, findings, opened, show
from journals import run
from mails import mail_server
from services import SAMPLES, Started, clients, free_port, started


def test_a_channel_is_added_tried_and_forgotten(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page, mail_server() as (box, address):
        enter(page, dashboard)
        show(page, dashboard, "settings")
        field = page.get_by_label("Apprise address")
        field.fill("carrier-pigeon://loft")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("Apprise does not understand this address")).to_be_visible()
        field.fill(address)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("mailto", exact=True)).to_be_visible()
        expect(field).to_have_value("")
        assert address not in page.content()
        page.get_by_role("button", name="Send a test message").click()
        expect(page.get_by_text("Sent to 1 channel.")).to_be_visible()
        assert len(box.mails) == 1
        expect(page.get_by_text("The last message went out on")).to_be_visible()
        page.get_by_role("button", name="Forget this mailto channel").click()
        expect(page.get_by_text("mailto", exact=True)).to_have_count(0)


def test_a_channel_that_does_not_take_a_message_says_so(
    browser: Browser, dashboard: Started, me: httpx2.Client
) -> None:
    secret = "a-very-secret-word"
    address = f"mailto://me:{secret}@127.0.0.1:{free_port()}/?from=a@b.org&to=c@d.org&mode=insecure"
    kept = me.post("/v1/channels", json={"address": address}).raise_for_status().json()
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        expect(page.get_by_text("Nothing was sent there yet.")).to_be_visible()
        page.get_by_role("button", name="Send a test message").click()
        expect(page.get_by_text("a message could not be sent. Check the address")).to_be_visible()
        page.reload()
        expect(page.get_by_text("a message could not be sent. Check the address")).to_be_visible()
        assert secret not in page.content()
        assert findings(page) == []
    me.delete(f"/v1/channels/{kept['id']}").raise_for_status()


def test_quiet_day_start_and_silence_stay_chosen(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        page.get_by_label("From", exact=True).fill("22:30")
        page.get_by_label("From", exact=True).blur()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.get_by_label("My day starts at").select_option("6")
        rule = page.get_by_label("Three days running outside your own range", exact=True)
        rule.check()
        page.get_by_role("button", name="Silence for 30 days: Three days").click()
        expect(page.get_by_text("Silent until")).to_be_visible()
        page.reload()
        expect(page.get_by_label("From", exact=True)).to_have_value("22:30")
        expect(page.get_by_label("My day starts at")).to_have_value("6")
        page.get_by_role("button", name="Let it speak").click()
        expect(page.get_by_text("Silent until")).to_have_count(0)
        rule.uncheck()


def test_a_token_is_shown_once_and_taken_back(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        page.get_by_text("New token").click()
        page.get_by_label("What it is for").fill("phone <b>")
        page.get_by_label("read entries, trends and alerts").check()
        page.get_by_label("Good for").select_option("7")
        page.get_by_role("button", name="Make the token").click()
        token = page.get_by_label("Token", exact=True).input_value()
        with clients(dashboard.url, token) as (app, _):
            assert app.get("/v1/entries").status_code == 200
            assert app.get("/v1/tokens").status_code == 403
        page.reload()
        expect(page.get_by_text("phone <b>")).to_be_visible()
        assert token not in page.content()
        page.get_by_role("button", name="Take back the token for phone <b>").click()
        expect(page.get_by_text("phone <b>")).to_have_count(0)
        with clients(dashboard.url, token) as (app, _):
            assert app.get("/v1/entries").status_code == 401


def test_what_is_no_export_is_refused_in_words(
    browser: Browser, dashboard: Started, tmp_path: Path
) -> None:
    wrong = tmp_path / "holiday.zip"
    with zipfile.ZipFile(wrong, "w") as archive:
        archive.writestr("holiday.txt", "by the sea")
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        page.set_input_files("input[type=file]", wrong)
        refusal = page.get_by_role("alert")
        expect(refusal).to_contain_text("the file is no whole export of a journal")


def test_erasing_everything_leaves_a_receipt(browser: Browser, ten_weeks: Started) -> None:
    with opened(browser) as page:
        enter(page, ten_weeks)
        show(page, ten_weeks, "settings")
        page.get_by_label("Type “erase” to mean it").fill("erase")
        page.get_by_role("button", name="Erase everything").click()
        receipt = page.get_by_role("status").filter(has_text="0 rows remain")
        expect(receipt).to_contain_text(re.compile(r"Memos\s*\d\d"))


def test_how_it_is_kept_is_told_as_it_is(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        expect(page.get_by_text("Not encrypted: a file that only")).to_be_visible()
        expect(page.get_by_text("Kept of 0 memos, encrypted.")).to_be_visible()
        expect(page.get_by_label("Keep the sound of what I record")).not_to_be_checked()


def test_a_session_that_is_over_is_told_at_the_door(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        page.context.clear_cookies()
        page.get_by_role("link", name="Journal").click()
        expect(page.get_by_role("alert")).to_contain_text("The session of this browser is over")
        page.get_by_label("Code or token").fill(dashboard.token)
        page.get_by_role("button", name="Enter").first.click()
        expect(page.get_by_role("heading", level=1, name="Journal")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_clock_that_is_off_is_told(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        page.add_init_script("const now = Date.now; Date.now = () => now() - 3 * 3600e3")
        enter(page, dashboard)
        told = page.get_by_text("This device's clock is 3 hours behind that of the service.")
        expect(told).to_be_visible()


@pytest.mark.parametrize(("locale", "named"), [("fr-FR", "French"), ("tlh", "tlh")])
def test_a_language_that_is_not_here_is_told(
    browser: Browser, dashboard: Started, locale: str, named: str
) -> None:
    with opened(browser, locale=locale) as page:
        page.goto(dashboard.url)
        page.evaluate("localStorage.setItem('language', 'xx')")
        enter(page, dashboard)
        show(page, dashboard, "settings")
        expect(page.get_by_text(f"Your browser asks for {named}")).to_be_visible()


def test_a_microphone_is_chosen_by_its_name(browser: Browser, dashboard: Started) -> None:
    flags = (*FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
    listening = browser.browser_type.launch(executable_path=chromium(), args=list(flags))
    with listening, opened(listening) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        which = page.get_by_label("Listen with")
        which.select_option("Fake Audio Input 1")
        chosen = which.input_value()
        page.reload()
        expect(which).to_have_value(chosen)


def test_a_browser_that_hides_its_microphones_is_told(browser: Browser, dashboard: Started) -> None:
    with opened(browser) as page:
        enter(page, dashboard)
        show(page, dashboard, "settings")
        expect(page.get_by_text("A browser names microphones only")).to_be_visible()
        page.get_by_role("button", name="Let this page see them").click()
        expect(page.get_by_role("alert")).to_contain_text("did not let this page listen")


def test_one_of_many_people_sees_who_came(browser: Browser, tmp_path: Path) -> None:
    home, password = tmp_path / "home", "a long and quiet evening"
    made = run("people", "add", "ada", home=home, said=password)
    assert made.returncode == 0, made.stderr
    with started(home, "--people") as service, opened(browser) as page:
        page.goto(service.url)
        page.get_by_text("With name and password").click()
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Enter").last.click()
        expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
        show(page, service, "settings")
        expect(page.get_by_text("You are here as ada.")).to_be_visible()
        expect(page.get_by_role("heading", name="Where alerts go")).to_have_count(0)
        page.get_by_text("Who came when").click()
        expect(page.get_by_role("cell", name="POST /v1/session")).to_be_visible()
        assert findings(page) == []
        page.get_by_role("button", name="Leave", exact=True).click()
        expect(page.get_by_label("Code or token")).to_be_visible()


def enter_as(page: Page, service: Started, name: str, password: str) -> None:
    """Come in among many people."""
    page.goto(service.url)
    page.get_by_text("With name and password").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Enter").last.click()


def test_another_password_leads_every_other_browser_to_the_door(
    browser: Browser, tmp_path: Path
) -> None:
    home, old, new = tmp_path / "home", "a long and quiet evening", "a short and loud morning"
    assert run("people", "add", "ada", home=home, said=old).returncode == 0
    over = "The session of this browser is over"
    with started(home, "--people") as service, opened(browser) as here, opened(browser) as there:
        for page in (here, there):
            enter_as(page, service, "ada", old)
            expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
        show(here, service, "settings")
        here.get_by_text("Change the password").click()
        here.get_by_label("Password of now").fill("a wrong evening")
        here.get_by_label("New password").fill(new)
        here.get_by_role("button", name="Change it").click()
        expect(here.get_by_text("that is not the password of now")).to_be_visible()
        here.get_by_label("Password of now").fill(old)
        here.get_by_role("button", name="Change it").click()
        expect(here.get_by_text("The password is changed")).to_be_visible()
        there.get_by_role("link", name="Journal").click()
        expect(there.get_by_role("alert")).to_contain_text(over)
        enter_as(there, service, "ada", new)
        expect(there.get_by_role("heading", level=1, name="Today")).to_be_visible()
        here.get_by_role("button", name="Leave in all browsers").click()
        expect(here.get_by_label("Code or token")).to_be_visible()
        there.get_by_role("link", name="Trends").click()
        expect(there.get_by_role("alert")).to_contain_text(over)


def test_sound_is_kept_where_that_was_chosen(browser: Browser, tmp_path: Path) -> None:
    words = {"SOTTOVOCE_PASSPHRASE": "a long and quiet evening"}
    with started(tmp_path / "home", **words) as service, opened(browser) as page:
        enter(page, service)
        show(page, service, "settings")
        page.get_by_label("Keep the sound of what I record").check()
        show(page, service, "add")
        expect(page.get_by_text("the sound is kept, encrypted").first).to_be_visible()
        page.set_input_files("input[type=file]", SAMPLES / "even.ogg")
        page.get_by_role("link", name="Open even.ogg").click()
        expect(page.get_by_role("button", name="Play")).to_be_enabled()
        show(page, service, "settings")
        expect(page.get_by_text("Kept of 1 memo, encrypted.")).to_be_visible()
        expect(page.get_by_text("From a passphrase;")).to_be_visible()
