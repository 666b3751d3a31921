"""The streaming plane: folds of the market, and the Faust workers that carry them."""

from compiled import search_path

__path__ = search_path(__name__, __path__)
