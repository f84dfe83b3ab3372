"""Phrases for what stands out, in English."""

PHRASES: dict[str, str] = {
    "out.title": "What stands out",
    "out.gaps.one": "There is 1 border between a municipality with policy and a neighbour of which no policy is known or was found; at {unconnected} of them no shared collaboration is known (amk gaps).",
    "out.gaps.many": "There are {count} borders between a municipality with policy and a neighbour of which no policy is known or was found; at {unconnected} of them no shared collaboration is known (amk gaps).",
    "out.pressures.one": "At 1 border the policy is known to restrict.",
    "out.pressures.many": "At {count} borders the policy is known to restrict.",
    "out.passed.one": "Of 1 record a day is past on which a step, an evaluation or the end was foreseen (amk stale).",
    "out.passed.many": "Of {count} records a day is past on which a step, an evaluation or the end was foreseen (amk stale).",
    "out.old.one": "1 record was not confirmed for more than twelve months, or rests on no dated source (amk stale).",
    "out.old.many": "{count} records were not confirmed for more than twelve months, or rest on no dated source (amk stale).",
    "out.contradictions.one": "On 1 point sources contradict each other (amk coverage).",
    "out.contradictions.many": "On {count} points sources contradict each other (amk coverage).",
    "out.caveat": "A signal, no verdict; displacement was not examined.",
}
