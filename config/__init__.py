"""Settings: the only way by which an environment reaches the code; addresses, credentials and sizes, no code paths."""
