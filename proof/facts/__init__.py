"""Does the simulated market look like a market? Its stylised facts, measured on a simulated day, and their picture."""
