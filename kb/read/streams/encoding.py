"""Bytes -> text: which encoding a source is in, or why it is no text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from kb.errors import ReadError
from kb.lexicon import read_table
from kb.read.language import likely_language

SAMPLE = 50_000  # bytes; enough for a guess, and the guess costs time in proportion
MOST_CONTROLS = 10  # one in so many bytes may be a control character: a text with them is damaged, not binary
_OTHER_CYRILLIC = {"koi8_r", "koi8_u", "cp866", "mac_cyrillic"}  # whole alphabets: told by every letter
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first bytes of files that people take for text (file(1)'s magic): name -> how the file begins.
_SIGNATURES = {
    "a PDF": b"%PDF-",
    "a ZIP archive (or an Office document)": b"PK\x03\x04",
    "an RTF document": b"{\\rtf",
    "a PNG image": b"\x89PNG",
    "a JPEG image": b"\xff\xd8\xff",
    "a GIF image": b"GIF8",
    "an SQLite database": b"SQLite format 3\x00",
    "an old Office document": b"\xd0\xcf\x11\xe0",
    "a program": b"\x7fELF",
}
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})|^<\?xml[^>]{0,100}encoding=["']([\w.-]{2,40})""",
    re.I,
)
_NO_CHARSETS = {
    "unicode-escape",
    "raw-unicode-escape",
    "idna",
    "punycode",
    "undefined",
}  # no page's
_XML_ENCODING = re.compile(r"(?<=<\?xml)(?=[^>]{0,100}encoding)[^>]{0,200}(?=\?>)")
_NOT_ASCII = bytes(range(128, 256))
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


def decode(raw: bytes, source: str, charset: str | None = None) -> str:
    """The bytes as text: by byte order mark, else UTF-8, else UTF-16, else what is declared or can be told.

    Line ends become "\\n"; U+0000 and lone surrogates become U+FFFD.

    Args:
        raw: the bytes.
        source: what they are, for messages.
        charset: what the server said that they are in; it goes before what the page itself declares.

    Raises:
        ReadError: there is nothing, it is binary, or nobody can tell the encoding.
    """
    if not raw.strip():
        raise ReadError(f"{source} is empty: there is nothing to read in it")
    for name, signature in _SIGNATURES.items():
        if raw.startswith(signature):
            raise ReadError(f"{source} is {name}, not text: save the article as plain text (UTF-8) or HTML")
    text = _by_mark(raw, source) or _utf8(raw) or _utf16(raw)
    if text is None:
        if len(_CONTROLS.findall(raw[:SAMPLE])) > len(raw[:SAMPLE]) // 1000:
            raise ReadError(f"{source} is binary, not text: save the article as plain text (UTF-8) or HTML")
        text = _as(raw, charset) or _declared(raw) or _guess(raw, source)[0]
    text = _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip(" \t\n\ufeff\ufffd"):
        raise ReadError(f"{source} is empty: there is nothing to read in it")
    return text


def as_utf8(raw: bytes, source: str, charset: str | None = None) -> bytes:
    """A document of XML in UTF-8, whatever encoding it came in, and without saying that it is in another.

    Raises:
        ReadError: there is nothing, it is binary, or nobody can tell the encoding.
    """
    return _XML_ENCODING.sub("", decode(raw, source, charset), count=1).encode()


def _by_mark(raw: bytes, source: str) -> str | None:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding, "surrogatepass" if encoding == "utf-8" else "strict")
            except UnicodeDecodeError as error:
                raise ReadError(
                    f"{source} says by its first bytes that it is {encoding}, and is not "
                    f"(byte {error.start}): save it as UTF-8"
                ) from error
    return None


def _utf8(raw: bytes) -> str | None:
    """The text if the bytes are UTF-8 (ASCII included) and no run of control characters."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or len(raw) - error.start > 3:
            return None
        text = raw[: error.start].decode("utf-8", "surrogatepass")  # a file cut within its last character
    return text if len(_CONTROLS.findall(raw[:SAMPLE])) <= 1 + len(raw[:SAMPLE]) // MOST_CONTROLS else None


def _utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    sample = raw[:SAMPLE]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(raw) % 2 == 0 and zeros.count(0) > 0.6 * len(zeros) and sample.count(0) < 0.55 * len(sample):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _declared(raw: bytes) -> str | None:
    """What a page's own `<meta charset>` or XML declaration leads to, if it fits."""
    match = _DECLARED.search(raw[:4096])
    return _as(raw, (match[1] or match[2]).decode("ascii", "replace")) if match else None


def _as(raw: bytes, charset: str | None) -> str | None:
    """The text in an encoding of that name, what does not fit replaced; None where it is not in that one."""
    try:
        if not charset or codecs.lookup(charset).name.replace("_", "-") in _NO_CHARSETS:
            return None
        text = raw.decode(charset, "replace")
    except (LookupError, ValueError):  # an unknown name, or of a codec that makes no text
        return None
    # Servers say UTF-8 of pages in other encodings, where next to nothing outside of ASCII fits.
    return None if 2 * text.count("\ufffd") > len(raw) - len(raw.translate(None, _NOT_ASCII)) else text


def decode_line(raw: bytes, guessed: str | None, source: str) -> tuple[str, str | None]:
    """A line of a file as text, with the encoding that was guessed where it is not UTF-8.

    Args:
        raw: the line.
        guessed: the encoding of earlier lines that were not UTF-8, which this one's is then.
        source: what it is, for messages.

    Raises:
        ReadError: nobody can tell the encoding.
    """
    for encoding in ("utf-8", guessed):
        try:
            if encoding:
                return raw.decode(encoding), guessed
        except UnicodeDecodeError:
            continue
    return _guess(raw, source)


def wide_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark tells, if it is one of more than a byte a letter."""
    return next((encoding for mark, encoding in _BOMS[1:] if head.startswith(mark)), None)


def _guess(raw: bytes, source: str) -> tuple[str, str]:
    """The text and its encoding: the usual one of its language, if its bytes can be that; else the likeliest.

    The letters outside ASCII are few enough for the language to show through a wrong encoding, and it
    tells the encodings apart that differ in those letters alone.
    """
    sample = raw[:SAMPLE]
    best = from_bytes(sample).best()
    if best is None and sum(byte > 127 for byte in sample) > len(sample) // 10:
        raise ReadError(f"{source} is not UTF-8 and its encoding cannot be told: save it as UTF-8")
    language = likely_language(str(best) if best else sample.decode("latin-1"))
    usual = {row["language"]: row["encoding"] for row in read_table("encodings")}.get(
        language, "windows-1252"
    )
    sure = [best.encoding] if best and best.encoding in _OTHER_CYRILLIC else []
    for encoding in (*sure, usual, *([best.encoding] if best else [])):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{source} is not UTF-8 and its encoding cannot be told: save it as UTF-8")
