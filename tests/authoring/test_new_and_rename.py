"""Adding, editing and renaming records: nothing twice, nothing lost, no reference left behind."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from amk.authoring.change import FieldChange
from amk.authoring.duplicates import find_alike
from amk.authoring.input import entered
from amk.authoring.rename import moved
from amk.cli import run
from amk.model.differences import differences, meaning
from amk.model.former_ids import with_current_refs
from amk.model.knowledge_base import KnowledgeBase
from amk.model.records import Collaboration
from amk.storage.data_folder import Tree, working_tree
from amk.storage.loading import load
from amk.storage.yaml.parser import parse_yaml

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example" / "data"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("AMK_LANG", "nl")
    return Path(copytree(EXAMPLE, tmp_path / "data"))


NOTA = ("title=Nota Westbeek", "municipalities=Westbeek", "type=beleidskader", "milestones[0].status=concept")


def test_names_and_labels_become_ids_and_codes(data: Path) -> None:
    assert run(["new", "policy", *NOTA, "--source", "brief-2021:9", "--data", str(data)]) == 0

    assert parse_yaml((data / "policies/nota-westbeek.yaml").read_text(encoding="utf-8")).data == {
        "title": "Nota Westbeek",
        "type": "policy-framework",
        "municipalities": ["westbeek"],
        "milestones": [{"status": "concept"}],
        "evidence": [{"source": "brief-2021", "lines": "9"}],
    }


def test_participants_are_named_by_whoever_they_are(shipped: KnowledgeBase) -> None:
    (clear, *added) = entered(
        shipped, Collaboration, FieldChange(("participants",), "=", "den haag, Platform31")
    )

    assert clear.value == ""
    assert [wish.value for wish in added] == [{"municipality": "den-haag"}, {"organisation": "platform31"}]


def test_what_is_likely_there_already_is_refused_and_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = ("title=Beleidskader Oost-Beek", "municipalities=Oostbeek", "--source", "brief-2021:6")

    assert run(["new", "policy", *wishes, "--data", str(data)]) == 1

    assert "policy/beleidskader-oostbeek" in capsys.readouterr().err
    assert len(list((data / "policies").iterdir())) == 1


def test_a_record_with_errors_is_shown_and_not_written(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = ("title=Nota", "municipalities=Nergenshuizen", "--source", "brief-2021:6")

    assert run(["new", "policy", *wishes, "--data", str(data)]) == 1

    assert "REF001" in capsys.readouterr().out
    assert not (data / "policies/nota.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["policy", "type=beleidskader"], "--id"),
        (["policy", *NOTA, "--id", "beleidskader-oostbeek"], "bestaat al"),
        (["polis"], "polic"),
        (["policy", "title"], "VELD=WAARDE"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert run(["new", *arguments, "--data", str(data)]) == 2

    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_no_record_of_the_shipped_data_looks_like_another(shipped: KnowledgeBase) -> None:
    alike = {r.ref: [o.ref for o in find_alike(shipped, r)] for r in shipped.known.values()}

    waived = {ref for ref, record in shipped.known.items() if record.waive}
    assert {ref: others for ref, others in alike.items() if others and ref not in waived} == {}


def test_missing_fields_are_asked_for_until_the_answer_is_known(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(
        ["", "Nota Westbeek", "beleidskader", "Westbeck", "Westbeek", "concept", "", "", "brief-2021:9", ""]
    )
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))

    assert run(["new", "policy", "--ask", "--data", str(data)]) == 0

    told = capsys.readouterr().err
    assert "Hier is een antwoord nodig." in told
    assert "westbeek" in told
    record = parse_yaml((data / "policies/nota-westbeek.yaml").read_text(encoding="utf-8")).data
    assert record["municipalities"] == ["westbeek"]
    assert record["milestones"] == [{"status": "concept"}]


def test_what_was_given_is_not_asked_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return ""

    monkeypatch.setattr("builtins.input", answer)

    arguments = ["new", "policy", *NOTA, "--source", "brief-2021:9", "--ask", "--data", str(data)]
    assert run(arguments) == 0

    assert [prompt.partition(" ")[0] for prompt in asked] == ["id"]


def test_renaming_moves_the_file_and_every_reference(data: Path) -> None:
    assert run(["rename", "oostbeek", "oost-beek", "--data", str(data)]) == 0

    assert not (data / "municipalities/oostbeek.yaml").exists()
    texts = {path.name: path.read_text(encoding="utf-8") for path in data.rglob("*.yaml")}
    assert "oost-beek.yaml" in texts
    naming = [name for name, text in texts.items() if "- oostbeek" in text or "oostbeek:" in text]
    assert naming == ["oost-beek.yaml"], "which had that id before"
    assert run(["validate", "--data", str(data), "--today", "2021-12-31"]) == 0


def test_renaming_changes_references_and_nothing_else(shipped: KnowledgeBase) -> None:
    tree = working_tree(ROOT / "data")
    for record in [r for r in shipped.known.values() if r.kind != "vocabulary"]:
        new = f"{record.kind}/zzz-{record.id}"
        texts = moved(shipped, tree.texts, record, f"zzz-{record.id}")
        old_path = shipped.paths[record.ref]
        left = {path: text for path, text in tree.texts.items() if path != old_path}
        after = load(Tree(tree.root, {**left, **texts})).base

        assert record.ref not in after.known
        for path, text in texts.items():
            bare = text.replace(f"former_ids:\n  - {record.id}\n", "")
            assert len(bare.split("\n")) == len(tree.texts.get(path, tree.texts[old_path]).split("\n"))
        for ref, before in shipped.known.items():
            now = after.known[new if ref == record.ref else ref]
            assert now.former_ids == ((record.id,) if ref == record.ref else ())
            meant = meaning(with_current_refs(before, {record.ref: new}))
            assert not list(differences(meant, meaning(replace(now, former_ids=())))), (record.ref, ref)


def an_editor(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """An editor that is a Python program: `line` sees the file as `path`."""
    program = folder / "editor.py"
    program.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{line}\n", encoding="utf-8")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {program}")


APPEND = "path.write_text(path.read_text(encoding='utf-8') + 'tags:\\n  - nieuw\\n', encoding='utf-8')"


def test_what_was_edited_well_is_put_in_place(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_editor(tmp_path, monkeypatch, APPEND)

    assert run(["edit", "beleidskader-oostbeek", "--data", str(data)]) == 0

    assert (data / "policies/beleidskader-oostbeek.yaml").read_text(encoding="utf-8").endswith("- nieuw\n")


def test_what_was_edited_wrongly_is_kept_beside_and_not_put_in_place(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (data / "policies/beleidskader-oostbeek.yaml").read_bytes()
    an_editor(tmp_path, monkeypatch, "path.write_text('title: [', encoding='utf-8')")

    assert run(["edit", "beleidskader-oostbeek", "--data", str(data)]) == 1

    kept = capsys.readouterr().err.strip().splitlines()[-1].split()[-1]
    assert Path(kept).read_text(encoding="utf-8") == "title: ["
    assert (data / "policies/beleidskader-oostbeek.yaml").read_bytes() == before


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = data / "policies/beleidskader-oostbeek.yaml"
    other = f"pathlib.Path({str(target)!r}).write_text('title: van een ander', encoding='utf-8')"
    an_editor(tmp_path, monkeypatch, f"{APPEND}\n{other}")

    assert run(["edit", "beleidskader-oostbeek", "--data", str(data)]) == 2

    assert target.read_text(encoding="utf-8") == "title: van een ander"
    assert "intussen gewijzigd" in capsys.readouterr().err


def test_an_editor_that_is_not_there_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", os.path.join("nergens", "ed"))

    assert run(["edit", "oostbeek", "--data", str(data)]) == 2

    assert "EDITOR" in capsys.readouterr().err


def test_a_record_that_lacks_something_is_told_what_and_not_that_it_has_no_name(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "policy", "title=Één nota", "municipalities=Oostbeek", "--data", str(data)]) == 1

    told = capsys.readouterr()
    assert "b/policies/een-nota.yaml" in told.out
    assert "FLD002" in told.out
    assert "zonder naam" not in told.err


def test_a_new_id_that_is_taken_or_cannot_be_is_told_in_one_sentence(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rename", "oostbeek", "westbeek", "--data", str(data)]) == 2
    assert capsys.readouterr().err == "amk: “municipality/westbeek” bestaat al; kies een ander id\n"

    assert run(["rename", "oostbeek", "Oost Beek", "--data", str(data)]) == 2
    assert "ten hoogste 100 tekens (bedoelt u “oost-beek”?)" in capsys.readouterr().err


def test_what_was_wrong_with_a_record_already_does_not_stop_its_renaming(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = data / "municipalities" / "noordbeek.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "onbekend: x\n", encoding="utf-8")
    policy = data / "policies" / "beleidskader-oostbeek.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8") + "reviewed: 2021-12-01\ntags: [a]\nbron: x\n", encoding="utf-8"
    )

    assert run(["rename", "oostbeek", "oost", "--data", str(data)]) == 0

    assert "FLD001" not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["oostbeek", "municipality/oostbeek", "Oost-Beek"])
def test_a_former_id_leads_to_the_record(data: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run(["rename", "oostbeek", "oost", "--data", str(data)]) == 0
    capsys.readouterr()

    assert run(["show", name, "-f", "ids", "--data", str(data)]) == 0
    assert capsys.readouterr().out == "municipality/oost\n"
    assert run(["set", name, "tags+=haven", "--data", str(data)]) == 0
    assert "- haven" in (data / "municipalities/oost.yaml").read_text(encoding="utf-8")
    assert run(["new", "policy", "title=Nota", f"municipalities={name}", "--source=brief-2021:4", "--no-ask",
                "--data", str(data)]) == 0  # fmt: skip
    assert "- oost\n" in (data / "policies/nota.yaml").read_text(encoding="utf-8")


@pytest.fixture
def astray(data: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The example in which a municipality got another name, and others still cite it by the old one."""
    untouched = {path: path.read_text(encoding="utf-8") for path in data.rglob("*.yaml")}
    assert run(["rename", "oostbeek", "wijk-aan-water", "--data", str(data)]) == 0
    for path, text in untouched.items():
        if path.exists():
            path.write_text(text, encoding="utf-8")
    capsys.readouterr()
    return data


