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

    ``state_keys`` seal the citizen's state: the first seals, all open. ``unavailable`` turns every page into "the
    service is unavailable". ``preview`` opens the checker on other days; beside keys it raises SettingsError, since who
    has keys of their own serves people.
    """

    state_keys: tuple[str, ...] = ()
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
        """Reads STATE_KEYS, RULES, COUNCILS, EXAMPLE_COUNCILS, UNAVAILABLE and PREVIEW; raises SettingsError."""
        return cls(
            state_keys=_keys(environment.get("STATE_KEYS", "")),
            rules=Path(environment.get("RULES", ROOT / "rules")),
            councils=Path(environment.get("COUNCILS", ROOT / "councils")),
            examples=_switch(environment, "EXAMPLE_COUNCILS"),
            unavailable=_switch(environment, "UNAVAILABLE"),
            preview=_switch(environment, "PREVIEW"),
        )


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            message = f"STATE_KEYS: key {number} is not a Fernet key; make one with Fernet.generate_key()"
            raise SettingsError(message) from error
    if len(set(keys)) < len(keys):
        message = "STATE_KEYS: a key stands twice; name each key once, the newest first"
        raise SettingsError(message)
    return keys


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(name, "0")
    if value not in ("0", "1"):
        message = f"{name} is 0 or 1, not {value!r}"
        raise SettingsError(message)
    return value == "1"
