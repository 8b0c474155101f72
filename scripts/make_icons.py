"""Draw the PNG icons of an installed dashboard, from web/public/icon.svg; needs Chromium."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from browsers import FLAGS, chromium

PUBLIC = Path(__file__).parent.parent / "web" / "public"
SQUARE = 'rx="0"'
ROUND = 'rx="16"'
"""A platform that cuts icons to its own shape wants them to the edge."""
ICONS = {
    "icon-192.png": (192, ROUND),
    "icon-512.png": (512, ROUND),
    "icon-maskable-512.png": (512, SQUARE),
    "icon-touch-180.png": (180, SQUARE),
}


def draw(browser: Browser, name: str, pixels: int, corner: str) -> None:
    """One icon."""
    mark = (PUBLIC / "icon.svg").read_text(encoding="utf-8").replace(ROUND, corner)
    page = browser.new_page(viewport={"width": pixels, "height": pixels})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:100vw}}</style>{mark}")
    page.screenshot(path=PUBLIC / name, omit_background=True)
    page.close()


def main() -> None:
    """All of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, (pixels, corner) in ICONS.items():
            draw(browser, name, pixels, corner)
        browser.close()


if __name__ == "__main__":
    main()
