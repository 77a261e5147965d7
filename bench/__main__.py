"""`make bench`: what Tandem costs, on this machine, as a table (see docs/benchmarks.md).

PEOPLE=1000,10000  sizes of the generated company
DB=sqlite          or postgresql, which needs its server programs
CHECK_INS=0        check-ins of each key result before the measurement
SECONDS=3          how long each kind of request is sent, by one client and by eight
"""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tqdm import tqdm

from bench.measuring import CLIENTS, WRITERS, Cost, Database, Figures, measure, sqlite

INTERRUPTED = 130


def main() -> int:
    sizes = [int(one) for one in os.environ.get("PEOPLE", "1000,10000").split(",")]
    seconds = float(os.environ.get("SECONDS", "3"))
    kind = os.environ.get("DB", "sqlite")
    check_ins = int(os.environ.get("CHECK_INS", "0"))
    found: list[Figures] = []
    with tqdm(bar_format="{desc} {elapsed}", disable=None, leave=False) as line:
        found.extend(measure(people, _place(kind), seconds, line.set_description_str, check_ins) for people in sizes)
    print(table(found, kind))
    return 1 if any(one.writers.failed or any(cost.failed for cost in one.costs.values()) for one in found) else 0


def _place(kind: str) -> Callable[[Path], AbstractContextManager[Database]]:
    if kind == "sqlite":
        return sqlite
    if kind == "postgresql":
        from bench.postgresql import cluster

        return cluster
    raise SystemExit("bench: DB is sqlite or postgresql")


def table(found: list[Figures], kind: str) -> str:
    """The figures as Markdown, a column for each size and the last size's cost beside the first's."""
    sizes = [f"{one.people:,} people" for one in found]
    lines = [
        f"On {kind}, {os.cpu_count()} cores. CPU in ms per request: server"
        + (" + database" if kind == "postgresql" else "")
        + ", and how many empty answers that is; in brackets requests per second with "
        + f"{' and '.join(map(str, CLIENTS))} clients.",
        "",
        _row("", *sizes, *(["ratio"] if len(found) > 1 else [])),
        _row(*(["---"] * (len(sizes) + 1 + (len(found) > 1)))),
        _row("objects loaded by `apply`, per second", *(f"{one.objects / one.loading:,.0f}" for one in found)),
    ]
    lines.append(_row("objects / database MB", *(f"{one.objects:,} / {one.database_mb:,.0f}" for one in found)))
    for title in found[0].costs:
        costs = [one.costs[title] for one in found]
        empty = [next(iter(one.costs.values())).server for one in found]
        cells = [_cell(one, kind, least) for one, least in zip(costs, empty, strict=True)]
        ratio = (costs[-1].server + costs[-1].database) / max(costs[0].server + costs[0].database, 0.001)
        lines.append(_row(title, *cells, *([f"{ratio:.2f}"] if len(found) > 1 else [])))
    lines += [
        _row("a letter of a run of digests", *(f"{one.digest_ms:.2f}" for one in found)),
        _row("the bare SQL of a person's goals", *(f"{one.bare_ms:.2f}" for one in found)),
        _row(
            f"{WRITERS} people check in under one objective",
            *(f"{one.writers.done - one.writers.failed} done, {one.writers.failed} failed" for one in found),
        ),
        _row("memory, resident / proportional MB", *(f"{one.resident:.0f} / {one.proportional:.0f}" for one in found)),
    ]
    return "\n".join(lines)


def _cell(cost: Cost, kind: str, empty: float) -> str:
    rates = " / ".join(f"{rate:.0f}" for rate in cost.rates)
    return f"{_ms(cost, kind)} = {cost.server / max(empty, 0.001):.0f}× ({rates})"


def _ms(cost: Cost, kind: str) -> str:
    return f"{cost.server:.2f} + {cost.database:.2f}" if kind == "postgresql" else f"{cost.server:.2f}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
