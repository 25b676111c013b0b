"""An article cut into chunks: the passages that are embedded, indexed and shown."""

from ingest.article import Article, Chunk, chunk_of

LONGEST_CHUNK = 600
_SENTENCE_ENDS = ".!?…。！？\"'”’)]"


def chunk_article(article: Article, longest: int = LONGEST_CHUNK) -> tuple[Chunk, ...]:
    """Cut an article into consecutive ranges of whole sentences, each of at most `longest` characters.

    Every sentence is in exactly one chunk; a sentence that is longer stands alone. Where the rest does not fit,
    the cut prefers the last paragraph end that leaves the chunk at least half as long, and never parts a heading
    from the text under it.
    """
    chunks: list[Chunk] = []
    first = 0
    while first < len(article.sentences):
        last = _cut(article, first, longest)
        chunks.append(chunk_of(article, len(chunks), first, last))
        first = last
    return tuple(chunks)


def _cut(article: Article, first: int, longest: int) -> int:
    """The sentence before which the chunk that starts with sentence `first` ends."""
    sentences = article.sentences
    begin = sentences[first].start
    fitting = first + 1
    while fitting < len(sentences) and sentences[fitting].end - begin <= longest:
        fitting += 1
    if fitting == len(sentences):
        return fitting
    for last in range(fitting, first, -1):
        if sentences[last - 1].end - begin < longest // 2:
            break
        if _starts_line(article, last) and not _is_heading(article, last - 1):
            return last
    return fitting - 1 if fitting > first + 1 and _is_heading(article, fitting - 1) else fitting


def _starts_line(article: Article, number: int) -> bool:
    before, this = article.sentences[number - 1], article.sentences[number]
    return "\n" in article.text[before.end : this.start]


def _is_heading(article: Article, number: int) -> bool:
    """Whether a sentence is a line without a full stop over a line of prose."""
    if number + 1 >= len(article.sentences) or not _starts_line(article, number + 1):
        return False
    alone = number == 0 or _starts_line(article, number)
    return alone and not _is_prose(article, number) and _is_prose(article, number + 1)


def _is_prose(article: Article, number: int) -> bool:
    return article.text[article.sentences[number].end - 1] in _SENTENCE_ENDS
