"""`python -m topics generate` writes messages/, wire/ and docs/topics.md; `release` freezes changed schemas."""

from __future__ import annotations

import subprocess
import sys

from topics import generate, page, schemas


def main(command: str) -> None:
    if command == "generate":
        texts = generate.generate()
        written = [generate.FOLDER / name for name in texts]
        for path, text in zip(written, texts.values(), strict=True):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        subprocess.run(
            [sys.executable, "-m", "ruff", "check", "-q", "--select", "I,F401", "--fix", *written], check=True
        )
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *written], check=True)
        page.PAGE.write_text(page.page(page.PAGE.read_text()))
    elif command == "release":
        print("\n".join(schemas.release()) or "nothing changed")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
