"""Tests of what costs time: statements and round trips, counted and not timed; and of the benchmark's own parts."""
