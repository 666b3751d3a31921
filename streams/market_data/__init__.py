"""Consolidation of all venues' quotes and trades of a symbol. Pure."""
