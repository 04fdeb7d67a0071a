"""What `scripts/bench` measures: whole processes, questions in memory, cost against size."""
