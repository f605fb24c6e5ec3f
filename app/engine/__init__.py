"""The law as data: load, decide, explain. Pure but for its loader: no web, no clock, no randomness, no environment."""
