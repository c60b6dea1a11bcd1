"""Where sentences begin: what a page's layout and its quotation marks tell, set before the parser runs.

spaCy's parser finds sentence boundaries itself and honours those that are set already. Four things it
does not know: a paragraph always begins one, and so do the words behind a dateline; a closing quotation
mark or bracket stays with the words before it; and no sentence of a newspaper begins in lower case,
whatever full stop an abbreviation left. Words without end, as a damaged page may have them, are cut where
no sentence is as long: what is found is looked at with all of its sentence, and the time for that grows
with the square of it.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from kb.extract.datelines import find_datelines
from kb.lexicon import read_words

PIPE = "kb_sentence_starts"
LONGEST = 400  # tokens without a mark that could end a sentence
_ENDING = frozenset(".!?…。！？")
_OPENING = frozenset("([{“„«‘")
_CLOSING = frozenset(")]}”’»,;:.!?…'\"")


@Language.component(PIPE)
def sentence_starts(doc: Doc) -> Doc:
    """Mark the tokens that surely begin a sentence, and those that surely do not."""
    begun = 0
    behind = {end for _, end in find_datelines(doc.text)}
    for token in doc[1:]:
        before = doc[token.i - 1]
        if before.text[-1] in _ENDING or "\n" in before.text:
            begun = token.i
        if before.is_space and "\n" in before.text:
            token.is_sent_start = not token.is_space
        elif token.idx in behind or token.i - begun >= LONGEST:
            token.is_sent_start = True
            begun = token.i
        elif _continues(doc, token, before):
            token.is_sent_start = False
    return doc


def _continues(doc: Doc, token: Token, before: Token) -> bool:
    """Whether the token must belong to the sentence of the token before it."""
    if token.is_space or token.text.islower():
        return True
    attached = not before.whitespace_ and not before.is_space
    if attached and token.text[0] in _CLOSING:
        return True
    if token.text in ("(", "[") and _ends_company_name(doc, token.i - 1):
        return True
    if token.text[0] in _OPENING:
        follower = (
            _after_bracket(doc, token) if token.text in ("(", "[") else doc[min(token.i + 1, len(doc) - 1)]
        )
        return follower is not None and follower.text.islower()
    return False


def _ends_company_name(doc: Doc, at: int) -> bool:
    """Whether the full stop at (or in) the token is that of a legal form: "Example Kft. (Budapest)"."""
    if not doc[at].text.endswith("."):
        return False
    word = doc[at - 1] if doc[at].text == "." and at else doc[at]
    form = word.lower_.rstrip(".")
    forms = read_words("legal_forms", "form")
    return word.text[0].isupper() and (form in forms or f"{form}." in forms)


def _after_bracket(doc: Doc, opening: Token, reach: int = 12) -> Token | None:
    """The first token behind a short bracket, or None where the bracket is long or nothing follows."""
    for token in doc[opening.i + 1 : opening.i + reach]:
        if token.text[0] in ")]":
            return doc[token.i + 1] if token.i + 1 < len(doc) else None
    return None