def test_a_reference_to_a_former_id_is_a_warning_with_the_new_one(
    astray: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["validate", "--data", str(astray)]) == 0

    told = capsys.readouterr().out
    assert "REF003 “oostbeek” heet nu wijk-aan-water" in told
    assert "REF001" not in told


@pytest.mark.parametrize("kept", ["", "1"])
@pytest.mark.parametrize(
    "command",
    [
        ["list", "municipalities", "--region", "Beekstreek"],
        ["show", "wijk-aan-water"],
        ["show", "beleidskader-oostbeek"],
        ["list", "policies", "--municipality", "oostbeek"],
        ["gaps"],
        ["coverage"],
        ["timeline"],
        ["network"],
    ],
    ids=" ".join,
)
def test_a_reference_to_a_former_id_answers_as_one_to_the_new_one(
    command: list[str],
    kept: str,
    astray: Path,
    own_cache: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if kept:
        monkeypatch.setenv("AMK_NO_CACHE", kept)
    asked = [*command, "-f", "json", "--today", "2022-01-01", "--data", str(astray)]
    assert run(asked) == 0
    before = capsys.readouterr().out
    for path in sorted(astray.rglob("*.yaml")):
        text = re.sub(r"\boostbeek(?=:?$)", "wijk-aan-water", path.read_text(encoding="utf-8"), flags=re.M)
        path.write_text(text.replace("former_ids:\n  - wijk-aan-water", "former_ids:\n  - oostbeek"), "utf-8")
    assert run(asked) == 0

    assert capsys.readouterr().out == before
    assert len(before) > 3


def test_an_id_that_a_record_gets_back_is_former_no_longer(data: Path) -> None:
    before = (data / "municipalities/oostbeek.yaml").read_text(encoding="utf-8")
    for old, new in (("oostbeek", "oost"), ("oost", "oostbeek")):
        assert run(["rename", old, new, "--data", str(data)]) == 0

    after = (data / "municipalities/oostbeek.yaml").read_text(encoding="utf-8")
    assert after.replace("former_ids:\n  - oost\n", "") == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["rename", "oostbeek", "OOSTBEEK"],
        ["new", "municipality", "--id", "Oostbeek", "name=X", "--source", "brief-2021:4", "--no-ask"],
    ],
)
def test_an_id_that_differs_in_case_only_is_refused(data: Path, arguments: list[str]) -> None:
    files = sorted(data.rglob("*.yaml"))

    assert run([*arguments, "--data", str(data)]) != 0
    assert sorted(data.rglob("*.yaml")) == files


def test_a_file_whose_id_differs_in_case_only_is_reported(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (data / "municipalities/oostbeek.yaml").read_text(encoding="utf-8")
    (data / "municipalities/Westbeek.yaml").write_text(text, encoding="utf-8")

    assert run(["validate", "--data", str(data)]) == 1
    assert "FILE005" in capsys.readouterr().out


def test_a_title_of_any_length_makes_an_id_of_whole_words(data: Path) -> None:
    words = [f"title={'Nota over wonen ' * 30}", "municipalities=Westbeek", "evidence=brief-2021"]

    assert run(["new", "policy", *words, "--data", str(data)]) == 0

    [made] = (data / "policies").glob("nota-over-*.yaml")
    assert len(made.stem) <= 100
    assert set(made.stem.split("-")) == {"nota", "over", "wonen"}
