"""The gate catches what it is there to catch, and lets plain words through."""

from __future__ import annotations

import pytest

from tests.words.gate import faults, mixed_voices
from tests.words.published import Pair, Published
from tests.words.reviewed import Reviewed

REVIEWED = Reviewed(
    names={"Personal Independence Payment": "a benefit", "planning and following journeys": "an activity"},
    prescribed={"site accessibility.law": "the law lays down its words"},
    helper={"Your answers": "whoever checks gives them"},
)
TEXT, HINT, ERROR, TITLE = "notes.fee", "questions.age.hint", "questions.age.missing", "questions.age.title"
HARD = "The administrative requirements necessitate supplementary documentation."
LONG = "This is " + "a very " * 12 + "long one."

PLANTED = [
    (TEXT, HARD, "grade"),
    (TEXT, f"# Costs\n\nIt is free.\n\n- {HARD}", "grade"),
    (TEXT, LONG, "a sentence of 28 words"),
    (TEXT, "Bring a card. " + LONG, "a sentence of 28 words"),
    (TEXT, "If he suffers from pain, say so.", "suffers from"),
    (TEXT, "It helps wheelchair-bound people.", "wheelchair-bound"),
    (TEXT, "She is confined to her home.", "confined to"),
    (TEXT, "This is for the disabled.", "the disabled"),
    (TEXT, "Ask the blind, they know.", "the blind"),
    (TEXT, "A handicapped child can have one.", "handicapped"),
    (TEXT, "It may be a hidden disability.", "hidden disability"),
    (TEXT, "An able-bodied person can park there.", "able-bodied"),
    (TEXT, "Normal people can park there.", "Normal people"),
    (TEXT, "A child with special needs can have one.", "special needs"),
    (TEXT, "It is for victims of war.", "victims"),
    (TEXT, "You are not eligible.", "eligible"),
    (TEXT, "You are ineligible.", "ineligible"),
    (TEXT, "You may qualify.", "qualify"),
    (TEXT, "Please wait.", "Please"),
    (TEXT, "Sorry, it is late.", "Sorry"),
    (TEXT, "The date is invalid.", "invalid"),
    (TEXT, "Use a valid date.", "valid"),
    (TEXT, "Oops, it broke.", "Oops"),
    (TEXT, "You forgot your age.", "forgot"),
    (TEXT, "Select an option here.", "Select an option"),
    (TEXT, "Click the link.", "Click"),
    (TEXT, "Bring proof, e.g. a card.", "e.g"),
    (TEXT, "Bring proof, ie a card.", "ie"),
    (TEXT, "Bring cards, forms, etc.", "etc"),
    (TEXT, "Call us in order to ask.", "in order to"),
    (TEXT, "Ask prior to the day.", "prior to"),
    (TEXT, "Utilise the form.", "Utilise"),
    (TEXT, "It will commence soon.", "commence"),
    (TEXT, "Send it via post.", "via"),
    (TEXT, "Bring a card and/or a form.", "and/or"),
    (TEXT, "The form is new\\*.", "asterisk"),
    (TEXT, "It is free!", "exclamation"),
    (TEXT, "This is IMPORTANT to know.", "IMPORTANT"),
    (TEXT, "It's free.", "a straight quote"),
    (TEXT, "The word 'blind' is there.", "a straight quote"),
    (TEXT, 'The word "blind" is there.', "a straight quote"),
    (TEXT, "It is free – for now.", "a dash"),
    (TEXT, "It is free - for now.", "a hyphen as a dash"),
    (HINT, "Look at your letter.", "no full stop"),
    (HINT, "Look at your letter. It is long", "one sentence"),
    (HINT, "Look at " + "a big " * 10 + "card", "a hint of 23 words"),
    (HINT, "Look at [the list](list)", "no link"),
    (ERROR, "Select your age.", "no full stop"),
    (ERROR, "You have to say your age", "begins with Select"),
    (ERROR, "Selecting is a must", "begins with Select"),
    (TITLE, "Your age", "question mark"),
]

PASSES = [
    (TEXT, "Do you get Personal Independence Payment (PIP) with points for ‘planning and following journeys’?"),
    (TEXT, "The blind man and the disabled woman can both have one. Bring £8.50."),
    (
        TEXT,
        "## Before you start\n\nFind:\n\n- a card\n- **your** letter, from [the council](https://www.council.example)",
    ),
    (TEXT, "{council} decides, and writes to you on {day}. Call 0800 121 4433."),
    (TEXT, "A co-operative is a well-run place."),
    (HINT, "For example a frame or a stick (select all that apply)"),
    (ERROR, "Select your age, or select ‘I do not know’"),
    (ERROR, "Enter your age"),
    (TITLE, "How old are you?"),
]


@pytest.mark.parametrize(("place", "text", "says"), PLANTED, ids=[f"{says}: {text[:30]}" for _, text, says in PLANTED])
def test_a_planted_fault_is_caught_and_named(place: str, text: str, says: str) -> None:
    found = faults(Published("rules", place, text), REVIEWED)
    assert any(says in fault and fault.startswith(f"rules {place}: ") for fault in found), found


@pytest.mark.parametrize(("place", "text"), PASSES)
def test_plain_words_pass(place: str, text: str) -> None:
    assert faults(Published("rules", place, text), REVIEWED) == []


def test_a_name_that_is_not_reviewed_counts_in_full() -> None:
    text = Published(
        "rules", TEXT, "The Public Services Ombudsman Administration Department can investigate independently."
    )
    assert faults(text, REVIEWED)


def test_staff_may_read_hard_words_but_not_bad_ones() -> None:
    staff = Published("tools", "api.intro", HARD + " It is eligible.", staff=True)
    assert faults(staff, REVIEWED) == []
    assert faults(Published("tools", "api.intro", "It is for the disabled.", staff=True), REVIEWED)


def test_prescribed_words_may_be_hard_but_not_bad() -> None:
    assert faults(Published("site", "accessibility.law", HARD), REVIEWED) == []
    assert faults(Published("site", "accessibility.law", HARD + " Click."), REVIEWED)


def test_the_pages_for_failures_say_sorry_as_the_design_system_does_and_no_other() -> None:
    assert faults(Published("site", "error.500.title", "Sorry, there is a problem with the service"), REVIEWED) == []
    assert faults(Published("site", "error.500.body", "Sorry, there is a problem with the service"), REVIEWED)


@pytest.mark.parametrize(
    ("you", "they"),
    [
        ("You can apply.", "You can apply."),
        ("Find your letter.", "Find your letter."),
        ("Say how far you walk and what you use.", "Say how far they walk and what you use."),
        ("Keep (your letter) here.", "Keep (your letter) there."),
    ],
)
def test_a_helper_told_what_the_person_is_told_is_caught(you: str, they: str) -> None:
    assert mixed_voices(Pair("notes.fee", you, they), REVIEWED)


@pytest.mark.parametrize(
    ("you", "they"),
    [
        ("You can apply.", "They can apply."),
        ("You can apply.", "They can apply, or you can do it for them."),
        ("Your answers suggest that you walk.", "Your answers suggest that they walk."),
    ],
)
def test_a_helper_spoken_to_as_a_helper_passes(you: str, they: str) -> None:
    assert mixed_voices(Pair("notes.fee", you, they), REVIEWED) == []
