"""`register run`: everything the register needs on one machine, started in order and kept running."""

import os
import shlex
import sys
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import register_service
from register_service.location import data_dir, socket_url
from register_service.runtime import console, ports
from register_service.runtime.demo_client import demo_aanbieder, demo_client, has_demo_client
from register_service.runtime.demo_sign_in import DemoSignIn, is_wanted
from register_service.runtime.embedded import EmbeddedServer
from register_service.runtime.errors import RunError
from register_service.runtime.instance import Instance
from register_service.runtime.steps import REGISTER, answer_of, run_step
from register_service.runtime.supervisor import Program, StopRequested, Supervisor
from register_service.settings import Settings, load_settings

ROOT: Final = Path(register_service.__file__).parent.parent
# What a command beside this run has to be told too.
_TOLD: Final = ("PORT", "BASE_URL", "VAR_DIR", "KEY_DIR")
_ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - addresses to listen on, and where we look

Step = tuple[str, Callable[[], None]]


class Run:
    """One run. The environment is the process's own, completed with where the embedded PostgreSQL is."""

    def __init__(self) -> None:
        """Read the settings. Raises ConfigurationError with everything that is wrong with them."""
        self.environ = {name: value for name, value in os.environ.items() if value}
        self.embedded = not {"DATABASE_URL", "DATABASE_URL_FILE"} & self.environ.keys()
        if self.embedded:
            self.environ["DATABASE_URL"] = socket_url(data_dir(Path(self.environ.get("VAR_DIR", "var"))))
        self.demo = self.environ.get("DEMO", "1" if self.embedded else "0") == "1"
        self.settings: Settings = load_settings(self.environ)
        self.signs_in = is_wanted(self.environ, embedded=self.embedded, demo=self.demo)
        self.sign_in: DemoSignIn | None = None
        self.logs = self.settings.var_dir / "log"
        self.supervisor = Supervisor(console.say)
        self.instance = Instance(self.settings.var_dir)

    def __call__(self) -> None:
        """Run until stopped. Raises RunError when something will not start; nothing is left running then."""
        self.supervisor.listen()
        with self.instance.claim(self.settings.base_url):
            for name in self.instance.clear_leftovers():
                console.say(f"{name} van een afgebroken vorige keer is gestopt.")
            ports.require_free(self.settings.bind, self.settings.port)
            self.logs.mkdir(parents=True, exist_ok=True)
            try:
                self._start()
                self.supervisor.watch()
            except StopRequested:
                console.say("Afgebroken.")
            finally:
                self.supervisor.stop()
        console.say("Gestopt; de gegevens zijn bewaard.")

    def _start(self) -> None:
        steps = self._steps()
        for number, (text, take) in enumerate(steps, 1):
            console.step(number, len(steps), text)
            take()
            self.supervisor.check()
        shown = self._sign_in() if self.demo else None
        console.say(console.welcome(self.settings.base_url, shown, self.sign_in.people if self.sign_in else None))

    def _steps(self) -> list[Step]:
        steps: list[Step] = [("PostgreSQL 18 starten", self._start_postgres)] if self.embedded else []
        steps.append(("Tabellen bijwerken", self._migrate))
        if self.demo:
            steps.append(("Demoregio laden", self._load_demo))
        steps.append(("Verzegelaar starten", self._start_worker))
        if self.signs_in:
            steps.append(("Demo-aanmelding starten", self._start_sign_in))
        return [*steps, ("Webservice starten", self._start_web)]

    def _start_postgres(self) -> None:
        server = EmbeddedServer(data_dir(self.settings.var_dir), log=self.logs / "postgres.log")
        if not server.is_prepared():
            console.say("      gegevensmap maken ...")
        server.prepare()
        self.supervisor.start(server)
        server.create_database()

    def _migrate(self) -> None:
        run_step(["migrate"], self.environ, self.supervisor)
        # The first time, this made the password with which the application signs in.
        self.settings = load_settings(self.environ)

    def _load_demo(self) -> None:
        # The client comes after all else, so its file in our own data folder tells that the region is there.
        if self.embedded and has_demo_client(self.settings.var_dir):
            console.say("De demoregio staat er al.")
            return
        run_step(["demo", "load"], self.environ, self.supervisor)
        self._sign_in()

    def _start_worker(self) -> None:
        command = [*REGISTER, "worker"]
        self.supervisor.start(Program("verzegelaar", self.logs / "worker.log", command, self.environ, self.instance))

    def _start_sign_in(self) -> None:
        self.sign_in = DemoSignIn(self.settings.var_dir, self.settings.base_url, self.settings.port)
        self.sign_in.prepare(self._register)
        provider = self.sign_in.program(self.logs / "demo-aanmelding.log", self.environ, self.instance)
        self.supervisor.start(provider)
        self.supervisor.wait_until(self.sign_in.is_ready, provider, seconds=30)

    def _start_web(self) -> None:
        # It gets the way in of its own role only: the owner's is not for a process that the outside talks to.
        environ = {name: value for name, value in self.environ.items() if not name.startswith("DATABASE_URL")}
        environ["APP_DATABASE_URL"] = self.settings.app_database_url
        environ = self.sign_in.added_to(environ) if self.sign_in else environ
        command = [sys.executable, "-m", "gunicorn", "--chdir", str(ROOT), "-c", str(ROOT / "gunicorn.conf.py")]
        web = Program("webservice", self.logs / "web.log", command, environ, self.instance)
        self.supervisor.start(web)
        self.supervisor.wait_until(self._is_ready, web, seconds=60)

    def _sign_in(self) -> console.SignIn:
        try:
            aanbieder = demo_aanbieder(self.settings.var_dir, self._register)
        except RunError:
            if not has_demo_client(self.settings.var_dir):
                raise
            # It was there before this version.
            aanbieder = None
        client = demo_client(self.settings.var_dir, self._register)
        told = [f"{name}={shlex.quote(self.environ[name])}" for name in _TOLD if name in self.environ]
        return console.SignIn(client, aanbieder, " ".join([*told, _program()]))

    def _register(self, arguments: Sequence[str]) -> str:
        return answer_of(arguments, self.environ)

    def _is_ready(self) -> bool:
        address = f"{_ANYWHERE.get(self.settings.bind, self.settings.bind)}:{self.settings.port}"
        try:
            with urllib.request.urlopen(f"http://{address}/health/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:  # URLError and HTTPError are among them
            return False


def _program() -> str:
    """Give how to call `register` from this folder."""
    program = Path(sys.executable).with_name("register")
    return shlex.quote(str(program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else program))
