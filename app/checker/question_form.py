"""A question as a form: its field, its errors, and what GOV.UK Frontend's macros want to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice

if TYPE_CHECKING:
    from app.engine.formula import Ticked
    from app.engine.rules import Asked
    from app.engine.vocabulary import Voice
    from app.engine.words import QuestionWords


@dataclass(frozen=True, slots=True)
class Put:
    """A question as it is put to a person: the options offered, in words, in a voice."""

    question: Asked
    offers: tuple[str, ...]
    words: QuestionWords
    voice: Voice

    @property
    def title(self) -> str:
        """The question itself."""
        return self.words.title.to(self.voice)

    def label(self, option: str) -> str:
        """An option in words."""
        return self.words.options[option].label.to(self.voice)

    def labels(self, ticked: Ticked) -> tuple[str, ...]:
        """An answer in words; that of the exclusive option where nothing is ticked."""
        given = tuple(self.label(option) for option in self.offers if option in ticked)
        return given or ((self.label(self.question.exclusive),) if self.question.exclusive else ())

    def form(self, formdata: MultiDict[str, str] | None = None, ticked: Ticked | None = None) -> FlaskForm:
        """The form with what was sent, or with an earlier answer."""
        field_type = SelectMultipleField if self.question.many else RadioField
        field = field_type(
            choices=[SelectChoice(value=option, label=self.label(option)) for option in self.offers],
            validate_choice=False,
            validators=[self._check],
        )
        # Without a cookie there is nothing that a forged post could spend, and no cookie is what we promise.
        meta = type("Meta", (), {"csrf": False})
        form_type = type("QuestionForm", (FlaskForm,), {self.question.id: field, "Meta": meta})
        return form_type(formdata=formdata, data={self.question.id: self._data(ticked)})

    def submitted(self, form: FlaskForm) -> Ticked:
        """The options sent that are on offer; whatever else was sent is dropped."""
        data = form[self.question.id].data
        sent = data if isinstance(data, list) else [data]
        return frozenset(option for option in sent if option in self.offers)

    def again(self, sent: Ticked) -> FlaskForm:
        """The form as it was sent, validated, to be shown with its error."""
        form = self.form(MultiDict((self.question.id, option) for option in self.offers if option in sent))
        form.validate()
        return form

    def params(self, form: FlaskForm, divider: str) -> dict[str, Any]:
        """For govukRadios or govukCheckboxes; ``divider`` is the word before the exclusive option."""
        field: Field = form[self.question.id]
        chosen = field.data if isinstance(field.data, list) else [field.data]
        params: dict[str, Any] = {
            "name": field.name,
            "idPrefix": field.id,
            "fieldset": {"legend": {"text": self.title, "isPageHeading": True, "classes": "govuk-fieldset__legend--l"}},
            "items": [item for option in self.offers for item in self._items(option, option in chosen, divider)],
        }
        if self.words.hint:
            params["hint"] = {"text": self.words.hint.to(self.voice)}
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        return params

    def _items(self, option: str, checked: bool, divider: str) -> list[dict[str, Any]]:
        words = self.words.options[option]
        item: dict[str, Any] = {"value": option, "text": words.label.to(self.voice), "checked": checked}
        if words.hint:
            item["hint"] = {"text": words.hint.to(self.voice)}
        if option == self.question.exclusive:
            return [{"divider": divider}, {**item, "behaviour": "exclusive"}]
        return [item]

    def _data(self, ticked: Ticked | None) -> list[str] | str | None:
        if ticked is None:
            return None
        if not self.question.many:
            return next(iter(ticked), None)
        return [option for option in self.offers if option in ticked] or [self.question.exclusive or ""]

    def _check(self, form: FlaskForm, _field: Field) -> None:
        sent = self.submitted(form)
        if not sent or (not self.question.many and len(sent) > 1):
            raise ValidationError(self.words.missing.to(self.voice))
        if self.question.exclusive in sent and len(sent) > 1 and self.words.conflict:
            raise ValidationError(self.words.conflict.to(self.voice))
