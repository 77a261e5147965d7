"""What a server costs by itself: an empty Django answer behind several fronts, in CPU ms per request.

python -m bench.server [SECONDS]      needs wrk
"""

import asyncio
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

PORT = 18099
VARIANTS = ("wsgi-1", "wsgi-2", "rsgi-1", "rsgi-2", "rsgi-4", "asgi", "django")
TICKS = os.sysconf("SC_CLK_TCK")


def django_app() -> Callable[..., Any]:
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"ok")

    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[])
    globals()["urlpatterns"] = [path("", empty)]
    django.setup()
    return get_wsgi_application()


def rsgi_front(threads: int) -> Any:
    from tandem.config.front import Front

    return Front(django_app(), threads)


def asgi_front() -> Any:
    """The same hand-over behind ASGI."""
    app, pool = django_app(), ThreadPoolExecutor(2)

    def run(environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        seen: list[Any] = []
        body = b"".join(app(environ, lambda status, headers, *_: seen.extend((status, headers))))
        return int(seen[0][:3]), [(k.encode(), v.encode()) for k, v in seen[1]], body

    async def front(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        environ = {
            "REQUEST_METHOD": scope["method"], "PATH_INFO": scope["path"], "QUERY_STRING": "", "SERVER_NAME": "bench",
            "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "SERVER_PROTOCOL": "HTTP/1.1",
        }  # fmt: skip
        for name, value in scope["headers"]:
            environ["HTTP_" + name.decode().upper().replace("-", "_")] = value.decode()
        status, headers, body = await asyncio.get_running_loop().run_in_executor(pool, run, environ)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return front


def django_asgi() -> Any:
    django_app()
    from django.core.asgi import get_asgi_application

    return get_asgi_application()


def serve(variant: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    kind, _, threads = variant.partition("-")
    if kind == "embed":
        from granian.server.embed import Server

        asyncio.run(Server(rsgi_front(int(threads)), port=PORT, interface=Interfaces.RSGI, log_enabled=False).serve())
        return
    makers = {"wsgi": django_app, "rsgi": lambda: rsgi_front(int(threads)), "asgi": asgi_front, "django": django_asgi}
    interface = {"wsgi": Interfaces.WSGI, "rsgi": Interfaces.RSGI}.get(kind, Interfaces.ASGINL)
    extra = {"blocking_threads": int(threads)} if kind == "wsgi" else {}
    app = makers[kind]
    Granian("app", port=PORT, interface=interface, log_enabled=bool(os.environ.get("SHOW")), **extra).serve(
        target_loader=lambda *_: app()
    )


def processes(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in processes(int(child)))]


def cpu_ms(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total * 1000 / TICKS


def memory_mb(pids: list[int]) -> float:
    """Proportional: pages that processes share are counted once."""
    lines = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) for text in lines) / 1024


def measure(variant: str, seconds: int) -> str:
    server = subprocess.Popen([sys.executable, "-m", "bench.server", "serve", variant])
    address = f"http://127.0.0.1:{PORT}/"
    try:
        _wait(address)
        subprocess.run(["wrk", "-t1", "-c16", "-d1", address], capture_output=True, check=True)
        pids = processes(server.pid)
        before = cpu_ms(pids)
        text = subprocess.run(
            ["wrk", "-t1", "-c16", f"-d{seconds}", address], capture_output=True, text=True, check=True
        )
        spent = cpu_ms(pids) - before
        count = int(re.findall(r"(\d+) requests in", text.stdout)[0])
        faults = "".join(re.findall(r"(Non-2xx.*|Socket errors.*)", text.stdout))
        return f"| {variant} | {spent / count:.3f} | {count / seconds:.0f} | {memory_mb(pids):.0f} | {faults}"
    finally:
        server.terminate()
        server.wait(10)


def _wait(address: str) -> None:
    import urllib.request

    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
    else:
        print("| front | CPU ms per request | requests/s | MB |")
        for one in sys.argv[2:] or VARIANTS:
            print(measure(one, int((sys.argv[1:] or ["4"])[0])), flush=True)
