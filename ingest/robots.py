"""What a site's robots.txt asks of us. (RFC 9309)"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """The rules that hold for one user agent: patterns of paths, and whether each may be fetched."""

    lines: tuple[tuple[str, bool], ...]

    def allow(self, path: str) -> bool:
        """Whether `path` (with its query) may be fetched: the longest matching rule decides, a tie allows."""
        matching = [(len(pattern), allowed) for pattern, allowed in self.lines if _matches(pattern, path)]
        return max(matching, default=(0, True))[1]


ALLOW_ALL = Rules(())
ALLOW_NONE = Rules((("/", False),))


def parse_robots(text: str, agent: str) -> Rules:
    """The rules for `agent` in a robots.txt: those of its own groups, or else those for everyone."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    names: list[str] = []
    in_rules = False
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if colon and key == "user-agent":
            names = [value.lower()] if in_rules else [*names, value.lower()]
            in_rules = False
            groups.setdefault(value.lower(), [])
        elif colon and key in ("allow", "disallow"):
            in_rules = True
            for name in names if value else ():
                groups[name].append((value, key == "allow"))
    return Rules(tuple(groups.get(agent.lower(), groups.get("*", []))))


def _matches(pattern: str, path: str) -> bool:
    end = "$" if pattern.endswith("$") else ""
    parts = (pattern[:-1] if end else pattern).split("*")
    return re.match(".*?".join(map(re.escape, parts)) + end, path) is not None
