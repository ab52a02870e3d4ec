"""Makes the pictures of the README from a running demo city: python scripts/pictures.py http://127.0.0.1:8000"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
PICTURES = {
    "poll.png": ("/riverton/", "/riverton/polls/transport-app", "/riverton/polls/transport-app/results"),
    "survey.png": (
        "/riverton/surveys/priorities",
        "/riverton/surveys/priorities/answer",
        "/riverton/surveys/priorities/results",
    ),
    "ideas.png": (
        "/riverton/ideas/electricity",
        "/riverton/ideas/playground/ballot",
        "/riverton/ideas/green-budget/results",
    ),
}
"""Three pages for each picture."""
GAP, GROUND = 24, "#d9d4cc"
CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/google-chrome")) if path.exists()), None)


def main(base: str) -> None:
    """Three phones side by side: where it begins, two answers chosen, what came out."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        TARGET.mkdir(parents=True, exist_ok=True)
        for name, pages in PICTURES.items():
            phones = [_phone(browser, base + page) for page in pages]
            _side_by_side(phones).save(TARGET / name, optimize=True)
        browser.close()


def _phone(browser: Browser, address: str) -> Image.Image:
    page = browser.new_page(viewport=PHONE, locale="en-GB", device_scale_factor=1.5)  # type: ignore[arg-type]
    page.goto(address)
    for box in page.query_selector_all("input[type=checkbox]")[:2]:
        box.check()
    page.wait_for_timeout(300)
    return Image.open(io.BytesIO(page.screenshot()))


def _side_by_side(phones: list[Image.Image]) -> Image.Image:
    width, height = phones[0].size
    sheet = Image.new("RGB", (GAP + len(phones) * (width + GAP), height + 2 * GAP), GROUND)
    for place, phone in enumerate(phones):
        sheet.paste(phone, (GAP + place * (width + GAP), GAP))
    return sheet.quantize(64)


if __name__ == "__main__":
    main(sys.argv[1])
