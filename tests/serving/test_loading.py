"""What a start does before the first page: it loads every route and builds no validator that nobody asked for."""

import os
import subprocess
import sys

LOAD = """
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from tandem.core.http.bodies import Body, Shown
def below(shape): return {one for part in shape.__subclasses__() for one in {part, *below(part)}}
shapes = below(Body) | below(Shown)
print(len(shapes), sum(shape.__pydantic_complete__ for shape in shapes))
"""


def test_no_validator_is_built_before_its_first_use() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tandem.config.settings"}
    said = subprocess.run([sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True, check=True)
    shapes, built = map(int, said.stdout.split())
    assert shapes > 300
    assert built == 0
