"""The settings, or which of them is wrong."""

from __future__ import annotations

from pydantic import ValidationError

from config.settings import Settings, settings
from stack.errors import StackError


def checked_settings() -> Settings:
    """This process's settings. Raises StackError that names one which does not have a value that it may have."""
    try:
        return settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        variable = f"TAPELINE_{wrong['loc'][0]}".upper()
        problem = f"{variable} is {wrong['input']!r}: {wrong['msg'][:1].lower()}{wrong['msg'][1:]}."
        raise StackError(problem, f"Correct or unset {variable}.") from None
