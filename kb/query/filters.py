"""Conditions of a question over a view, with their values kept apart from the SQL."""

from __future__ import annotations

from collections.abc import Iterable

from kb.dates import parse_interval
from kb.errors import ParseError, UsageError
from kb.model.plain import folded
from kb.model.values import Interval
from kb.resolve.keys.names import folded_name

# All spellings of whatever has the name, in any text or list of names.
_SAME = """
    SELECT other.spelling FROM name JOIN name AS other ON other.entity_id = name.entity_id
    WHERE name.key = :{0}"""


class Filter:
    """Conditions that all must hold. What is None asks nothing."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: dict[str, str | int] = {}

    @property
    def where(self) -> str:
        """The conditions as SQL, to stand after WHERE."""
        return " AND ".join(self.conditions) or "1"

    def equal(self, column: str, value: str | None) -> None:
        """The column has just this value."""
        if value is not None:
            self.conditions.append(f"{column} = :{self._value(value)}")

    def words(self, columns: str, words: str | None) -> None:
        """All words stand in the columns (an SQL expression), as they are or as parts of longer ones."""
        if words is not None:
            self.conditions.append(self.has_words(columns, words))

    def names(self, column: str, name: str | None) -> None:
        """The column, a name or names between semicolons, holds the words, or another name of the same."""
        if name is not None:
            has_words = self.has_words(column, name)
            same = _SAME.format(self._value(folded_name(name)))
            listed = f"instr('; ' || {column} || ';', '; ' || spelling || ';')"
            # The spellings are found once, and most columns have one name: lists alone are gone through.
            among = f"instr({column}, ';') AND EXISTS (SELECT spelling FROM ({same}) WHERE {listed})"
            self.conditions.append(f"({has_words} OR {column} IN ({same}) OR ({among}))")

    def takes_part(self, uid: str, name: str | None) -> None:
        """A report of the event (by uid) has somebody of this name, or is at a place of this name."""
        if name is None:
            return
        has_name = self.has_words("(spelling || ' ' || key)", name)
        key = self._value(folded_name(name))
        named = f"SELECT entity_id FROM name WHERE key = :{key} OR {has_name}"
        written = " OR ".join(self.has_words(column, name) for column in ("participant.name", "report.place"))
        self.conditions.append(f"""{uid} IN (
            SELECT event.uid FROM event
            JOIN report ON report.event_id = event.id
            LEFT JOIN mention AS place ON place.id = report.place_mention_id
            LEFT JOIN participant ON participant.report_id = report.id
            LEFT JOIN mention ON mention.id = participant.mention_id
            WHERE mention.entity_id IN ({named}) OR place.entity_id IN ({named}) OR {written})""")

    def overlap(self, since: str | None, until: str | None, prefix: str = "") -> None:
        """The interval reaches into the time from `since` on, and up to the end of `until`.

        `prefix` names the view that has the interval, where there are more.

        Raises:
            UsageError: one of them is no date, or they are the wrong way round.
        """
        first, last = _interval(since), _interval(until)
        if first and last and first.earliest and last.latest and first.earliest > last.latest:
            raise UsageError(f"the time asked for ends before it begins: from {since} until {until}")
        for interval, end, sign in ((first, "latest", ">="), (last, "earliest", "<=")):
            if interval is None:
                continue
            bound = prefix + end
            day = interval.earliest if end == "latest" else interval.latest
            if day is not None:  # else the time asked for is open on that side
                self.conditions.append(f"({bound} IS NULL OR {bound} {sign} :{self._value(day.isoformat())})")
            self.conditions.append(f"{prefix}date IS NOT NULL")

    def has_words(self, columns: str, words: str) -> str:
        """The SQL that says so of `words`, its values kept here.

        Raises:
            UsageError: they are no string.
        """
        if not isinstance(words, str):
            raise UsageError(f"{words!r} are no words: give a string")
        likes = [f"{columns} LIKE :{self._value(_pattern(word))} ESCAPE '\\'" for word in words.split()]
        return f"({' AND '.join(likes) or '1'})"

    def among(self, column: str, values: Iterable[str | int]) -> None:
        """The column has one of the values."""
        names = ", ".join(f":{self._value(value)}" for value in values)
        self.conditions.append(f"{column} IN ({names})")

    def article(self, said: str, uid: str, *urls: str) -> None:
        """The article (the columns with its uid and addresses) is called so: by a URL, or one of its uids."""
        value = self.value(said)
        self.conditions.append(f"""({value} IN ({uid}, {", ".join(urls)}) OR {uid} IN (
            SELECT article.uid FROM article_uid JOIN article ON article.id = article_uid.article_id
            WHERE article_uid.uid = {value}))""")

    def tagged(self, tag: str | None, uid: str, article: str) -> None:
        """The fact or its article (the columns with their uids) is filed under the tag, whatever its case."""
        if tag is not None:
            self.conditions.append(f"""EXISTS (
                SELECT 1 FROM standing_tag
                WHERE lower(standing_tag.tag) = {self.value(folded(tag).lower())}
                    AND standing_tag.target IN ({uid}, {article}))""")

    def happening_tagged(self, tag: str | None, uid: str) -> None:
        """A report of the event (by uid), or an article that tells of it, is filed under the tag."""
        if tag is not None:
            word = self.value(folded(tag).lower())
            self.conditions.append(f"""{uid} IN (
                SELECT event.uid FROM standing_tag
                JOIN report ON report.uid = standing_tag.target
                JOIN event ON event.id = report.event_id
                WHERE lower(standing_tag.tag) = {word}
                UNION SELECT event.uid FROM standing_tag
                JOIN article ON article.uid = standing_tag.target
                JOIN revision ON revision.article_id = article.id
                JOIN report ON report.revision_id = revision.id
                JOIN event ON event.id = report.event_id
                WHERE lower(standing_tag.tag) = {word})""")

    def clash_tagged(self, tag: str | None) -> None:
        """A figure of the conflict, or its article, is filed under the tag."""
        if tag is not None:
            self.conditions.append(f"""conflict.id IN (
                SELECT tagged.conflict_id FROM conflict_claim AS tagged
                JOIN claim AS told ON told.id = tagged.claim_id
                JOIN revision AS told_in ON told_in.id = told.revision_id
                JOIN article AS told_by ON told_by.id = told_in.article_id
                JOIN standing_tag ON standing_tag.target IN (told.uid, told_by.uid)
                WHERE lower(standing_tag.tag) = {self.value(folded(tag).lower())})""")

    def value(self, value: str | int) -> str:
        """What stands for a value in SQL of the caller's own."""
        return f":{self._value(value)}"

    def _value(self, value: str | int) -> str:
        name = f"value_{len(self.values)}"
        self.values[name] = value
        return name


def _interval(said: str | None) -> Interval | None:
    if said is None:
        return None
    try:
        return parse_interval(str(said))  # a year is easily given as a number
    except ParseError as error:
        raise UsageError(str(error)) from error


def _pattern(word: str) -> str:
    for letter in "\\%_":
        word = word.replace(letter, "\\" + letter)
    return f"%{word}%"
