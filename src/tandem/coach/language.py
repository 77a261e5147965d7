"""Which of the coach's two languages a text is in; "" for any other, about which the coach says nothing."""

import re

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u052f\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u1100-\u11ff\uac00-\ud7af]")
_ENGLISH_WORDS = (
    "the a an of to in for with and or on at by from into our we is are be that this their its as it who have has all "
    "more than new every each"
)
_GERMAN_WORDS = (
    "der die das den dem des ein eine einen einem einer und oder wir sind ist wird werden im zum zur mit für von auf "
    "unsere unser unseren bei sich nicht auch eines haben hat durch über aus als"
)
_FRENCH_WORDS = "le les des une et nous sont est pour avec sur dans du au aux notre nos qui que par"
_SOUTHERN_WORDS = "el los las una y para con del nuestro nuestra que os um uma dos il gli di della nostro"
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_FOREIGN = frozenset(f"{_GERMAN_WORDS} {_FRENCH_WORDS} {_SOUTHERN_WORDS}".split())
_SHARED = _ENGLISH & _FOREIGN


def language_of(text: str) -> str:
    """`zh`, `en` or "" (another language, or no words at all)."""
    han = len(_HAN.findall(text))
    latin = _LATIN_WORD.findall(text)
    if han:
        kana = len(_KANA.findall(text))
        return "zh" if han >= kana and han * 3 >= len(latin) else "en" if not kana else ""
    if not latin or len(_OTHER_SCRIPT.findall(text)) > len(latin) or _KANA.search(text):
        return ""
    words = [word.lower() for word in latin]
    english = sum(1 for word in words if word in _ENGLISH - _SHARED)
    foreign = sum(1 for word in words if word in _FOREIGN - _SHARED or not word.isascii())
    return "" if foreign and foreign >= english else "en"
