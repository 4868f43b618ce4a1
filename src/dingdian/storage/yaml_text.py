"""YAML in which every scalar is text, and every line is known.

The shelf must mean what it says: a key ``on`` is not ``True``, ``2024-7-1`` is no date and
``1e3`` no number until a shape reads it. Only a bare ``null``, ``~`` or nothing is ``None``,
and a bare ``true`` or ``false`` a ``bool``. Duplicate keys, anchors, aliases and tags are
faults.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dingdian.core.errors import Fault, Place, fault

#: No policy file comes near these; beyond them a file is refused unread.
LARGEST = 2_000_000
DEEPEST = 20

_NONE = frozenset({"null", "~", ""})
_BOOL = {"true": True, "false": False}
_PLAIN = frozenset({None, ""})
#: What libyaml says of a nesting that is beyond its own limit.
_TOO_DEEP = "exceeded maximum nesting depth"
#: Brackets in quotes can hide a depth from the count; so many are always looked through.
_MANY_BRACKETS = 1_000
_BRACKETS = re.compile(r"[\[\]{}]")
#: Many entries opened on one line, or an indent so wide that it may stand for many levels.
_DEEP_BLOCK = re.compile(rf"(?:[-?:][ \t]+){{{DEEPEST}}}|^ {{{DEEPEST}}}", re.MULTILINE)


class _TextLoader(yaml.CSafeLoader):
    """The C composer of PyYAML without any guess at types."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- PyYAML's own attribute


@dataclass(frozen=True, slots=True)
class TextFile:
    """One file read: its content as plain values, and its tree for the lines of faults."""

    name: str
    data: Any
    root: Node

    def line(self, path: Sequence[object]) -> int:
        """The line (from 1) of what stands at ``path``; the nearest above it when it is absent."""
        return _line(self.root, path)

    def place(self, path: Sequence[object]) -> Place:
        """The place of ``path`` in this file, for a fault."""
        return Place(self.name, key_path(path), self.line(path))


def key_path(path: Sequence[object]) -> str:
    """A path as a person reads it.

    >>> key_path(("rules", 2, "values", 0, "since"))
    'rules[3].values[1].since'
    """
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else f"{part}"
    return text


def read_text(name: str, content: bytes) -> tuple[TextFile | None, list[Fault]]:
    r"""Read one file; ``None`` with its faults when it cannot be read at all.

    >>> file, faults = read_text("a.yaml", b"on: 2024-7-1\nn: 1e3\nx: ~")
    >>> file.data, faults
    ({'on': '2024-7-1', 'n': '1e3', 'x': None}, [])
    """
    if len(content) > LARGEST:
        return None, [fault("shelf_too_large", Place(name), size=len(content), limit=LARGEST)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [fault("shelf_not_utf8", Place(name), byte=error.start)]
    if refused := list(_refused(name, text)):
        return None, refused
    try:
        root = yaml.compose(text, Loader=_TextLoader)
    except yaml.YAMLError as error:
        return None, [_not_yaml(name, text, error)]
    if root is None:
        return None, [fault("shelf_empty_file", Place(name))]
    faults: list[Fault] = []
    data = _value(root, name, (), faults)
    return TextFile(name, data, root), faults


def _refused(name: str, text: str) -> Iterator[Fault]:
    """Anchors, aliases, tags and deep nesting, before the composer can follow them.

    The events are looked through only where a file has a character that can begin one, as
    that takes as long as reading it.
    """
    if not (any(mark in text for mark in "&*!") or _may_be_deep(text)):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_TextLoader):
            row = event.start_mark.line + 1 if event.start_mark else 0
            place = Place(name, "", row)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                yield fault("shelf_too_deep", place, limit=DEEPEST)
                return
            if mark := _mark(event):
                yield fault("shelf_reference", place, mark=mark)
    except yaml.YAMLError:
        return  # said by the composer, with the same place


def _may_be_deep(text: str) -> bool:
    brackets = _BRACKETS.findall(text)
    depths = itertools.accumulate(1 if bracket in "[{" else -1 for bracket in brackets)
    deep = len(brackets) > _MANY_BRACKETS or max(depths, default=0) > DEEPEST
    return deep or _DEEP_BLOCK.search(text) is not None


def _mark(event: yaml.Event) -> str:
    anchor = getattr(event, "anchor", None)
    if isinstance(event, yaml.AliasEvent):
        return f"*{anchor}"
    if anchor:
        return f"&{anchor}"
    tag = getattr(event, "tag", None)
    return f"{tag}" if tag else ""


def _not_yaml(name: str, text: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        reason = str(getattr(error, "reason", "")) or "unreadable character"
        return fault("shelf_not_yaml", Place(name), problem=reason)
    lines = text.splitlines()
    place = Place(name, "", mark.line + 1)
    around = lines[max(0, mark.line - 1) : mark.line + 1]
    for offset, line in enumerate(around):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            number = max(0, mark.line - 1) + offset + 1
            return fault("shelf_tab", Place(name, "", number))
    problem = getattr(error, "problem", None) or "unreadable"
    if problem == _TOO_DEEP:  # libyaml has a limit of its own and looks ahead
        return fault("shelf_too_deep", place, limit=DEEPEST)
    return fault("shelf_not_yaml", place, problem=problem)


def _value(node: Node, name: str, path: tuple[object, ...], faults: list[Fault]) -> Any:
    if isinstance(node, ScalarNode):
        if node.style in _PLAIN:
            return None if node.value in _NONE else _BOOL.get(node.value, node.value)
        return node.value
    if len(path) > DEEPEST:
        place = Place(name, key_path(path), node.start_mark.line + 1)
        faults.append(fault("shelf_too_deep", place, limit=DEEPEST))
        return None
    if isinstance(node, SequenceNode):
        return [_value(each, name, (*path, n), faults) for n, each in enumerate(node.value)]
    found: dict[Any, Any] = {}
    for key, value in node.value:
        word = key.value if isinstance(key, ScalarNode) else key_path(path) + "?"
        if word in found:
            place = Place(name, key_path((*path, word)), key.start_mark.line + 1)
            faults.append(fault("shelf_duplicate_key", place, key=word))
            continue
        found[word] = _value(value, name, (*path, word), faults)
    return found


def _line(node: Node, path: Sequence[object]) -> int:
    for part in path:
        if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        elif isinstance(node, MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if not pairs:
                break
            key, value = pairs[0]
            if part == path[-1]:
                return int(key.start_mark.line) + 1
            node = value
        else:
            break
    return int(node.start_mark.line) + 1


__all__ = ["TextFile", "key_path", "read_text"]
