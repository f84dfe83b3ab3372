"""Phrases for what stands out, in English."""

PHRASES: dict[str, str] = {
    "out.title": "What stands out",
    "out.gaps.one": "There is one border between a municipality with policy and a neighbour for which no policy is known or was found.",
    "out.gaps.many": "There are {count} borders between a municipality with policy and a neighbour for which no policy is known or was found.",
    "out.unconnected.only": "No collaboration that concerns both municipalities is known there.",
    "out.unconnected.one": "At one of them, no collaboration that concerns both municipalities is known.",
    "out.unconnected.many": "At {count} of them, no collaboration that concerns both municipalities is known.",
    "out.pressures.one": "At one border the policy is known to restrict.",
    "out.pressures.many": "At {count} borders the policy is known to restrict.",
    "out.passed.one": "For one record, the day has passed on which a step, an evaluation or the end was expected.",
    "out.passed.many": "For {count} records, the day has passed on which a step, an evaluation or the end was expected.",
    "out.old.one": "One record has not been confirmed for more than twelve months, or rests on no dated source.",
    "out.old.many": "{count} records have not been confirmed for more than twelve months, or rest on no dated source.",
    "out.contradictions.one": "On one point, sources contradict each other.",
    "out.contradictions.many": "On {count} points, sources contradict each other.",
    "out.caveat": "A border with policy on one side only is a signal, not a judgement; whether anything moved was not examined.",
    "out.more": "Worked out with {commands}.",
}
