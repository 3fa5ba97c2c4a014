"""The benches by name, and their results as one object."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crm.bench import imports, sessions, starting
from crm.ground.errors import InvalidError

Result = dict[str, Any]


@dataclass(frozen=True)
class Load:
    """How many people click, for how many seconds, and how long each thinks in between."""

    sessions: int = 25
    seconds: float = 30
    think: float = 5


def _imports(_load: Load) -> Result:
    return {"results": [asdict(times) for times in imports.run()]}


def _sessions(load: Load) -> Result:
    return asdict(sessions.run(load.sessions, seconds=load.seconds, think=load.think))


def _start(_load: Load) -> Result:
    return asdict(starting.run())


NAMES: Mapping[str, Callable[[Load], Result]] = {"import": _imports, "sessions": _sessions, "start": _start}


def run(name: str, load: Load) -> Result:
    """One bench, or all of them under their names."""
    if name == "all":
        return {each: bench(load) for each, bench in NAMES.items()}
    if name not in NAMES:
        raise InvalidError("There is no bench “{name}”; there are {names} and all.", name=name, names=", ".join(NAMES))
    return NAMES[name](load)


def told(result: Result, indent: str = "") -> str:
    """A result as lines of name and number."""
    lines: list[str] = []
    for name, value in result.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}", told(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [told({f"{name} {place}": part}, indent) for place, part in enumerate(value, start=1)]
        else:
            lines.append(f"{indent}{name:<14} {value:>12,}")
    return "\n".join(lines)
