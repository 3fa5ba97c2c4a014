"""The benches by name, and their results as one object."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crm.bench import imports, search, sessions, starting
from crm.ground.errors import InvalidError

Result = dict[str, Any]


@dataclass(frozen=True)
class Load:
    """How many people click, for how many seconds, and how long each thinks in between; among how many notes is searched."""

    sessions: int = 25
    seconds: float = 30
    think: float = 5
    notes: int = 1_000_000


def _imports(_load: Load) -> Result:
    return {"results": [asdict(times) for times in imports.run()]}


def _sessions(load: Load) -> Result:
    return asdict(sessions.run(load.sessions, seconds=load.seconds, think=load.think))


def _start(_load: Load) -> Result:
    return asdict(starting.run())


def _search(load: Load) -> Result:
    return {"results": [asdict(times) for times in search.run(load.notes)]}


NAMES: Mapping[str, Callable[[Load], Result]] = {
    "import": _imports,
    "sessions": _sessions,
    "start": _start,
    "search": _search,
}


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
            shown = value if isinstance(value, str) else f"{value:,}"
            lines.append(f"{indent}{name:<14} {shown:>12}")
    return "\n".join(lines)
