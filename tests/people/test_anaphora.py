"""Whom an article means by a calling or a bare word. Names are invented."""

from __future__ import annotations

from qawl.people.anaphora import Cast, meant
from qawl.people.bodies import read
from qawl.people.leading import leader, led


def _person(name: str, role: str | None = None) -> Cast:
    return Cast("person", name, (), role)


def _body(name: str) -> Cast:
    return Cast("organization", name, (), None)


def test_the_trainer_is_the_one_trainer_whom_the_article_names() -> None:
    ours, calling = _person("مراد ميلر", "مدرب نهر سيتي"), _person("المدرب النرويجي", "المدرب النرويجي")
    assert meant([ours, calling]) == ["مراد ميلر", "مراد ميلر"]
    other = _person("سالم ميلر", "مدرب الشمال")
    assert meant([ours, calling, other])[1] == "المدرب النرويجي"
    assert meant([_person("سالم ميلر", "وزير الطرق"), calling])[1] == "المدرب النرويجي"


def test_a_bare_word_is_the_one_body_of_that_kind() -> None:
    assert meant([_body('صحيفة "بتروفنك"'), _body("الصحيفة")])[1] == 'صحيفة "بتروفنك"'
    assert meant([_body('صحيفة "بتروفنك"'), _body('صحيفة "فيلدمان"'), _body("الصحيفة")])[2] == "الصحيفة"


def test_a_government_called_by_its_leader() -> None:
    text = "قال الرئيس النرويجي مراد ميلر إن الطريق مغلق. واعتبرت إدارة ميلر ذلك كافيا."
    assert read(led("إدارة ميلر", text)).of == "NO"
    assert led("إدارة ميلر", "قال مراد ميلر إن الطريق مغلق. واعتبرت إدارة ميلر ذلك كافيا.") == ""
    assert led("إدارة الطرق", text) == ""


def test_the_key_of_a_government_called_by_its_leader() -> None:
    assert leader("إدارة ميلر") == leader("ادارة الرئيس ميلر") != ""
    assert leader("إدارة الطرق") == leader("إدارة") == leader(" ") == ""
