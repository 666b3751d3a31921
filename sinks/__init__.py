"""From Kafka to the stores, each record exactly once: a runner, one small room a store, and the stores' migrations."""
