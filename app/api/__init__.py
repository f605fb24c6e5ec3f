"""JSON for the front ends that councils make themselves."""
