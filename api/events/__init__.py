"""The stream of an account's order events (Server-Sent Events)."""
