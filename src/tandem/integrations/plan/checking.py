"""All faults of the stored data, feature by feature."""

from collections.abc import Iterator

from tqdm import tqdm

from tandem.core import checks
from tandem.integrations.plan.progress import quiet
from tandem.kpi.queries.consistency import faults_of_indicators
from tandem.okr.queries.consistency import count_sets, faults_of_goals
from tandem.people.actors import SYSTEM
from tandem.people.queries import faults_of_organization
from tandem.search.queries import faults_of_index


def faults() -> Iterator[str]:
    """A sentence for each."""
    yield from faults_of_organization()
    with tqdm(total=count_sets(SYSTEM), disable=quiet(), leave=False) as bar:
        yield from faults_of_goals(SYSTEM, bar.update)
    yield from faults_of_indicators(SYSTEM)
    yield from faults_of_index(SYSTEM)
    yield from checks.faults()
