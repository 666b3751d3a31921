"""The schemas of the topics as a read-only Confluent Schema Registry, for consumers that bring their own tools."""
