"""What the demonstration assumes of the people who check. Made up to be plausible: no figure here was measured.

A demonstration needs many people with trouble walking, fewer with every other trouble, and a few of whatever is rare,
so that its numbers have the shape of a council's. Nobody may learn anything about real people from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Weights = Mapping[str, Mapping[str, float]]
"""By question, for its options: how likely each is beside the others or, where several can be ticked, by itself."""

UNNAMED_OF_SEVERAL = 0.02
UNNAMED = 1.0
"""For an option that is named nowhere here, such as one that a later change of the law brings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people: of how many in a hundred checks, and how their answers differ from the usual ones."""

    name: str
    share: float
    differs: Weights = field(default_factory=dict)

    def weights(self, question: str) -> Mapping[str, float]:
        """How likely the options of a question are."""
        return self.differs.get(question) or USUAL.get(question, {})


_AWARDED: Mapping[str, float] = {"0": 22, "4": 18, "8": 20, "10": 16, "12": 14, "dont_know": 10}
_JOURNEYS: Mapping[str, float] = {
    **{"0": 48, "4": 14, "8": 8, "10_unfamiliar": 7, "10_distress": 7, "12": 4, "dont_know": 12}
}
_RATES: Mapping[str, float] = {"higher": 40, "lower": 30, "none": 18, "dont_know": 12}
_YES, _NO = "yes", "no"

USUAL: Weights = MappingProxyType(
    {
        "who": {"self": 62, "someone_else": 38},
        "age": {"16_or_over": 100, "under_2": 0, "2": 0, "3_to_15": 0},
        "sight": {"severely_registered": 1, "severely_certificate": 1, "partially": 5, "no": 89, "dont_know": 4},
        "benefits": {
            **{"pip": 0.40, "dla": 0.05, "adp": 0.40, "cdp": 0, "scottish_adult_dla": 0.05, "wpms": 0.003},
            **{"afcs": 0.004, "attendance_allowance": 0.22, "padp": 0.22, "afip": 0.002, "other": 0.06},
        },
        "pip_moving_around": _AWARDED,
        "adp_moving_around": _AWARDED,
        "pip_planning_journeys": _JOURNEYS,
        "adp_planning_journeys": _JOURNEYS,
        "dla_mobility": _RATES,
        "cdp_mobility": _RATES,
        "scottish_adult_dla_mobility": _RATES,
        "afcs_walking_certificate": {_YES: 45, _NO: 40, "dont_know": 15},
        "afcs_tariff_1_to_8": {_YES: 35, _NO: 40, "dont_know": 25},
        "afcs_tariff_6_mental_disorder": {_YES: 15, _NO: 65, "dont_know": 20},
        "former_dla": {"lost_indefinite": 2, "lost_and_challenging": 1, _NO: 92, "dont_know": 5},
        "terminal_illness": {_YES: 1, _NO: 99},
        "child_needs": {"bulky_equipment": 0.45, "near_vehicle": 0.5},
        "difficulties": {"walking": 0.88, "journeys": 0.15, "arms": 0.08},
        "walking": {
            **{"cannot_walk": 0.05, "short_distance": 0.45, "severe_pain": 0.48, "very_breathless": 0.26},
            **{"very_slow": 0.40, "unsteady": 0.36, "needs_help": 0.24, "dangerous": 0.06, "other": 0.10},
        },
        "journeys": {
            **{"distress": 0.55, "danger": 0.25, "no_traffic_awareness": 0.20, "cannot_follow": 0.25, "other": 0.12}
        },
        "support_removes_difficulty": {_YES: 6, _NO: 82, "dont_know": 12},
        "lasting": {"three_years_or_more": 76, "one_to_three_years": 10, "under_one_year": 5, "dont_know": 9},
        "drives_regularly": {_YES: 60, _NO: 40},
        "parking_meters": {_YES: 70, _NO: 30},
        "organisation_cares": {_YES: 85, _NO: 15},
        "organisation_transports": {_YES: 75, _NO: 25},
    }
)

_CHILD_BENEFITS: Mapping[str, float] = {"dla": 0.7, "cdp": 0.7, "other": 0.05}

KINDS = (
    Kind("trouble walking", 58),
    Kind(
        "a condition that is not seen",
        12,
        {
            "difficulties": {"walking": 0.2, "journeys": 0.92, "arms": 0.02},
            "pip_moving_around": {**_AWARDED, "0": 55, "12": 3},
            "pip_planning_journeys": {**_JOURNEYS, "0": 12, "10_distress": 30, "12": 14},
        },
    ),
    Kind(
        "a child of 3 or over",
        8,
        {
            "who": {"someone_else": 97, "self": 3},
            "age": {"3_to_15": 94, "2": 6},
            "benefits": _CHILD_BENEFITS,
            "difficulties": {"walking": 0.45, "journeys": 0.65},
        },
    ),
    Kind("a young child", 2, {"who": {"someone_else": 100}, "age": {"under_2": 60, "2": 40}, "benefits": {"dla": 0.2}}),
    Kind("little sight", 4, {"sight": {"severely_registered": 55, "severely_certificate": 12, "partially": 33}}),
    Kind("a terminal illness", 2, {"terminal_illness": {_YES: 100}}),
    Kind(
        "hurt in service",
        1,
        {"benefits": {"wpms": 0.35, "afcs": 0.55, "pip": 0.1, "afip": 0.05}},
    ),
    Kind(
        "an injury that heals",
        6,
        {
            "benefits": {"other": 0.05},
            "lasting": {"under_one_year": 55, "one_to_three_years": 25, "dont_know": 20},
        },
    ),
    Kind(
        "no great trouble",
        4,
        {
            "benefits": {"attendance_allowance": 0.25, "other": 0.1, "pip": 0.1},
            "difficulties": {"walking": 0.1, "journeys": 0.02, "arms": 0.02},
        },
    ),
    Kind("an organisation", 3, {"who": {"organisation": 100}}),
)

CHANNELS: Mapping[str, float] = {"own": 58, "embed": 32, "phone": 10}
OTHER_LANGUAGE = 0.03
"""How many use another language than a council's first."""

LEAVES_QUESTION = 0.025
LEAVES_ANSWERS = 0.04
"""How many leave at each question, and at "check your answers"."""

ERRS = 0.03
"""How many send a question without an answer, before they give one."""

CHANGES = 0.08
"""How many change an answer at "check your answers"."""

MEDIAN_SECONDS = 24.0
SPREAD = 0.6
"""For each question and "check your answers": the median, and the spread of its logarithm, from person to person."""

SEASONS = (1.25, 1.1, 1.1, 1.0, 1.0, 0.95, 0.9, 0.8, 1.0, 1.05, 1.0, 0.7)
"""January to December, beside an average month."""
