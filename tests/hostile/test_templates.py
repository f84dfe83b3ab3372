"""Templates that ask for more than any report needs are stopped at once; what reports do goes on."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from amk.document.template import TemplateContext, filled
from amk.values.errors import UserError

pytest.importorskip("jinja2")

CONTEXT = TemplateContext({}, {}, str)
BOMBS = [
    "{{ 'a'|center(10**9) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ '1'.zfill(10**9) }}",
    "{{ (1).to_bytes(10**9,'big') }}",
    "{{ ([1]*1000000)|join('a'*10000) }}",
    "{{ 'a'|slice(10**9)|list }}",
    "{{ '%*d' % (10**9,1) }}",
    "{{ '{:{}}'.format(1,10**9) }}",
    "{{ '%(x)1000000000d' % {'x':1} }}",
    "{{ ('a'*1000000)|replace('a','b'*1000000) }}",
    "{{ ('a'*1000000).replace('a','b'*1000000) }}",
    "{{ ('\\n'*1000000)|indent(9999) }}",
    "{{ ('\\t'*1000000).expandtabs(9999) }}",
    "{{ ('a'*1000000).translate({97:'b'*100000}) }}",
    "{% set ns=namespace(s='a'*1000) %}{% for i in range(40) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{{ ('a'*1000).join(['b']*1000000) }}",
    "{{ 'a'|batch(10**9,'x')|list }}",
    "{{ ' '|wordwrap(1, true, 'x'*1000000) }}",
    "{{ 'x'|indent('y'*3000000) }}",
    "{{ 'a'|center(width=10**9) }}",
    "{{ 'a'|truncate(10**9)}}",
    "{{ '{0:>{1}}'|format(1) }}",
    "{{ ['%1000000000d']|map('format',1)|list }}",
]
PLAIN = [
    "{{ 'a'|center(20) }}",
    "{{ '%5.2f'|format(1.5) }}",
    "{{ '{:>10}'.format('x') }}",
    "{{ ['a','b']|join(', ') }}",
    "{{ 'aba'|replace('a','c') }}",
    "{{ 'a\\nb'|indent(4) }}",
    "{{ 'a' ~ 1 ~ 'b' }}",
    "{{ '%s en %s' % ('a','b') }}",
    "{{ [1,2,3,4]|batch(2)|list|length }}",
    "{{ 'a b'.split(' ')|map('upper')|join('-') }}",
    "{{ 'x'.join(['a','b']) }}",
    "{{ 3|round(1) }}",
    "{{ '7'.zfill(3) }}",
    "{{ 'a,b'|wordwrap(10) }}",
]


def said(folder: Path, text: str) -> str:
    path = folder / "t.md"
    path.write_text(text, encoding="utf-8")
    return filled(path, CONTEXT)


@pytest.mark.parametrize("text", BOMBS)
def test_a_template_that_asks_too_much_is_stopped_before_it_has_it(tmp_path: Path, text: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(UserError) as stop:
            said(tmp_path, text)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert stop.value.phrase == "stop.template-much"
    assert most < 50_000_000


@pytest.mark.parametrize("text", PLAIN)
def test_what_reports_do_with_texts_goes_on(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text)
