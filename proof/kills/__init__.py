"""Real kills of real processes under load, and the audit afterwards by what the clients remember."""
