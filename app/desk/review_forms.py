"""The forms of rounds, reviews and settlements, with the Design System's errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError

from app.desk.draw import FEWEST, MOST
from app.desk.reviews import LONGEST_NOTE, LONGEST_REASON
from app.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field

    from app.desk.told_case import ToldCase

_MOST_DIGITS = 3


class DeskForm(FlaskForm):
    """A form that leaves nothing to the browser to check. The desk itself asks for the token, before any view."""

    class Meta:
        """What WTForms reads."""

        csrf = False

    @property
    def summary(self) -> list[dict[str, str]]:
        """For govukErrorSummary: each field's first error."""
        return [{"text": each.errors[0], "href": f"#{each.id}"} for each in self if each.errors]


class RoundForm(DeskForm):
    """How many cases to draw."""

    size = StringField()

    def validate_size(self, field: Field) -> None:
        """From the fewest to the most, in figures."""
        text = (field.data or "").strip()
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS and FEWEST <= int(text) <= MOST):
            raise ValidationError(words().text("desk.reviews.error.size", fewest=FEWEST, most=MOST))


class ReviewForm(DeskForm):
    """What a member makes of a case."""

    outcome = RadioField(validate_choice=False)
    basis = SelectField(validate_choice=False)
    note = TextAreaField()

    def validate_outcome(self, field: Field) -> None:
        """One of those that there are."""
        _one_of(field, "desk.reviews.error.outcome")

    def validate_basis(self, field: Field) -> None:
        """A criterion or a source."""
        _one_of(field, "desk.reviews.error.basis")

    def validate_note(self, field: Field) -> None:
        """Not too long."""
        _short(field, LONGEST_NOTE)


class SettleForm(DeskForm):
    """What those who reviewed a case agreed on. Its fields have names of their own, as both forms share a page."""

    agreed = RadioField(validate_choice=False)
    criterion = SelectField(validate_choice=False)
    reason = TextAreaField()

    def validate_agreed(self, field: Field) -> None:
        """One of the outcomes that there are."""
        _one_of(field, "desk.reviews.error.agreed")

    def validate_criterion(self, field: Field) -> None:
        """One of the criteria."""
        _one_of(field, "desk.reviews.error.criterion")

    def validate_reason(self, field: Field) -> None:
        """There, and not too long."""
        if not plain(field.data):
            raise ValidationError(words().text("desk.reviews.error.reason"))
        _short(field, LONGEST_REASON)


def review_form(told: ToldCase) -> ReviewForm:
    """The form for a case, with what was sent."""
    form = ReviewForm()
    form.outcome.choices = list(told.outcomes.items())
    sources = [(key, told.basis(key)) for key in told.sources]
    form.basis.choices = [*told.criteria.items(), *sources]
    return form


def settle_form(told: ToldCase) -> SettleForm:
    """The form with which a case is settled, with what was sent."""
    form = SettleForm()
    form.agreed.choices = list(told.outcomes.items())
    form.criterion.choices = list(told.criteria.items())
    return form


def plain(text: str | None) -> str:
    """What somebody typed, without the spaces around it and with line ends of one kind."""
    return "\n".join((text or "").strip().splitlines())


def _one_of(field: Field, error: str) -> None:
    known: Iterable[str] = (value for value, _ in field.choices)
    if field.data not in known:
        raise ValidationError(words().text(error))


def _short(field: Field, most: int) -> None:
    if len(plain(field.data)) > most:
        raise ValidationError(words().text("desk.reviews.error.long", most=most))
