"""Style sheets, scripts and pictures: served by Tandem itself, kept by browsers for good.

All of them lie under one folder whose name changes when any of them does: `/static/3f2a…/tandem/css/base.css`.
So what a style sheet or module refers to by a relative path is found without rewriting it, nothing has to be
collected when Tandem is installed or started, and a browser never mixes the files of two versions.
"""

from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


@cache
def files() -> dict[str, Path]:
    """Every asset by its name, first finder first."""
    found: dict[str, Path] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            found.setdefault(name.replace("\\", "/"), Path(storage.path(name)))
    return found


@cache
def fingerprint() -> str:
    """Ten characters that change when any asset changes."""
    print_ = blake2b(digest_size=5)
    for name, path in sorted(files().items()):
        print_.update(name.encode() + b"\0" + path.read_bytes())
    return print_.hexdigest()


class AssetStorage(StaticFilesStorage):
    def url(self, name: str | None) -> str:
        return f"{settings.STATIC_URL}{fingerprint()}/{name}"


class AssetsMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response, settings)

    def add_files_from_finders(self) -> None:
        prefix = f"{settings.STATIC_URL}{fingerprint()}/"
        for name, path in files().items():
            self.add_file_to_dictionary(prefix + name, str(path))

    def candidate_paths_for_url(self, url: str) -> Any:
        name = url.removeprefix(f"{settings.STATIC_URL}{fingerprint()}/")
        path = finders.find(name) if name != url else None
        if path:
            yield path

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(settings.STATIC_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.STATIC_URL):
            return self._asset(request)
        response: HttpResponseBase = self.get_response(request)
        return response

    def _asset(self, request: HttpRequest) -> HttpResponseBase:
        """The file; under the folder of another version (a page opened before an upgrade) the present one."""
        _static, _root, _version, name = [*request.path_info.split("/", 3), "", "", ""][:4]
        path = f"{settings.STATIC_URL}{fingerprint()}/{name}"
        found = self.find_file(path) if self.autorefresh else self.files.get(path)
        if found is None:
            response: HttpResponseBase = self.get_response(request)
            return response
        served: HttpResponseBase = self.serve(found, request)
        if path != request.path_info:
            served["Cache-Control"] = "no-cache"
        return served
