"""The published contract: every topic, its records and their codec. Imports nothing of ours; everyone may import it."""
