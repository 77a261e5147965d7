"""What `tandem check` looks at besides: features that nobody above may know say here how their data are proven."""

from collections.abc import Callable, Iterable, Iterator

Check = Callable[[], Iterable[str]]
_CHECKS: list[Check] = []


def register(check: Check) -> None:
    """`check` yields a sentence for each fault of the stored data."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def faults() -> Iterator[str]:
    for check in _CHECKS:
        yield from check()
