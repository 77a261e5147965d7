"""The house rules that no linter knows: sizes, names, sentences for every verb, words through gettext."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps

import tandem
from tandem.activity.events import VERBS

ROOT = Path(tandem.__file__).parent
TESTS = Path(__file__).parent
SOURCES = sorted(path for path in ROOT.glob("**/*.py") if "migrations" not in path.parts)
TEXTS = sorted(path for kind in ("html", "css", "js") for path in ROOT.glob(f"**/*.{kind}"))
FEATURES = ("insights", "guide", "growth", "okr", "rewards", "kpi", "cycles", "people", "activity", "search")

IN_A_FEATURE = {
    "__init__", "apps", "models", "rules", "access", "events", "queries", "commands", "forms", "views", "urls", "api",
    "migrations", "templates", "static",
}  # fmt: skip
BESIDE = {
    "people/actors": "who acts is asked for by all features, and is neither a table nor a rule",
    "people/signin": "what the sign-in library wants to be told",
    "people/recall": "the two reads that every request begins with, compiled once",
    "guide/examples": "what is written once and read by all: good objectives as data, and their reader",
    "people/found": "people and units as what can be found: read by commands and queries alike",
    "okr/found": "the same of goals",
    "people/wording": "what the company calls things: rules of language, not of people",
    "people/catalogues": "those words put into the loaded texts: no row is read or written",
    "search/kinds": "what features register to be found, as activity's events are sentences",
    "okr/versions": "a goal set as one exact text, its hash and its differences: rules of texts, not of goals",
    "okr/anchors": "where words that were talked about stand after an edit: rules of texts, not of goals",
    "people/devices": "the sign-in library's sessions, read and ended",
    "people/tokens": "how programs sign in: tokens made, read back at every request, revoked",
    "activity/letters": "what is sent by mail, written when it is sent",
    "activity/live": "what changed lately, for pages that stay open",
    "activity/outbox": "the mail backend",
    "activity/repeats": "requests sent twice are answered once: neither a read nor a command, but around them",
    "activity/worker": "the worker's process",
    "activity/audit": "what was done, for those who must be able to ask: over the events of all features",
    "activity/health": "how the queue, the mail and the database are",
    "activity/jobs": "what the worker does from time to time",
}
"""Files beside the usual ones, and why."""

HELPERS = {
    # Used inside commands, under their permission.
    "activity.commands.recording": {"record", "record_all", "event"},
    "activity.commands.telling": None,
    "activity.commands.refusals": None,  # told by the wall, after whatever command was refused
    "search.commands": None,  # used inside commands, under their permission
    "people.commands.units": {
        "tell_moved", "tell_lines", "unit_kind", "hang_below",
    },
    "people.commands.company": {"lock_organization", "known_timezone", "set_organization_fields", "clean_words"},
    "people.commands.people": {"set_profile_fields", "clean_email"},
    "people.commands.bulk": {"prepare_organization"},
    "cycles.commands": {"prepare_cycles"},
    "kpi.commands.indicator_fields": None,  # parsing
    "kpi.commands.calculations": None,  # what may be calculated from what
    "kpi.commands.terms": None,  # parsing
    "kpi.commands.library_file": {"prepare_indicators"},
    "kpi.commands.readings_file": {"prepare_readings"},
    "kpi.commands.readings": {
        "correction_of", "refuse_calculated", "clean_value", "refuse_future", "clean_since",
    },
    "kpi.commands.files": {
        "prepare_library", "prepare_values", "look_through", "look_through_later", "write_later", "forget_old_files",
    },
    "kpi.commands.scoring": None,  # what follows from figures
    "kpi.commands.filling": None,  # what follows from targets and readings
    "kpi.commands.rounds": {"refuse_closed"},
    "kpi.commands.outcomes": {"communicate_card", "close_card"},
    "kpi.commands.steps": None,  # what is kept of a step
    "kpi.commands.issuing": {"waiting_members", "refuse_cycle"},
    "kpi.commands.agreeing": {"clean_reason"},
    "rewards.commands.terms": None,  # parsing
    "okr.commands.fields": None,  # parsing
    "okr.commands.history": None,  # what follows from a history
    "okr.commands.numbers": None,  # what follows from rows
    "okr.commands.moved_targets": None,  # what follows from a change for the targets signed once
    "okr.commands.sides": None,  # what follows from reporting lines
    "okr.commands.kept": None,  # what follows from a change for the handshake on it
    "okr.commands.bulk": None,  # the parts of one command, import_goals
    "okr.commands.findable": None,  # what is found of rows
    "okr.commands.words": None,  # what follows from an edit of texts
    "okr.commands.following": {
        "refuse_unseen", "followed", "take_readings", "fell_behind",  # what follows from readings
        "follow_all",  # the job: the command for each set of goals that fell behind
    },
    "okr.commands.follows": {"follow_by_oneself"},
    "okr.commands.coverage": None,  # what follows from links
    "okr.commands.order": None,  # putting rows in order
    "okr.commands.actions": {"set_action_fields"},
    "okr.commands.objectives": {"goal_set", "writable", "tell", "last_place", "refuse_gone"},
    "okr.commands.alignment": {"refuse_parent", "parents_of"},
    "okr.commands.check_ins": {"refuse_check_in", "proposed_status", "set_check_in_fields", "refuse_empty"},
}  # fmt: skip
"""Public functions of command modules that are no commands: what several commands share. None: the whole module."""

NO_ACTOR = {
    "organization", "forget_organization", "company_timezone_name", "still_here", "manager_of", "people_by_key",
    "units_by_key", "unit_paths", "is_person", "lead_among", "has_organization", "current_of", "cycles_by_key",
    "faults_of_organization", "address_of", "company_languages", "usual_weekday",
}  # fmt: skip
"""Reads of the organisation that everybody may make and rules and commands need without an actor."""


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


# --- sizes


@pytest.mark.parametrize("path", [*SOURCES, *TEXTS], ids=name_of)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert lines_of(path) <= 400


def test_no_test_file_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(TESTS)): lines_of(path) for path in TESTS.glob("**/*.py")}
    assert not {name: count for name, count in long.items() if count > 400}


def test_the_median_file_is_short() -> None:
    assert median(lines_of(path) for path in [*SOURCES, *TEXTS] if lines_of(path)) < 60


def test_functions_are_shorter_than_40_lines() -> None:
    long = {f"{name_of(path)}:{one.name}": body_of(one) for path in SOURCES for one in functions(path)}
    assert not {name: count for name, count in long.items() if count >= 40}


def body_of(function: ast.FunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    text = function.body[0]
    has_docstring = isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    documented = (text.end_lineno or 0) - text.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - documented


# --- names


def test_nothing_is_called_utils_or_service() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "misc", "common", "services", "service", "signals", "admin"}
    assert not [
        name_of(path) for path in SOURCES if path.stem in forbidden or forbidden & set(path.relative_to(ROOT).parts)
    ]
    classes = [node.name for path in SOURCES for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    assert not [name for name in classes if re.search("(Service|Manager|Helper|Util|Utils|Handler)$", name)]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_holds_the_usual_files(feature: str) -> None:
    inside = {path.stem for path in (ROOT / feature).iterdir() if path.name != "__pycache__"}
    extra = {f"{feature}/{name}" for name in inside - IN_A_FEATURE}
    assert extra == {name for name in BESIDE if name.startswith(f"{feature}/")}


# --- one way to write, one way to read


def test_every_public_function_of_a_commands_module_is_a_command() -> None:
    strangers: list[str] = []
    for path in SOURCES:
        module = module_of(path)
        if ".commands" not in module or not module.startswith(FEATURES):
            continue
        helpers = next(
            (names for start, names in HELPERS.items() if module == start or module.startswith(f"{start}.")), set()
        )
        if helpers is None:
            continue
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.name in helpers:
                continue
            if not any(ast.unparse(one).startswith("command(may=") for one in node.decorator_list):
                strangers.append(f"{module}.{node.name}")
    assert not strangers


@pytest.mark.parametrize("feature", FEATURES)
def test_reads_take_the_actor_first(feature: str) -> None:
    """What a queries module offers its neighbours; the parts of a package may share pieces among themselves."""
    module = importlib.import_module(f"tandem.{feature}.queries")
    offered = getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")])
    reads = {name: getattr(module, name) for name in offered if name not in NO_ACTOR}
    own = {
        name: one
        for name, one in reads.items()
        if inspect.isfunction(one) and one.__module__.startswith(module.__name__)
    }
    assert own
    assert not [
        name for name, one in own.items() if [*inspect.signature(one).parameters][:1] not in (["actor"], ["_actor"])
    ]


def test_keys_that_leave_okr_leave_no_way_back() -> None:
    """Nobody below can reach goals through a person, a unit or a cycle."""
    for model in apps.get_app_config("okr").get_models():
        for key in model._meta.get_fields():
            if key.many_to_one and key.related_model._meta.app_label != "okr":
                assert key.remote_field.related_name == "+", f"{model.__name__}.{key.name}"


# --- words

VERB = re.compile(r"[a-z_]+(\.[a-z_]+)+")
RECORDERS = {"record", "tell", "_tell", "event", "_put", "_apply", "Event"}


def recorded() -> dict[str, str]:
    """Every verb that the sources record, and where; `*` where a word is made at run time."""
    families = {verb.split(".")[0] for verb in VERBS}
    found: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            given = (
                node.args if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in RECORDERS else []
            )
            made = [node] if isinstance(node, ast.JoinedStr) and text_of(node).split(".")[0] in families else []
            for text in map(text_of, [*given, *made]):
                if VERB.fullmatch(text.replace("*", "x")):
                    found[text] = name_of(path)
    return found


def text_of(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    if isinstance(node, ast.IfExp):
        return text_of(node.body)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_every_verb_has_a_sentence() -> None:
    verbs = recorded()
    assert len(verbs) > 40
    for verb, where in verbs.items():
        pattern = re.compile(verb.replace(".", r"\.").replace("*", "[a-z_]+"))
        assert any(pattern.fullmatch(known) for known in VERBS), f"{verb} in {where}"


def test_every_sentence_is_told_by_somebody() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "events.py")
    made = [re.compile(verb.replace(".", r"\.").replace("*", "[a-z_]+")) for verb in recorded() if "*" in verb]
    unused = [verb for verb in VERBS if f'"{verb}"' not in sources and not any(one.fullmatch(verb) for one in made)]
    assert not unused


def test_personal_keys_stand_in_their_sentence() -> None:
    for name, verb in VERBS.items():
        places = set(re.findall(r"%\((\w+)\)s", str(verb.sentence)))
        assert verb.personal <= places, name


REFUSALS = {"Invalid", "NotAllowed", "Missing", "Conflict", "Refusal"}
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}


def test_every_refusal_speaks_through_gettext() -> None:
    bare = []
    for path in SOURCES:
        tree = tree_of(path)
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Assign) and is_translated(node.value, set())]
        translated = {name.id for node in texts for name in node.targets if isinstance(name, ast.Name)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in REFUSALS):
                continue
            if not node.args or not is_translated(node.args[0], translated):
                bare.append(f"{name_of(path)}:{node.lineno}")
    assert not bare


def is_translated(node: ast.expr, names: set[str]) -> bool:
    """A call of gettext, its words filled in, a name that holds one, or the words of another library's refusal."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "str":
            return is_translated(node.args[0], names)
        return called in {*GETTEXT, "_sentence"} or (
            called.endswith(".join") and "messages" in ast.unparse(node.args[0])
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return is_translated(node.left, names)
    if isinstance(node, ast.IfExp):
        return is_translated(node.body, names) and is_translated(node.orelse, names)
    if isinstance(node, ast.Attribute):
        return node.attr == "message"
    return isinstance(node, ast.Name) and node.id in names
