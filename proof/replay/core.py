"""Both folds in one process, without a log between them: what the pipeline does, in the order of a single queue."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from streams.accounts.fold import AccountsFold
from streams.fold import Output
from streams.matching.fold import MatchingFold
from topics import catalogue

if TYPE_CHECKING:
    from topics.message import Message


class Core:
    def __init__(self) -> None:
        self.accounts, self.matching = AccountsFold(), MatchingFold()

    def submit(self, topic: str, key: str, message: Message) -> list[Output]:
        """Fold a command in and everything it causes; returns all outputs in order."""
        waiting = deque([Output(topic, key, message)])
        outputs: list[Output] = []
        while waiting:
            command = waiting.popleft()
            fold = self.accounts if command.topic == catalogue.COMMANDS else self.matching
            for output in fold.apply(command.key, command.message).outputs:
                outputs.append(output)
                if output.topic in (catalogue.COMMANDS, catalogue.ORDERS):
                    waiting.append(output)
        return outputs
