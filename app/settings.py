"""What a deployment decides, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

ROOT = Path(__file__).parent.parent


class SettingsError(Exception):
    """A setting that is missing or cannot be used; the text says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service runs with.

    ``state_keys`` seal the citizen's state, and ``receipt_keys`` receipts: the first seals, all open. ``unavailable``
    turns every page into "the service is unavailable". ``preview`` opens the checker on other days; beside keys for the
    state it raises SettingsError, since who has those serves people.
    """

    state_keys: tuple[str, ...] = ()
    receipt_keys: tuple[str, ...] = ()
    rules: Path = ROOT / "rules"
    councils: Path = ROOT / "councils"
    examples: bool = False
    unavailable: bool = False
    preview: bool = False

    def __post_init__(self) -> None:
        if self.preview and self.state_keys:
            message = "PREVIEW=1 is not for a service that people use; take it out, or take STATE_KEYS out"
            raise SettingsError(message)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Reads the variables of these names in capitals (EXAMPLE_COUNCILS for examples); raises SettingsError."""
        state_keys, receipt_keys = _keys(environment, "STATE_KEYS"), _keys(environment, "RECEIPT_KEYS")
        if set(state_keys) & set(receipt_keys):
            message = "RECEIPT_KEYS: a key of STATE_KEYS stands here too; receipts need keys of their own"
            raise SettingsError(message)
        return cls(
            state_keys=state_keys,
            receipt_keys=receipt_keys,
            rules=Path(environment.get("RULES", ROOT / "rules")),
            councils=Path(environment.get("COUNCILS", ROOT / "councils")),
            examples=_switch(environment, "EXAMPLE_COUNCILS"),
            unavailable=_switch(environment, "UNAVAILABLE"),
            preview=_switch(environment, "PREVIEW"),
        )


def _keys(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in environment.get(name, "").split(",") if key.strip())
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            message = f"{name}: key {number} is not a Fernet key; make one with Fernet.generate_key()"
            raise SettingsError(message) from error
    if len(set(keys)) < len(keys):
        message = f"{name}: a key stands twice; name each key once, the newest first"
        raise SettingsError(message)
    return keys


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "0")
    if value not in ("0", "1"):
        message = f"{name} is 0 or 1, not {value!r}"
        raise SettingsError(message)
    return value == "1"
