"""How texts become words that can be found: folded Latin words, pairs of Chinese characters, pinyin of names. Pure."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

VERSION = 2
"""Raised with every change of what is made here: an index of another version is built anew at the next start."""

LONGEST_WORD = 40
MOST_WORDS = 300
"""Of one text; what comes behind is not found."""
MOST_ASKED = 10
"""Of one question."""
LONGEST_QUESTION = 200
LONGEST_TITLE = 80
_MOST_READINGS = 3
_MOST_FORMS = 48
_LONGEST_NAME = 8

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that are written without spaces."""
_PLAIN_RUNS = re.compile("[0-9a-z]+")
_RUNS = re.compile(rf"[{_WIDE}]+|[^\W_{_WIDE}]+")
_WIDE_RUN = re.compile(rf"[{_WIDE}]")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]*")
_NEEDS_NO_FOLDING = re.compile(r"[\x00-\x7f\u3000-\u3029\u3041-\u3093\u4e00-\u9fff，。、：；！？（）“”‘’《》—…·]*")
_PLAIN_WORD = re.compile(r"[^\W\d_]{4,40}")


def folded(text: str) -> str:
    """Without case, accents and width: `Zoë ＡＢＣ` is `zoe abc`."""
    if text.isascii():
        return text.lower()
    if _NEEDS_NO_FOLDING.fullmatch(text):
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", plain)


def runs(text: str) -> list[str]:
    """The words of a text, in order: Latin (and other spaced) words, and runs of Chinese characters."""
    plain = folded(text)
    if plain.isascii():
        return [one[:LONGEST_WORD] for one in _PLAIN_RUNS.findall(plain)]
    return [one[:LONGEST_WORD] if not _is_wide(one) else one for one in _RUNS.findall(plain)]


def _is_wide(run: str) -> bool:
    return not run.isascii() and _WIDE_RUN.match(run) is not None


def plain_title(text: str) -> str:
    """A title as titles are compared: its words and nothing else, cut after 80 characters."""
    return " ".join(runs(text[: 4 * LONGEST_TITLE]))[:LONGEST_TITLE]


def words_of(*texts: str) -> list[str]:
    """What is kept of texts so that they are found: each word once; of Chinese, every pair of neighbours."""
    found: dict[str, None] = {}
    for text in texts:
        if text.isascii():
            found.update(dict.fromkeys(runs(text)))
        else:
            for run in runs(text):
                found.update(dict.fromkeys(_pairs(run) if _is_wide(run) else (run,)))
    return list(islice(found, MOST_WORDS))


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


def name_words(name: str) -> list[str]:
    """A name's words and, for Chinese ones, its pinyin in every way people type it.

    林小雨 is found by `linxiaoyu`, `lxy`, `linxy`, `lxiaoyu` and the beginnings of those, and by the same of 小雨
    and 雨. Characters with several readings are found by each: 单 by shan and dan.
    """
    found = dict.fromkeys(words_of(name))
    for run in runs(name):
        if _is_wide(run):
            found.update(dict.fromkeys((*run, *spellings(run))))
    return list(found)[:MOST_WORDS]


def spellings(run: str) -> list[str]:
    """Pinyin of a run of Chinese characters, from each of its characters on to its end.

    Each syllable but the last is written out or as its first letter; shorter forms are beginnings of these.
    Runs that are longer than a name are spelled out whole, and by their first letters.
    """
    read = [list(readings(character)) for character in run[:LONGEST_WORD]]
    found: dict[str, None] = {}
    for start in range(len(read)):
        rest = read[start:]
        if not all(rest):
            continue
        if len(rest) > _LONGEST_NAME or len(run) > _LONGEST_NAME:
            forms = ["".join(one[0] for one in rest), "".join(one[0][0] for one in rest)]
        elif len(rest) > 4:
            forms = ["".join(one[0] for one in rest), "".join(one[0][0] for one in rest[:-1]) + rest[-1][0]]
        else:
            ways = [dict.fromkeys((*one, *(way[0] for way in one))) for one in rest[:-1]]
            forms = ["".join(way) for way in islice(product(*ways, rest[-1]), _MOST_FORMS)]
        found.update(dict.fromkeys(form[:LONGEST_WORD] for form in forms))
    return list(found)


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The commonest readings of a Chinese character, without tones; none for what has no pinyin. 吕 is lv and lu."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - most processes never spell anything

    ways = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    known = [way for way in (ways[0] if ways else []) if way.isascii() and way.isalpha()][:_MOST_READINGS]
    return tuple(
        dict.fromkeys(form for way in known for form in ((way, way.replace("v", "u")) if "v" in way else (way,)))
    )


def address_words(email: str) -> list[str]:
    """An e-mail address is found by the words before its @, and by how it begins as a whole."""
    local = email.partition("@")[0]
    return [*words_of(local), squeezed(email)]


def squeezed(address: str) -> str:
    return "".join(runs(address))[:LONGEST_WORD]


def asked(text: str) -> list[str]:
    """The words of a question, each once, in order; [] when there is nothing to look for."""
    text = text[:LONGEST_QUESTION].replace("\x00", " ")
    found: dict[str, None] = {}
    for address in _ADDRESS.findall(text):
        found[squeezed(address)] = None
    for run in runs(_ADDRESS.sub(" ", text)):
        if not _is_wide(run):
            found[run] = None
        else:
            found.update(dict.fromkeys(_pairs(run)))
    found.pop("", None)
    return list(found)[:MOST_ASKED]


def is_learnt(word: str) -> bool:
    """Words that begin with letters of a spaced script; numbers and Chinese are looked for as they are."""
    return word[0].isalpha() and not _is_wide(word)


def can_be_mistyped(word: str) -> bool:
    """Words of letters alone, long enough that a wrong letter leaves something to go by."""
    return word.isascii() and _PLAIN_WORD.fullmatch(word) is not None


def allowed_slips(word: str) -> int:
    """How many letters may be wrong: one, in longer words two."""
    return 1 if len(word) < 7 else 2


def pieces(word: str) -> tuple[str, str, str]:
    """Beginning, middle and end of a word: a slip or two leave one of them as it was."""
    return word[:3], word[3:6], word[-2:]


def possible_pieces(word: str) -> tuple[str, list[str], str]:
    """The pieces a word may have had before a slip: the middle may have moved by a letter."""
    head, middle, tail = pieces(word)
    return head, [one for one in (word[2:5], middle, word[4:7]) if len(one) == 3], tail


# --- order of answers

EXACT, BEGINS, WORDS, PARTS, SLIP = range(5)


def fit(question: str, title: str, words: list[str], held: set[str]) -> int:
    """How well a title answers: it is the question, begins with it, has its words, their beginnings, or nearly so."""
    if title == question:
        return EXACT
    if title.startswith(question):
        return BEGINS
    if all(word in held for word in words):
        return WORDS
    if all(any(one.startswith(word) for one in held) for word in words):
        return PARTS
    return SLIP
