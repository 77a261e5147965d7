"""A PostgreSQL cluster of the tests' own, gone when they end. One serves all workers."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

QUICK = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=60"]


class Missing(RuntimeError):
    """There is no PostgreSQL server on this machine."""


class Cluster:
    def __init__(self, folder: str, options: list[str] = QUICK) -> None:
        self.data = Path(folder) / "postgresql"
        self.options = options
        self.running = False

    def start(self) -> str:
        """The address of an empty database server."""
        if os.getuid() == 0:
            self.data.mkdir()
            shutil.chown(self.data, "postgres", "postgres")
            self.data.parent.chmod(0o711)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._run("initdb", "-D", str(self.data), "-U", "tandem", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join([*self.options, f"-p {port}", "-c listen_addresses=127.0.0.1", f"-k {self.data}"])
        self._run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.data / "log"), "-o", options, "start")
        self.running = True
        return f"postgresql://tandem@127.0.0.1:{port}/postgres"

    def stop(self) -> None:
        if self.running:
            self.running = False
            self._run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(binaries() / program), *arguments]
        if os.getuid() == 0:  # the server refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip() or done.stdout.strip()}")


def binaries() -> Path:
    """Where initdb and pg_ctl are; the newest version's. Raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise Missing("PostgreSQL is missing: install it (Debian: apt-get install postgresql)")
    return Path(on_path).parent
