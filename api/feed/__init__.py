"""The live price feed: the consolidated market from memory, and as a stream without a gap."""
