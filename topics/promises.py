"""What a consumer may rely on, in sentences, derived from a topic's declaration: for documents and for people."""

from __future__ import annotations

from topics.catalogue import Topic

ISOLATION = "read_committed"
_DAY_MS = 24 * 3600 * 1000
_DELIVERY = {
    "streams": "What a fold writes is there once, whatever dies: in the transaction of the batch that caused it.",
    "api": "What a client asks for is appended once for each time it is asked.",
    "feeds": "The clock and the operator may say the same again; a fold ignores what it has had.",
    "feeds.publish": "A feed's record is there once, whatever dies: in the transaction of the feed's position.",
    "sinks": "A sink that dies may write a letter twice; both copies have the same headers `origin` and `sink`.",
}


def ordering(topic: Topic) -> str:
    """In which order records come."""
    if topic.key == "entry name":
        return "In the order in which they changed, within a partition; only the last of each entry name matters."
    return f"All of one {topic.key} are in one partition, in the order in which they were decided."


def delivery(topic: Topic) -> list[str]:
    """How often a record comes, for each kind of producer."""
    kinds = (each if each in _DELIVERY else each.partition(".")[0] for each in topic.producers)
    return [_DELIVERY[kind] for kind in dict.fromkeys(kinds)]


def kept(topic: Topic) -> str:
    """How long."""
    if topic.config["cleanup.policy"] == "compact":
        return "the last of each key"
    ms = int(topic.config["retention.ms"])
    return "for ever" if ms < 0 else f"{ms // _DAY_MS} days"
