"""Takes the pictures in docs/screenshots: `python -m tests.screenshots [FOLDER]`."""

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser import REPOSITORY, Browser, ask, serving

QUESTIONS = {"ko-KR": "쿠팡이 약속한 건 뭐야?", "en-US": "What did Coupang pledge?"}
DRAFT = (
    "네이버는 앞으로 5년 동안 700억원을 들여 소상공인에게 AI 활용법을 가르친다. "
    "가람시 시내버스 요금은 3월 1일부터 1550원으로 오른다. 쿠팡은 내년에 배송비를 모두 없애기로 했다."
)
WIDE, PHONE = (1280, 800), (390, 780)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as files, serving(Path(files)) as app, Browser() as browser:
        for name, locale, scheme, (width, height) in (
            ("korean", "ko-KR", "light", WIDE),
            ("english-dark", "en-US", "dark", WIDE),
            ("phone-korean", "ko-KR", "light", PHONE),
            ("phone-english-dark", "en-US", "dark", PHONE),
        ):
            page = browser.page(app, locale, width, height, color_scheme=scheme, device_scale_factor=1.5)
            if name == "korean":
                _take(page, folder / "start.png")
            turn = ask(page, QUESTIONS[locale])
            turn.locator(".chip").nth(1).click()
            page.mouse.move(2, height - 2)
            _take(page, folder / f"{name}.png")
            if name == "korean":
                page.click("#tab-check-button")
                page.fill(".draft", DRAFT)
                page.click(".primary-button")
                page.locator(".checking .tools button").first.wait_for()
                page.locator(".finding .chip").first.click()
                _take(page, folder / "check.png")
                page.click("#tab-library-button")
                page.locator(".shelf tbody tr").first.wait_for()
                _take(page, folder / "library.png")


def _take(page: Any, path: Path) -> None:
    """A picture of what is seen, in 256 colours."""
    page.wait_for_timeout(500)  # fonts and the sheet's movement
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} ({path.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs" / "screenshots")
