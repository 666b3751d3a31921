"""The published contract: every topic, its records and their codec. Imports nothing of ours; all may import it."""

from compiled import search_path

__path__ = search_path(__name__, __path__)
