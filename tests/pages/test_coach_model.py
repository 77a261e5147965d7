"""A model asked for drafts of questions: off unless set, by a click alone, told titles only, never waited for long."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tandem.integrations import coach_model
from tandem.okr import commands as okr
from tests.pages.conftest import LANGUAGES, text_of
from tests.world import World, fresh

Browse = Callable[..., Client]


class FakeModel:
    """An OpenAI-compatible server on this machine that answers what a story wants and remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.heads: list[dict[str, str]] = []
        self.status, self.body, self.location = 200, said(["Who will notice?", "How will you know?"]), ""
        self.drips, self.enough = b"", Event()
        self.go_on = Event()
        self.go_on.set()
        model = self

        class Answering(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                model.heads.append(dict(self.headers))
                model.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                model.go_on.wait(20)
                if model.drips:
                    with suppress(OSError):
                        while not model.enough.wait(0.1):
                            self.wfile.write(model.drips)
                    return
                self.send_response(model.status)
                if model.location:
                    self.send_header("Location", model.location)
                self.end_headers()
                with suppress(OSError):  # nobody waits for it any more
                    self.wfile.write(model.body.encode())

            def log_message(self, *_said: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def sent(self) -> str:
        (told,) = (one["content"] for one in self.heard[-1]["messages"] if one["role"] == "user")
        return str(told)


def said(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]})


@pytest.fixture
def fake(settings: Settings) -> Iterator[FakeModel]:
    made = FakeModel()
    settings.COACH_MODEL = {
        "address": made.address, "key": "sesame", "name": "small", "sends_more": False, "seconds": 1,
    }  # fmt: skip
    yield made
    made.go_on.set()
    made.enough.set()
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def goals(world: World) -> str:
    """Ada's goals, one of them for her line alone; the address that asks the model about them."""
    world.key_result(world.objective(title="Customers stay", description="Because of Bob"), title="From 30 to 45")
    okr.set_visibility(world.ada, world.objective(title="Between us"), visibility="line")
    return reverse("model_person", args=[world.ada.pk, world.quarter.pk])


def ask(client: Client, address: str) -> str:
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return text_of(answer)


def test_it_is_off_unless_it_is_set(world: World, browse: Browse, goals: str) -> None:
    ada = browse(world.ada)
    assert "Ask the model" not in text_of(ada.get(goals.replace("/model/", "/")))
    assert ada.post(goals).status_code == 404
    api = f"/api/v1/people/{world.ada.pk}/goals/model-questions"
    assert ada.post(api, {"cycle": world.quarter.pk}, content_type="application/json").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_click_asks_and_titles_alone_are_sent(
    world: World, browse: Browse, goals: str, fake: FakeModel, language: str
) -> None:
    ada = browse(world.ada, language=language)
    page = text_of(ada.get(goals.replace("/model/", "/")))
    assert {"en": "Titles of these goals", "zh-hans": "标题"}[language] in page
    assert fake.address.split("/")[2] in page
    assert not fake.heard  # a look asks nothing
    text = ask(ada, goals)
    assert "Who will notice?" in text
    assert {"en": "A machine wrote these", "zh-hans": "由机器生成"}[language] in text
    assert json.loads(fake.sent) == [{"objective": "Customers stay", "key_results": ["From 30 to 45"]}]
    assert not [word for word in ("Bob", "Between us", "Ada") if word in json.dumps(fake.heard)]
    assert {"en": "in English", "zh-hans": "in Simplified Chinese"}[language] in str(fake.heard[0]["messages"][0])
    assert (fake.heard[0]["model"], fake.heads[0]["Authorization"]) == ("small", "Bearer sesame")


