"""Measurements of speed and of endurance, run by hand: `python -m benchmarks.NAME`."""
