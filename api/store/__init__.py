"""The Postgres side: connections, and how fresh the projections are."""
