"""The desk of those who work for councils: signing in, who may do what, and what is noted of it."""
