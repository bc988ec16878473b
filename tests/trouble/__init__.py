"""What happens in trouble: the database gone or full, processes killed, clients that leave or dawdle."""
