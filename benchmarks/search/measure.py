"""How well search ranks: nDCG@10 over judged queries, against grep and against full text search as it is.

`python benchmarks/search/measure.py` prints the table of RESULTS.md. grep counts the lines that any
word of the query matches, without case; the plain index is SQLite's FTS5 with its own tokenizer and
bm25 over the text of each file, the words of the query joined by OR.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from math import log2
from pathlib import Path
from typing import Any

import yaml

from amk.model.knowledge_base import KnowledgeBase
from amk.questions.search.find import find_hits
from amk.search.indexer import index_of
from amk.storage.data_folder import Tree, working_tree
from amk.storage.loading import load

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "data"
DEPTH = 10

Rank = Callable[[str], Sequence[str]]


def ndcg(ranked: Sequence[str], answers: Mapping[str, int]) -> float:
    """The normalised discounted cumulative gain of the first ten."""
    gained = sum((2 ** answers.get(ref, 0) - 1) / log2(place + 2) for place, ref in enumerate(ranked[:DEPTH]))
    best = sorted(answers.values(), reverse=True)[:DEPTH]
    return gained / sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))


def queries() -> list[dict[str, Any]]:
    """The judged queries."""
    read = yaml.safe_load((HERE / "queries.yaml").read_text(encoding="utf-8"))
    return list(read)


def by_amk(base: KnowledgeBase) -> Rank:
    """Records as `amk search` ranks them."""
    index = index_of(base)
    return lambda query: [hit.record.ref for hit in find_hits(base, index, query).hits]


def by_grep(base: KnowledgeBase, tree: Tree) -> Rank:
    """Records by how many of their lines any word of the query matches."""

    def rank(query: str) -> list[str]:
        words = [re.escape(word) for word in _words(query)]
        pattern = re.compile("|".join(words), re.IGNORECASE)
        counts = {
            ref: sum(bool(pattern.search(line)) for line in tree.texts[path].splitlines())
            for ref, path in base.paths.items()
        }
        return sorted((ref for ref, count in counts.items() if count), key=lambda ref: (-counts[ref], ref))

    return rank


def by_plain_index(base: KnowledgeBase, tree: Tree) -> Rank:
    """Records as SQLite ranks the text of their files, without our analysis."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table files using fts5(ref unindexed, text)")
    rows = [(ref, tree.texts[path]) for ref, path in base.paths.items()]
    connection.executemany("insert into files values (?, ?)", rows)

    def rank(query: str) -> list[str]:
        quoted = " OR ".join(f'"{word}"' for word in _words(query))
        found = connection.execute("select ref from files where files match ? order by rank", (quoted,))
        return [ref for (ref,) in found]

    return rank


def _words(query: str) -> list[str]:
    phrase = re.fullmatch(r'"(.*)"', query)
    if phrase:
        return [phrase[1]]
    return [word for word in re.findall(r"[\w'-]+", query.rpartition(":")[2]) if word.strip("'-")]


def main() -> None:
    """Print how each ranks, and the queries that amk ranks worst."""
    tree = working_tree(DATA)
    base = load(tree).base
    ranks = {"amk": by_amk(base), "grep": by_grep(base, tree), "FTS5 as it is": by_plain_index(base, tree)}
    judged = queries()
    for each in judged:
        unknown = set(each["answers"]) - set(base.known)
        assert not unknown, f"{each['query']}: {unknown}"
    scores = {name: [ndcg(rank(q["query"]), q["answers"]) for q in judged] for name, rank in ranks.items()}
    print(f"{len(judged)} queries over {len(base.known)} records\n")
    print("| engine | nDCG@10 | queries without any answer in the first ten |\n|---|---|---|")
    for name, found in scores.items():
        print(f"| {name} | {sum(found) / len(found):.3f} | {sum(score == 0 for score in found)} |")
    print("\nWorst for amk:")
    for score, each in sorted(zip(scores["amk"], judged, strict=True), key=lambda pair: pair[0])[:10]:
        print(f"- {each['query']}: {score:.2f}")


if __name__ == "__main__":
    main()
