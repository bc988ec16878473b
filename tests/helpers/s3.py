"""A server that speaks S3 over HTTP on the loopback address: moto, in a process of its own."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from register_service.settings import Settings
from tests.helpers.live import free_port

BUCKET = "bewijs"


class S3Server:
    """One server with one bucket, as a context."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "S3Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, and wait until the bucket is there."""
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while not self._has_bucket():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"moto did not start:\n{self._log.read_text()[-4000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop; what was stored is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def requests(self) -> list[str]:
        """Give the lines of its log that are requests, in order."""
        return [line.split('"')[1] for line in self._log.read_text().splitlines() if '"' in line and "HTTP/1" in line]

    def settings(self, settings: Settings, prefix: str = "lerarenregister/proef") -> Settings:
        """Give the same settings with the bucket for a storage."""
        from dataclasses import replace

        return replace(
            settings,
            bewijs_opslag=f"s3://{BUCKET}/{prefix}",
            s3_endpoint=self.url,
            s3_access_key_id="sleutel",
            s3_secret_access_key="geheim",
        )

    def _has_bucket(self) -> bool:
        request = urllib.request.Request(f"{self.url}/{BUCKET}", method="PUT")
        # moto looks at the service that a request is signed for, not at the signature.
        request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=sleutel/20260101/us-east-1/s3/aws4_request")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return True
        except OSError:
            return False
