from tests.commands.conftest import clock, world  # noqa: F401 - the same company