def test_more_is_sent_where_that_is_allowed(
    world: World, browse: Browse, goals: str, fake: FakeModel, settings: Settings
) -> None:
    settings.COACH_MODEL = {**settings.COACH_MODEL, "sends_more": True}
    ask(browse(world.ada), goals)
    (one,) = json.loads(fake.sent)
    assert one["description"] == "Because of Bob"
    assert one["key_results"][0]["target"] == 100
    assert "Between us" not in fake.sent


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (500, "broken", "The model refused to answer (500)."),
        (401, "{}", "The model refused to answer (401)."),
        (200, "no JSON", "did not answer as one"),
        (200, "[]", "did not answer as one"),
        (200, json.dumps({"choices": []}), "did not answer as one"),
        (200, "x" * 300_000, "did not answer as one"),
        (200, said([]), "had nothing to ask"),
        (200, said([1, None, {"a": 1}]), "had nothing to ask"),
    ],
)
def test_what_goes_wrong_is_a_note(
    world: World, browse: Browse, goals: str, fake: FakeModel, status: int, body: str, told: str
) -> None:
    fake.status, fake.body = status, body
    assert told in ask(browse(world.ada), goals)


def test_nobody_answers(world: World, browse: Browse, goals: str, fake: FakeModel, settings: Settings) -> None:
    settings.COACH_MODEL = {**settings.COACH_MODEL, "address": "http://127.0.0.1:9/v1"}
    assert "could not be reached" in ask(browse(world.ada), goals)


def test_nothing_is_sent_on_to_somewhere_else(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    fake.status, fake.location = 307, f"{fake.address}/elsewhere"
    assert "refused to answer (307)" in ask(browse(world.ada), goals)
    assert len(fake.heard) == 1


def test_a_slow_model_is_not_waited_for(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    fake.go_on.clear()
    assert "did not answer within 1 second" in ask(browse(world.ada), goals)


@pytest.mark.parametrize("drips", [b"H", b"HTTP/1.1 200 OK\r\nX-Slow: "], ids=["the first line", "heads without end"])
def test_one_that_drips_is_not_waited_for(
    world: World, browse: Browse, goals: str, fake: FakeModel, drips: bytes
) -> None:
    fake.drips = drips
    assert "did not answer within 1 second" in ask(browse(world.ada), goals)
    fake.enough.set()
    fake.drips = b""
    assert "Who will notice?" in ask(browse(world.ada), goals)


def test_a_body_that_drips_is_not_waited_for(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    fake.drips = b"HTTP/1.0 200 OK\r\n\r\n"  # whatever follows is the body
    assert "did not answer within 1 second" in ask(browse(world.ada), goals)


def test_one_question_at_a_time(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    with coach_model._one_at_a_time:
        assert "answering somebody else" in ask(browse(world.ada), goals)
    assert not fake.heard
    assert "Who will notice?" in ask(browse(world.ada), goals)


@pytest.mark.parametrize(
    "content",
    [
        '```json\n["Why now?"]\n```',
        "1. Why now?",
        "- Why now?",
        ["Why now?\u0000"],
    ],
)
def test_questions_are_found_in_what_models_say(
    world: World, browse: Browse, goals: str, fake: FakeModel, content: Any
) -> None:
    fake.body = said(content)
    assert "Why now? A machine" in ask(browse(world.ada), goals)


def test_what_the_model_says_is_text(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    fake.body = said(["<script>alert(1)</script>?"] * 30)
    html = browse(world.ada).post(goals).content.decode()  # as a page, without scripts
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") == coach_model.MOST_QUESTIONS


def test_the_api_says_what_was_sent(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    client, api = browse(world.ben), f"/api/v1/people/{world.ada.pk}/goals/model-questions"
    told = client.post(api, {"cycle": world.quarter.pk}, content_type="application/json").json()
    assert told["questions"] == ["Who will notice?", "How will you know?"]
    assert told["sent"] == [{"objective": "Customers stay", "key_results": ["From 30 to 45"]}]
    fake.status = 500
    refused = client.post(api, {"cycle": world.quarter.pk}, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (502, "no_answer")


def test_units_and_empty_sheets(world: World, browse: Browse, goals: str, fake: FakeModel) -> None:
    world.objective(world.web, title="Pages open fast")
    ask(browse(world.lin), reverse("model_unit", args=[world.web.pk, world.quarter.pk]))
    assert json.loads(fake.sent) == [{"objective": "Pages open fast", "key_results": []}]
    assert "nothing to send" in ask(browse(world.ben), reverse("model_person", args=[world.ben.pk, world.quarter.pk]))
    assert "nothing to send" not in ask(browse(fresh(world.ada)), goals)
