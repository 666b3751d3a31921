"""Whether this process and what it depends on work, and its metrics."""
