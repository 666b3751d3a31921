"""Which partition a key belongs to: Java's murmur2 on the key's UTF-8 bytes, as every Kafka client's default does."""

from __future__ import annotations

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=65536)
def partition_of(key: str, partitions: int) -> int:
    """Partition of a key among so many; the same that Java's, librdkafka's murmur2_random and aiokafka's choose."""
    return int(murmur2(key.encode()) & 0x7FFFFFFF) % partitions
