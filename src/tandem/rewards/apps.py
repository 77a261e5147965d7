from django.apps import AppConfig


class RewardsConfig(AppConfig):
    name = "tandem.rewards"
    label = "rewards"

    def ready(self) -> None:
        from functools import partial

        from tandem.core import checks
        from tandem.people.actors import SYSTEM
        from tandem.rewards import events  # noqa: F401 - registers the sentences
        from tandem.rewards.queries import faults_of_points

        checks.register(partial(faults_of_points, SYSTEM))
