"""SetFirmStatus: the kill switch of the whole house (15c3-5 (c)(2) asks a broker to be able to stop at once)."""

from __future__ import annotations

from typing import Final

from streams.accounts.cancel import cancel_open
from streams.accounts.state import Accounts
from streams.fold import Refused, Step
from topics.messages import FirmEntry, SetFirmStatus

FIRM_KEY: Final = "firm"
"""Key of SetFirmStatus: it concerns every account of the partition that it was written to."""

ENTRY_NAME: Final = "firm/house"


def set_firm_status(accounts: Accounts, key: str, command: SetFirmStatus, step: Step) -> None:
    """Killed refuses every new order and replace from here on, and cancels what is open in every account, in the
    order of their ids. Trading takes orders again; what was canceled stays so.

    A command that is not later than the last one taken does nothing, so it may be sent twice.
    """
    if key != FIRM_KEY:
        raise Refused(f"SetFirmStatus under key {key!r}, not {FIRM_KEY!r}")
    if command.transact_time_us <= accounts.firm.time_us:
        return
    accounts.firm = FirmEntry(command.status, command.transact_time_us)
    step.changed[ENTRY_NAME] = None
    if command.status == "Killed":
        for account_id in sorted(accounts.by_id):
            cancel_open(accounts.by_id[account_id], None, command.transact_time_us, step)
