"""What runs the register on a machine: embedded PostgreSQL, migrations, and the supervisor behind `make run`."""
