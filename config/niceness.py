"""How far a process stands back where processors are scarce."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_AUTOGROUP = Path("/proc/self/autogroup")


def stand_back(niceness: int) -> None:
    """Take less of the processors than other processes want, by nice(2)'s measure: 5 is a third, 10 a tenth.

    Linux weighs whole sessions against each other and niceness only within one (sched(7), autogroups). Each process of
    the stack is a session of its own, so its session is given the same niceness; one that belongs to others, such as a
    terminal's, is left alone, for it would keep the niceness when this process has ended.
    """
    os.nice(niceness)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # a system without autogroups, where nice(2) is enough
            _AUTOGROUP.write_text(str(niceness))
