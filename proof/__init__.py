"""Proof by breaking: a simulator of crashes from seeds, and real kills of real processes."""
