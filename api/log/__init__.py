"""The Kafka side: append commands, hear decisions, follow the market."""
