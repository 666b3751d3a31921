"""Nothing reaches a topic but through the producers its declaration names.

Every call that can put a record on a topic is found by its name, and its topic read off its arguments: a fold's
`Output(TOPIC, …)`, and a client's `send` or `send_and_wait`. A call whose topic cannot be read off must be one of the
few carriers that are named here, which write what others have addressed.
"""

import ast

import pytest

from tests.rooms.source import ROOMS, modules
from topics import catalogue

SENDING = {"send", "send_and_wait", "send_batch", "send_offsets_to_transaction"}
CONSTANTS = {name: value for name, value in vars(catalogue).items() if name.isupper() and isinstance(value, str)}
CARRIERS = {
    "streams/kafka_log.py": "writes a transaction's records where the folds addressed them",
    "streams/processor.py": "addresses what the folds returned; dead letters are its own",
    "proof/replay/core.py": "both folds in memory, without topics",
    "proof/replay/run_pipeline.py": "replays recorded commands into a stack of its own",
}
STREAMS = ("streams.accounts", "streams.matching", "streams.market_data")


def producer_of(path):
    """The producer that a module is a part of, as declarations name them."""
    parts = path.removesuffix(".py").split("/")
    if parts[0] in ("api", "sinks"):
        return parts[0]
    return ".".join(parts[:2]).replace("feeds.list_instruments", "feeds.instruments")


def topic_of(node):
    """Name of the topic that an expression stands for, None when the source does not tell."""
    if isinstance(node, ast.Constant):
        return node.value
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else None
    return CONSTANTS.get(name)


def productions():
    """(path, line, topic) of every call that can produce."""
    for path, tree in modules(*ROOMS):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            kafka = name in SENDING and any("producer" in ast.unparse(part) for part in ast.walk(node.func))
            if kafka or name == "Output":
                arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "topic")]
                yield path, node.lineno, topic_of(arguments[0]) if arguments else None


def test_every_producer_is_declared():
    wrong = []
    for path, line, topic in productions():
        if path in CARRIERS or path.startswith(("bench/", "proof/kills")):
            continue
        if topic is None:
            wrong.append(f"{path}:{line} does not say to which topic")
        elif producer_of(path) not in catalogue.BY_NAME[topic].producers:
            wrong.append(f"{path}:{line} produces to {topic}, which only {catalogue.BY_NAME[topic].producers} may")
    assert wrong == []


def test_every_declared_producer_exists():
    found = {(producer_of(path), topic) for path, _, topic in productions()}
    found |= {(fold, catalogue.DEAD_LETTERS) for fold in STREAMS}  # by the processor
    found |= {("streams.accounts", catalogue.ACCOUNTS_CHANGELOG), ("streams.matching", catalogue.MATCHING_CHANGELOG)}
    found.add(("streams.market_data", catalogue.MARKET_DATA_CHANGELOG))
    declared = {(producer, topic.name) for topic in catalogue.TOPICS for producer in topic.producers}
    assert declared - found == set()


@pytest.mark.parametrize("topic", [catalogue.ORDERS])
def test_a_book_is_reached_through_the_checks_alone(topic):
    """Besides accounts, only the clock and the operator's tools write to books, and none of them can place an order."""
    for path, tree in modules("feeds"):
        if "NewOrder" in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}:
            pytest.fail(f"{path} can place an order on {topic}")
