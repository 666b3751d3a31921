"""Refold the whole log and hold the outputs on the topics against it, by digests of chunks, then record by record.

Memory stays small however long the log is: a digest per some thousand source offsets and output partition. Only where
two digests differ are the records of that chunk looked at. What retention or compaction has removed is left out, and
so is what another version of a fold has folded; both are said.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiokafka.structs import TopicPartition

from config.settings import Settings
from proof.log_reader import begins, ends, partitions, records
from proof.settling import Positions, Progress
from streams.processor import Processor, origin_of
from streams.refold import Difference, compare, parse_origin
from streams.roles import ROLES, Role
from topics import catalogue
from topics.codec import decode
from topics.messages import Span

CHUNK = 4096  # source offsets a digest stands for
SOURCES = {role.source: role for role in ROLES.values()}
FOLDS = {role.producer for role in ROLES.values()}
OUTPUTS = [
    topic.name
    for topic in catalogue.TOPICS
    if not topic.name.endswith("-changelog") and (FOLDS & set(topic.producers) or topic.name in SOURCES)
]
Chunk = tuple[str, int, int]  # output topic, its partition, source offset // CHUNK
Source = tuple[str, int]  # source topic, its partition
Output = tuple[str, int, int, int, Any]  # output topic, its partition, source offset, index, record


@dataclass(slots=True)
class Outputs:
    """What one source partition caused: digests by chunk, and whole records of the compacted topics."""

    running: dict[Chunk, Any] = field(default_factory=dict)
    compacted: dict[tuple[str, bytes], list[tuple[int, int, bytes]]] = field(default_factory=dict)
    first: dict[tuple[str, int], int] = field(default_factory=dict)  # output partition -> first source offset seen

    def add(self, topic: str, partition: int, offset: int, index: int, record: Any) -> None:
        if catalogue.BY_NAME[topic].config is catalogue.COMPACTED:
            self.compacted.setdefault((topic, record.key), []).append((offset, index, record.value))
            return
        self.first.setdefault((topic, partition), offset)
        running = self.running.setdefault((topic, partition, offset // CHUNK), hashlib.blake2b(digest_size=16))
        running.update(f"{offset}/{index}/{len(record.key or b'')}/".encode() + (record.key or b"") + record.value)

    def digests(self) -> dict[Chunk, bytes]:
        return {chunk: running.digest() for chunk, running in self.running.items()}


@dataclass(slots=True)
class LogReport:
    """What refolding found. `left_out` says in words what could not be compared, and why."""

    commands: int = 0
    outputs: int = 0
    differences: list[Difference] = field(default_factory=list)
    other_versions: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


class LogVerifier:
    """Verifies everything that source records below frozen ends have caused. All of it must be durable, and the output
    topics are read up to `reached`."""

    def __init__(self, config: Settings, frozen: Positions, reached: Positions, progress: Progress) -> None:
        self.config, self.frozen, self.reached, self.progress = config, frozen, reached, progress
        self.report = LogReport()
        self.found: dict[Source, Outputs] = {(at.topic, at.partition): Outputs() for at in frozen}
        self.begins: Positions = {}
        self.source_ends: Positions = {}

    async def run(self) -> LogReport:
        """Read every output once, then refold each source and compare."""
        self.begins = await begins(self.config, OUTPUTS)
        self.source_ends = await ends(self.config, list(SOURCES))
        for at in partitions(self.config, OUTPUTS):
            self.progress(f"reading {at.topic}/{at.partition}")
            async for source, output in self._read(at):
                self.found[source].add(*output)
        for role in ROLES.values():
            for number in range(self.config.partitions):
                self.progress(f"refolding {role.source}/{number}")
                await self._compare(role, number)
        return self.report

    async def _read(self, at: TopicPartition) -> AsyncIterator[tuple[Source, Output]]:
        """Outputs of an output partition that come from below a frozen end; strangers become differences."""
        clients_too = at.topic in SOURCES or at.topic == catalogue.DEAD_LETTERS
        async for record in records(self.config, at, self.reached[at]):
            header = origin_of(record)
            if not header and clients_too:
                continue  # a command of a client, or a letter
            source = _parsed(header)
            where = TopicPartition(*source[:2]) if source else None
            if source and where in self.frozen and self._may_cause(source[0], at.topic):
                if source[2] < self.frozen[where]:
                    yield source[:2], (at.topic, at.partition, *source[2:], record)
                    continue
                if source[2] < self.source_ends[where]:
                    continue  # came after the frozen end
            elif clients_too and source and source[0] not in SOURCES:
                continue  # a sink's letter
            self._stranger(at, record.offset, header)

    def _may_cause(self, source: str, topic: str) -> bool:
        return SOURCES[source].producer in catalogue.BY_NAME[topic].producers

    def _stranger(self, at: TopicPartition, offset: int, header: bytes) -> None:
        text = f"a record at {at.topic}/{at.partition}/{offset}, origin {header!r}"
        self.report.differences.append(Difference(at.topic, header.decode(errors="replace"), "nothing", text))

    async def _compare(self, role: Role, number: int) -> None:
        wanted, found = Outputs(), self.found[role.source, number]
        source = TopicPartition(role.source, number)
        if (first := (await begins(self.config, [role.source]))[source]) > 0:
            text = f"{role.source}/{number} begins at offset {first}: without what was before it cannot be folded again"
            self.report.left_out.append(text)
            return
        others = await self._other_versions(role, number)
        async for output in self._expected(role, number, count=True):
            wanted.add(*output)
        expected, actual = wanted.digests(), found.digests()
        seen: set[tuple[str, int]] = set()
        for chunk in sorted(expected.keys() | actual.keys()):
            topic, partition, part = chunk
            if expected.get(chunk) == actual.get(chunk) or (topic, partition) in seen:
                continue
            if any(first // CHUNK <= part <= last // CHUNK for first, last in others):
                continue
            if self._gone(role, number, chunk, found):
                continue
            seen.add((topic, partition))
            self.report.differences += await self._look_closer(role, number, chunk)
        self._compare_compacted(role, number, wanted, found)

    def _gone(self, role: Role, number: int, chunk: Chunk, found: Outputs) -> bool:
        """Whether retention has removed records of a chunk."""
        topic, partition, part = chunk
        begin = self.begins[TopicPartition(topic, partition)]
        if begin == 0:
            return False
        kept_from = found.first.get((topic, partition), self.frozen[TopicPartition(role.source, number)])
        text = f"{topic}/{partition} begins at offset {begin}: what {role.source}/{number} caused before is gone"
        if part <= kept_from // CHUNK and text not in self.report.left_out:
            self.report.left_out.append(text)
        return part <= kept_from // CHUNK

    def _compare_compacted(self, role: Role, number: int, wanted: Outputs, found: Outputs) -> None:
        """The last value of each key is as refolded, and earlier ones that compaction has left are among them."""
        for topic, key in sorted(wanted.compacted.keys() | found.compacted.keys()):
            expected, actual = (side.compacted.get((topic, key), []) for side in (wanted, found))
            if expected[-1:] != actual[-1:] or not set(actual) <= set(expected):
                origin = f"{role.source}/{number}, key {key!r}"
                difference = Difference(topic, origin, repr(expected[-1:]), repr(actual[-1:]))
                self.report.differences.append(difference)

    async def _expected(self, role: Role, number: int, *, count: bool) -> AsyncIterator[Output]:
        """Outputs that a fresh fold of the source causes, in order."""
        processor = Processor(role, number, self.config.partitions)
        source = TopicPartition(role.source, number)
        async for record in records(self.config, source, self.frozen[source]):
            self.report.commands += count
            transaction = processor.process([record])
            for (topic, partition), outs in transaction.records.items() if transaction else ():
                if topic != role.changelog:
                    for out in outs:
                        _, _, offset, index = parse_origin(origin_of(out))
                        self.report.outputs += count
                        yield topic, partition, offset, index, out

    async def _look_closer(self, role: Role, number: int, chunk: Chunk) -> list[Difference]:
        topic, partition, part = chunk

        def inside(output: Output) -> bool:
            return output[:2] == (topic, partition) and output[2] // CHUNK == part

        self.progress(f"looking for the first difference in {topic}/{partition}")
        expected = [(topic, row[4]) async for row in self._expected(role, number, count=False) if inside(row)]
        found = [
            (topic, output[4])
            async for source, output in self._read(TopicPartition(topic, partition))
            if source == (role.source, number) and inside(output)
        ]
        return compare(role, number, expected, found)

    async def _other_versions(self, role: Role, number: int) -> list[tuple[int, int]]:
        """Source offsets, first and last, that another version of the fold has folded; they are said."""
        at = TopicPartition(role.changelog, number)
        spans: list[Span] = []
        async for record in records(self.config, at, (await ends(self.config, [role.changelog]))[at]):
            if record.key == b"mark":
                spans = decode(record.value).spans
        others, version = [], role.fold().VERSION
        lasts = [span.first_offset - 1 for span in spans[1:]] + [self.frozen[TopicPartition(role.source, number)] - 1]
        for span, last in zip(spans, lasts, strict=False):
            if span.fold_version != version:
                others.append((span.first_offset, last))
                self.report.other_versions.append(
                    f"{role.source}/{number} from {span.first_offset} to {last} by {span.fold_version}, "
                    f"today's is {version}: its outputs are not compared"
                )
        return others


def _parsed(header: bytes) -> tuple[str, int, int, int] | None:
    """An origin header's parts, None when it is not one."""
    try:
        return parse_origin(header)
    except ValueError:
        return None
