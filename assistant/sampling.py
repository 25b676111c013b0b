"""Whether a library's articles are found by what they say: some of them searched for by their own words.

Each is asked for three ways: by its title, by the words of it that few others have, and by its names and terms in the
other language. Each time both the whole search and the vectors alone must find it, or an article in nearly the same
words (a daily notice, a wire copy), as words that match hide an embedding model that does not read a language.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.gloss import LABEL, gloss
from assistant.names import names_of
from assistant.retrieve import HybridRetriever
from assistant.translation import commonness
from ingest.article import Article, Language
from ingest.library import Library
from ingest.tokens import stem_of, stems, words

Way = Literal["title", "words", "other language"]
WAYS: tuple[Way, ...] = ("title", "words", "other language")

SAMPLE = 20  # articles of each language
FEWEST = 5  # of which nothing can be said
WORDS = 5  # of an article that are searched together
DEEPEST = 10
TWIN = 0.8  # the share of its words from which an article found will do for the one looked for
# Of a share of the articles smaller than this something is wrong; chance alone finds one in ten (`_depth`).
LEAST: dict[Way, float] = {"title": 0.7, "words": 0.6, "other language": 0.4}
LEAST_BY_VECTORS: dict[Way, float] = {"title": 0.6, "words": 0.4, "other language": 0.3}


@dataclass(frozen=True)
class Share:
    """Of `tried` articles of a language, how many were found one way, by the whole search and by the vectors alone."""

    language: Language
    way: Way
    tried: int
    found: int
    by_vectors: int

    @property
    def is_low(self) -> bool:
        """Whether too few were found by the whole search."""
        return self.found < LEAST[self.way] * self.tried

    @property
    def is_low_by_vectors(self) -> bool:
        """Whether too few were found by the vectors alone."""
        return self.by_vectors < LEAST_BY_VECTORS[self.way] * self.tried


def sampled(library: Library, seed: int = 0) -> list[Share]:
    """How well articles drawn from the library are found, by language and way; of too few articles nothing is told."""
    draw = random.Random(seed)
    retriever = HybridRetriever(library=library)
    shares = []
    for language in ("ko", "en"):
        ids = sorted(info.id for info in library.articles() if info.language == language)
        articles = [library.get(id) for id in draw.sample(ids, min(SAMPLE, len(ids)))]
        for way in WAYS:
            asked = [(article, query) for article in articles if (query := _query(library, article, way))]
            if len(asked) >= FEWEST:
                found = sum(_finds(retriever, *pair) for pair in asked)
                by_vectors = sum(_finds_by_vectors(library, *pair) for pair in asked)
                shares.append(Share(language, way, len(asked), found, by_vectors))
    return shares


def _query(library: Library, article: Article, way: Way) -> str:
    title = article.title or article.sentences[0].of(article.text)
    if way == "title":
        return title
    if way == "words":
        return " ".join(_telling(library, article))
    beginning = " ".join(span.of(article.text) for span in article.sentences[:3])
    other: Language = "en" if article.language == "ko" else "ko"
    told = gloss(f"{title}\n{beginning}", other, names_of(library))
    return told.removeprefix(f"{LABEL[other]}: ").replace(" · ", " ") if told else ""


def _telling(library: Library, article: Article) -> Sequence[str]:
    """The words of an article that the fewest other passages have; as written, in order."""
    stems = {stem_of(word): word for word in words(article.text) if word[0].isalpha() and len(word) > 1}
    frequency = library.frequency(sorted(stems))
    chosen = sorted(stems, key=lambda stem: (frequency[stem] + library.chunk_count * commonness(stem), stem))[:WORDS]
    return [word for stem, word in stems.items() if stem in chosen]


def _finds(retriever: HybridRetriever, article: Article, query: str) -> bool:
    hits = retriever.search(query, _depth(retriever.library))
    return any(_is_same(found, article) for hit in hits for found in (hit.article, *hit.also_in))


def _finds_by_vectors(library: Library, article: Article, query: str) -> bool:
    with library.reading():
        best = library.dense(library.embedder.encode_queries([query])[0], _depth(library))
        found = library.get_all({chunk.article_id for chunk in library.chunks([id for id, _ in best]).values()})
    return any(_is_same(other, article) for other in found.values())


def _is_same(found: Article, article: Article) -> bool:
    """Whether an article is the one looked for, or has its words but for a figure or a name."""
    if found.id == article.id:
        return True
    wanted = set(stems(article.text))
    return len(wanted & set(stems(found.text))) >= TWIN * len(wanted)


def _depth(library: Library) -> int:
    """How far down an article counts as found: in a small library not so far that chance would do."""
    return max(1, min(DEEPEST, library.chunk_count // 10))


def remarks(shares: Sequence[Share]) -> Iterator[tuple[bool, str]]:
    """What the shares say, (whether it is well, in words): a line for each language, and each way that fails."""
    names = {"ko": "Korean", "en": "English"}
    for language in dict.fromkeys(share.language for share in shares):
        own = [share for share in shares if share.language == language]
        told = ", ".join(f"by {_WORDING[s.way]} {s.found} of {s.tried} ({s.by_vectors} by vectors)" for s in own)
        yield True, f"{names[language]} articles found {told}"
        for share in own:
            if share.is_low_by_vectors:
                yield False, _MEANING[share.way == "other language"].format(names[language], _WORDING[share.way])
            elif share.is_low:
                yield (
                    False,
                    (
                        f"Too few {names[language]} articles are found by {_WORDING[share.way]}. "
                        "Run `assistant ingest --rebuild`; if that does not help, please report it."
                    ),
                )


_WORDING: dict[Way, str] = {
    "title": "their title",
    "words": "their rarest words",
    "other language": "their names and terms in the other language",
}
_MEANING = {
    False: "The embedding model finds too few {} articles by {}: it may not read the language. Set "
    "ASSISTANT_EMBEDDING_MODEL to one that does, or unset it, and run `assistant ingest --rebuild`.",
    True: "The embedding model finds too few {} articles by {}: it may not join Korean and English. Set "
    "ASSISTANT_EMBEDDING_MODEL to one that does, or unset it, and run `assistant ingest --rebuild`.",
}
