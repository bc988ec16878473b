"""Benchmarks: `python -m bench` measures the service against the bars of docs and writes bench/RESULTS.md."""
