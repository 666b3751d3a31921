"""The streaming plane: folds of the market, and the Faust workers that carry them."""
