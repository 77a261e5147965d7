"""Progress on a terminal; in a pipe, silence."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from tqdm import tqdm

from tandem.integrations.plan.exporting import Section

Tell = Callable[[str], None]
STEPS = 4


def quiet() -> bool:
    return not sys.stderr.isatty()


@contextmanager
def steps(count: int = STEPS) -> Iterator[Tell]:
    """Gives a function that says which step begins."""
    with tqdm(total=count, disable=quiet(), leave=False, bar_format="{desc} {bar} {n}/{total}") as bar:

        def tell(step: str) -> None:
            bar.set_description_str(step)
            bar.update()

        yield tell


def counted(sections: Iterable[Section]) -> Iterator[Section]:
    """The same sections; lists count as they are read."""
    for name, value in sections:
        if isinstance(value, int | dict):
            yield name, value
        else:
            yield name, iter(tqdm(value, desc=name, disable=quiet(), leave=False, unit=""))
