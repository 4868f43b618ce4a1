"""Access as lines of text: what a terminal shows."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.reports.access import words as own
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.frame import mark_words

#: So many providers are named.
NAMED = 10
_PRINT = 12


def access_lines(words: AccessWords) -> Iterator[str]:
    """Marks, how it is measured, the result, the districts, what is not known, what it rests on."""
    yield from mark_words(words)
    yield words.title()
    yield words.basis()
    yield words.say(own.ADVICE)
    yield from words.asked()
    yield ""
    yield from found(words)
    yield ""
    yield from areas(words)
    yield ""
    yield from readings(words)
    prints = words.record.fingerprints
    yield words.tell(
        "prints",
        census=prints.census[:_PRINT],
        shelf=prints.shelf[:_PRINT],
        result=prints.result[:_PRINT],
    )


def found(words: AccessWords) -> Iterator[str]:
    """What came out for the whole area, and what is not known."""
    record, whole = words.record, words.whole()
    yield words.tell(
        "whole",
        people=words.people(whole.people),
        who=words.label(own.WHO, record.people.who),
        service=words.service(),
        providers=words.people(str(record.stock.providers)),
        capacity=words.capacity(record.stock.capacity),
        unit=words.units(),
    )
    share = words.share(whole.none, whole.people)
    yield words.tell("none", people=words.people(whole.none), share=share)
    if cut_off := len(record.places.no_way):
        share = words.share(whole.no_way, whole.people)
        yield words.tell("no_way", n=cut_off, people=words.people(whole.no_way), share=share)
    for name, value in whole.means.items():
        score = words.label(own.SCORES, name)
        yield words.tell("mean", score=score, value=words.score(value), per=words.per())
    if whole.tenths:
        one, half, nine = map(words.score, whole.tenths)
        yield words.tell("tenths", one=one, half=half, nine=nine, per=words.per())
    yield from doubts(words)


def doubts(words: AccessWords) -> Iterator[str]:
    """What is undefined, and what is not known: whose scores that touches."""
    record, whole = words.record, words.whole()
    unshared = [each for each in record.providers if each.ratio is None]
    if unshared:
        names = [f"{each.code} {each.name}".strip() for each in unshared[:NAMED]]
        if len(unshared) > NAMED:
            names.append(words.tell("more", n=len(unshared) - NAMED))
        yield words.tell("unshared", n=len(unshared), names=words.join(names))
    undefined = sum(each is None for each in record.places.enhanced)
    if undefined:
        yield words.tell("undefined", n=undefined)
    people, stock = record.people, record.stock
    if people.without_people:
        told = words.people(whole.at_most)
        yield words.tell("unknown_people", n=people.without_people, people=told)
    if stock.without_capacity or stock.without_position or stock.unsure:
        yield words.tell(
            "unknown_supply",
            capacity=stock.without_capacity,
            position=stock.without_position,
            unsure=stock.unsure,
            people=words.people(whole.at_least),
        )
    if people.without_position:
        told = words.people(people.people_without_position)
        yield words.tell("no_position", n=people.without_position, people=told)


def areas(words: AccessWords) -> Iterator[str]:
    """Every district."""
    yield words.tell("areas", per=words.per())
    for each in words.record.areas[1:]:
        yield words.tell(
            "area",
            area=words.scope(each.area),
            value=words.score(each.means.get("enhanced")),
            none=words.people(each.none),
        )


def readings(words: AccessWords) -> Iterator[str]:
    """The readings that it rests on, by their question."""
    yield words.tell("readings")
    for name in words.record.catchment.readings:
        question = words.name(words.record.readings[name])
        yield words.tell("reading", question=question, chosen=words.chosen(name))
