"""The part of docs/topics.md that follows from the catalogue: a section a topic."""

from __future__ import annotations

from pathlib import Path

from topics import promises, schemas
from topics.catalogue import TOPICS, Topic

PAGE = Path(__file__).resolve().parent.parent / "docs" / "topics.md"
HEADING = "## Every topic\n"


def page(text: str) -> str:
    """The page's text with its last part, from the heading `Every topic` on, made anew."""
    return text[: text.index(HEADING)] + HEADING + "".join(map(_section, TOPICS))


def _section(topic: Topic) -> str:
    records = "".join(
        f"| `{record}` | {schemas.schema_id(record)} | {schemas.current()[record]['doc']} |\n"
        for record in topic.records
    )
    return (
        f"\n### {topic.name}\n\n{topic.about[0].upper()}{topic.about[1:]}.\n\n"
        f"- Key: {topic.key}; {topic.why}.\n"
        f"- Order: {promises.ordering(topic)}\n"
        f"- Delivery: {' '.join(promises.delivery(topic))}\n"
        f"- Kept: {promises.kept(topic)}. Written by: {', '.join(f'`{each}`' for each in topic.producers)}."
        f"{' Public.' if topic.public else ''}\n\n"
        f"| record | schema id | |\n|---|---|---|\n{records}"
    )
