"""Benchmarks: `python -m bench` measures the service against its bars and writes bench/RESULTS.md."""
