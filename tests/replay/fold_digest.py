"""`python tests/replay/fold_digest.py COMMANDS`: fold a file of commands and print a digest of all that comes out.

Runs on any Python: it needs the standard library and the pure folds alone.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def digest(file: Path) -> str:
    """Digest of every output in order and of every entry that changed, as the folds made them."""
    from proof.replay.core import Core
    from streams.fold import Refused
    from topics import messages

    core, running = Core(), hashlib.blake2b(digest_size=16)
    for line in file.read_text().splitlines():
        topic, key, text = line.split("\t")
        try:
            outputs = core.submit(topic, key, eval(text, vars(messages)))
        except Refused as refusal:
            outputs = [refusal]  # a dead letter
        for output in outputs:
            running.update(repr(output).encode())
    return running.hexdigest()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from compiled import loaded

    print(digest(Path(sys.argv[1])), loaded())
