"""The process: `python -m register_service.runtime.demo_provider FILE`, with in the file all it needs to know (setting_up)."""

import json
import sys
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from register_service.runtime.demo_provider.app import create_app
from register_service.runtime.demo_provider.server import Client, Person


class _Quiet(WSGIRequestHandler):
    # What is asked here has codes in it.
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def main() -> None:
    """Serve until stopped."""
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    client = Client(given["client_secret"], given["redirect_uri"])
    people = [Person(**person) for person in given["people"]]
    app = create_app(f"http://127.0.0.1:{given['port']}", client, people)
    make_server("127.0.0.1", given["port"], app, threaded=True, request_handler=_Quiet).serve_forever()


if __name__ == "__main__":
    main()
