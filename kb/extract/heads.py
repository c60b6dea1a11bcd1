"""What the parser hangs wrongly as a class, hung right for all who read the parse after it.

News sentences put something between commas or in brackets where a small model loses the thread: a part
(", including 68 children, were killed"), a source ("..., the group said, 150 of them this year"), a share
before the one who speaks ("..., almost half of them in Gaza, the agency said"). Labels are those of ClearNLP
that spaCy's English models use.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from kb.lexicon import read_words

PIPE = "kb_heads"
_PARTS = frozenset(["including", "among", "mostly", "most", "many", "some", "half", "of"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
_VERBS = ("VERB", "AUX")
_FEW = 12  # tokens between the commas
_NAMING = frozenset(["PROPN", "ADP", "DET", "PUNCT", "CCONJ", "PART"])
_SOME = frozenset(
    ["half", "third", "quarter", "most", "many", "some", "all", "dozens", "hundreds", "thousands"]
)


@Language.component(PIPE)
def mend_heads(doc: Doc) -> Doc:
    """Give verbs the subjects, and reports the speakers, that stand beyond a pair of commas."""
    for verb in doc:
        if verb.pos_ == "NUM":
            _regain_place(verb)
        if verb.pos_ not in _VERBS:
            continue
        if verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("advcl", "conj", "ccomp", "dep", "ROOT"):
            _regain_subject(verb)
        if verb.tag_ in ("VBD", "VBZ", "VBP") and verb.lemma_.lower() in _speech():
            _regain_speaker(verb)
            _regain_report(verb)
            _regain_closing_speaker(verb)
        if verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("ccomp", "amod"):
            _regain_participle(verb)
        if verb.dep_ == "ccomp" and verb.lemma_.lower() in _telling():
            _regain_source(verb)
    return doc


def _speech() -> frozenset[str]:
    return read_words("reporting_verbs", use="speech")


def _regain_place(number: Token) -> None:
    """A number behind a preposition is its object; "two of four boats sank" is said of the two."""
    doc, first = number.doc, number.left_edge
    if number.dep_ == "dobj" and first.i > 1:
        before = doc[first.i - 1]
        if before.dep_ == "prep" and before.head.i == number.head.i and not list(before.children):
            number.head, number.dep_ = before, "pobj"
            return
    if number.dep_ != "quantmod" or number.i + 2 >= len(doc) or doc[number.i + 1].lower_ != "of":
        return
    preposition, whole = doc[number.i + 1], number.head
    if not (preposition.head.i == whole.i and whole.like_num and whole.i > preposition.i):
        return
    noun = whole.head
    if whole.dep_ != "nummod" or noun.pos_ not in ("NOUN", "PROPN") or noun.i < whole.i:
        return
    if noun.head.i == noun.i:
        number.head, number.dep_ = noun, "nummod"
        return
    number.head, number.dep_ = noun.head, noun.dep_
    preposition.head, preposition.dep_ = number, "prep"
    noun.head, noun.dep_ = preposition, "pobj"


def _telling() -> frozenset[str]:
    return _speech() | read_words("reporting_verbs", use="evidence")


def _regain_subject(verb: Token) -> None:
    """The number before ", including 68 children, were killed" is who was killed."""
    if any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    doc, close = verb.doc, verb.left_edge.i - 1
    auxiliaries = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    if auxiliaries:
        close = auxiliaries[0].i - 1
    if close < 3 or doc[close].text != "," or doc[close].is_sent_start:
        return
    opening = next(
        (i for i in range(close - 1, max(verb.sent.start, close - _FEW), -1) if doc[i].text == ","), None
    )
    if opening is None or doc[opening + 1].lower_ not in _PARTS or opening <= verb.sent.start:
        return
    head = doc[opening - 1]
    if not (head.like_num or head.pos_ in ("NOUN", "NUM", "PROPN")) or head.dep_ in _SUBJECTS:
        return
    if not any(token.like_num for token in doc[max(verb.sent.start, opening - 4) : opening]):
        return
    clause = _clause_of(head)
    if clause is None or head.is_ancestor(verb) or clause.i == verb.i:
        return
    head.head = verb
    head.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in auxiliaries) else "nsubj"
    if verb.dep_ == "advcl":
        verb.dep_ = "conj"


def _regain_participle(verb: Token) -> None:
    """The participle between a number and its noun does nothing: "has collected 1,300 pledged votes"."""
    doc, clause, number = verb.doc, verb.head, verb.doc[verb.i - 1] if verb.i else verb
    noun = doc[verb.i + 1] if verb.i + 1 < len(doc) else verb
    counted = number.pos_ == "NUM" and number.head.i == verb.i and noun.tag_ == "NNS"
    if counted and verb.dep_ == "amod" and verb.head.i == noun.i:
        number.head, number.dep_ = noun, "nummod"  # "37 confirmed cases"
        return
    framed = counted and noun.head.i == verb.i
    if not framed or clause.pos_ not in _VERBS or clause.i > number.i or clause.lemma_.lower() in _telling():
        return
    for child in list(verb.children):
        child.head = clause
    noun.head, noun.dep_ = clause, "dobj"
    number.head, number.dep_ = noun, "nummod"
    verb.head, verb.dep_ = noun, "amod"


def _regain_speaker(verb: Token) -> None:
    """The name right before "said" speaks, not the share of people that the parser took for its subject."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    said = next((child for child in verb.lefts if child.dep_ == "ccomp"), None)
    if subject is None or said is None or subject.i < said.i or not _is_some(subject):
        return
    doc, start = verb.doc, verb.i
    while start > subject.i + 1 and doc[start - 1].text != ",":
        start -= 1
    name = doc[start : verb.i]
    if start <= subject.i + 1 or not name or any(token.pos_ not in _NAMING for token in name):
        return
    speaker = next((token for token in name if token.head.i < start or token.head.i >= verb.i), None)
    if speaker is None or speaker.pos_ != "PROPN":
        return
    subject.head, subject.dep_ = said, "npadvmod"
    speaker.head, speaker.dep_ = verb, "nsubj"


