"""The version of every server, once: compose, the lock files and the embedded stack are tested to agree with it."""

from __future__ import annotations

KAFKA = "4.3.1"
SCALA = "2.13"
CLICKHOUSE = "26.9"
POSTGRES = "18"
VALKEY = "9.1"

# What the broker needs beside itself: a logger that writes to standard error (Kafka's own brings a bill of materials
# that downgrades kafka-clients).
KAFKA_ENDPOINT = f"org.apache.kafka:kafka_{SCALA}:{KAFKA}+org.slf4j:slf4j-simple:1.7.36"
