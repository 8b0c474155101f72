"""What was said in a memo: nobody asks for it until a person turns it on, and it goes by itself."""

from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import PHONE, enter, findings, opened, show
from services import SAMPLES, Started

SRT = """1
00:00:00,500 --> 00:00:01,500
It was <i>long</i>

2
00:00:02,000 --> 00:00:03,000
yes
"""
TYPED = "It was long.\nThen I slept."


@pytest.fixture
def entry(me: httpx2.Client) -> str:
    """The id of a memo that was kept without its sound."""
    sound = {"file": ("even.ogg", (SAMPLES / "even.ogg").read_bytes())}
    return str(me.post("/v1/analyses?save=true", files=sound).json()["entry_id"])


def turned_on(page: Page, service: Started) -> None:
    enter(page, service)
    show(page, service, "settings")
    page.get_by_label("Make room beside each memo for what I said in it").check()


def test_nobody_asks_what_was_said_until_it_is_turned_on(
    browser: Browser, dashboard: Started, me: httpx2.Client, entry: str
) -> None:
    me.put(f"/v1/entries/{entry}/transcript", json={"text": TYPED}).raise_for_status()
    with opened(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        enter(page, dashboard)
        show(page, dashboard, f"entry/{entry}")
        expect(page.get_by_role("heading", name="In your own word")).to_be_visible()
        expect(page.get_by_role("heading", name="What you said")).to_have_count(0)
        assert not [one for one in asked if "transcript" in one]
        assert "It was long" not in page.content()
        show(page, dashboard, "settings")
        expect(page.get_by_text("What you said", exact=True)).to_be_visible()  # one is kept


def test_words_are_typed_kept_and_erased_by_themselves(
    browser: Browser, dashboard: Started, me: httpx2.Client, entry: str
) -> None:
    address = f"/v1/entries/{entry}/transcript"
    with opened(browser) as page:
        turned_on(page, dashboard)
        show(page, dashboard, f"entry/{entry}")
        words, keep = page.get_by_label("Your words"), page.get_by_role("button", name="Keep the")
        expect(keep).to_be_disabled()
        words.fill(TYPED)
        keep.click()
        expect(page.get_by_text("Kept, sealed.")).to_be_visible()
        assert me.get(address).json() == {"transcript": {"text": TYPED}}
        page.reload()
        expect(words).to_have_value(TYPED)
        expect(keep).to_be_disabled()
        page.get_by_role("button", name="Erase the words").click()
        expect(page.get_by_text("The words are gone for good")).to_be_visible()
        expect(words).to_have_value("")
    assert me.get(address).status_code == 404
    assert me.get(f"/v1/entries/{entry}").status_code == 200


def test_words_come_from_a_file_with_their_times(
    browser: Browser, dashboard: Started, me: httpx2.Client, entry: str, tmp_path: Path
) -> None:
    (tmp_path / "memo.srt").write_text(SRT)
    (tmp_path / "none.vtt").write_text("WEBVTT\n")
    with opened(browser, PHONE) as page:
        turned_on(page, dashboard)
        show(page, dashboard, f"entry/{entry}")
        picker = page.locator("form input[type=file]")
        picker.set_input_files(tmp_path / "none.vtt")
        expect(page.get_by_text("This file holds no words")).to_be_visible()
        picker.set_input_files(tmp_path / "memo.srt")
        expect(page.get_by_text("It was long")).to_be_visible()
        assert findings(page) == []
        page.get_by_role("button", name="Keep the words").click()
        expect(page.get_by_text("Kept, sealed.")).to_be_visible()
    kept = me.get(f"/v1/entries/{entry}/transcript").json()["transcript"]["segments"]
    assert kept[0] == {"text": "It was long", "start": 0.5, "end": 1.5}
    assert len(kept) == 2
