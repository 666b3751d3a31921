"""From Kafka to the stores, each record exactly once: a runner, one small room a store, and the stores' migrations."""

from compiled import search_path

__path__ = search_path(__name__, __path__)
