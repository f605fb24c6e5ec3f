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
    from app.engine.put import Put


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The forms of a question that is put to a person."""

    put: Put

    def form(self, formdata: MultiDict[str, str] | None = None, ticked: Ticked | None = None) -> FlaskForm:
        """The form with what was sent, or with an earlier answer."""
        question = self.put.question
        field_type = SelectMultipleField if question.many else RadioField
        field = field_type(
            choices=[SelectChoice(value=option, label=self.put.label(option)) for option in self.put.offers],
            validate_choice=False,
            validators=[self._check],
        )
        # Without a cookie there is nothing that a forged post could spend, and no cookie is what we promise.
        meta = type("Meta", (), {"csrf": False})
        form_type = type("AnswerForm", (FlaskForm,), {question.id: field, "Meta": meta})
        return form_type(formdata=formdata, data={question.id: self._data(ticked)})

    def submitted(self, form: FlaskForm) -> Ticked:
        """The options sent that are on offer; whatever else was sent is dropped."""
        data = form[self.put.question.id].data
        sent = data if isinstance(data, list) else [data]
        return frozenset(option for option in sent if option in self.put.offers)

    def again(self, sent: Ticked) -> FlaskForm:
        """The form as it was sent, validated, to be shown with its error."""
        form = self.form(MultiDict((self.put.question.id, option) for option in self.put.offers if option in sent))
        form.validate()
        return form

    def params(self, form: FlaskForm, divider: str, prefix: str) -> dict[str, Any]:
        """For govukRadios or govukCheckboxes, with what is put before the exclusive option and before an error."""
        put = self.put
        field: Field = form[put.question.id]
        chosen = field.data if isinstance(field.data, list) else [field.data]
        params: dict[str, Any] = {
            "name": field.name,
            "idPrefix": field.id,
            "fieldset": {"legend": {"text": put.title, "isPageHeading": True, "classes": "govuk-fieldset__legend--l"}},
            "items": [item for option in put.offers for item in self._items(option, option in chosen, divider)],
        }
        if put.hint:
            params["hint"] = {"text": put.hint}
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0], "visuallyHiddenText": prefix}
        return params

    def _items(self, option: str, checked: bool, divider: str) -> list[dict[str, Any]]:
        item: dict[str, Any] = {"value": option, "text": self.put.label(option), "checked": checked}
        if hint := self.put.option_hint(option):
            item["hint"] = {"text": hint}
        if option == self.put.question.exclusive:
            return [{"divider": divider}, {**item, "behaviour": "exclusive"}]
        return [item]

    def _data(self, ticked: Ticked | None) -> list[str] | str | None:
        if ticked is None:
            return None
        if not self.put.question.many:
            return next(iter(ticked), None)
        return list(self.put.chosen(ticked)) or [""]

    def _check(self, form: FlaskForm, _field: Field) -> None:
        sent, put = self.submitted(form), self.put
        if not sent or (not put.question.many and len(sent) > 1):
            raise ValidationError(put.missing)
        if put.question.exclusive in sent and len(sent) > 1 and put.conflict:
            raise ValidationError(put.conflict)
