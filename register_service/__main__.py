"""`python -m register_service ...` is `register ...`."""

from register_service.cli.main import main

main()