def _is_some(noun: Token) -> bool:
    """Whether a word stands for some of many: a number or a share, "half of them"."""
    counted = any(child.dep_ == "nummod" for child in noun.children)
    return noun.like_num or counted or noun.lower_ in _SOME


def _regain_report(verb: Token) -> None:
    """What ", the group said," stands in is all that the clause around it tells, not the words behind it."""
    host = verb.head
    if verb.dep_ != "parataxis" or host.i < verb.i or host.pos_ in _VERBS:
        return
    clause = _clause_of(host)
    if clause is not None and clause.i < verb.i:
        verb.head = clause


def _clause_of(word: Token) -> Token | None:
    """The verb of the clause that a word stands in, or None where no verb is above it."""
    while word.head.i != word.i and word.pos_ not in _VERBS:
        word = word.head
    return word if word.pos_ in _VERBS else None


def _regain_closing_speaker(verb: Token) -> None:
    """Who stands behind ", says" at a headline's end speaks, not its topic: "Sport: 5 hurt, says club"."""
    doc, start = verb.doc, verb.i - 1
    behind = [child for child in verb.rights if child.dep_ in ("dobj", "attr", "oprd", "npadvmod", "nsubj")]
    if start < 1 or doc[start].text != "," or verb.lemma_ != "say" or len(behind) != 1:
        return
    if any(child.dep_ in ("ccomp", "xcomp") for child in verb.rights):
        return
    last = behind[0].right_edge.i + 1
    if last < len(doc) and doc[last].sent == verb.sent and doc[last].text not in (".", "!"):
        return
    for child in verb.lefts:
        if child.dep_ in ("nsubj", "nsubjpass"):
            child.dep_ = "dep"
    behind[0].dep_ = "nsubj"


def _regain_source(verb: Token) -> None:
    """Who told it all, at a sentence's end, is nobody's words: "they say so, a study found"."""
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or verb.head.i > verb.i or verb.i + 2 < verb.sent.end:
        return
    before = subject.left_edge.i - 1
    if before > verb.head.i and verb.doc[before].text == ",":
        verb.dep_ = "parataxis"
