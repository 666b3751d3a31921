"""`python -m topics generate` writes messages/ and docs/topics.md; `release` freezes changed schemas under new ids."""

from __future__ import annotations

import subprocess
import sys

from topics import generate, page, schemas


def main(command: str) -> None:
    if command == "generate":
        generate.FOLDER.mkdir(exist_ok=True)
        for name, text in generate.generate().items():
            (generate.FOLDER / name).write_text(text)
        subprocess.run(
            [sys.executable, "-m", "ruff", "check", "-q", "--select", "I,F401", "--fix", str(generate.FOLDER)],
            check=True,
        )
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(generate.FOLDER)], check=True)
        page.PAGE.write_text(page.page(page.PAGE.read_text()))
    elif command == "release":
        print("\n".join(schemas.release()) or "nothing changed")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
