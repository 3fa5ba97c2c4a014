"""The index itself: its fields, how a document is put in, and what it says of how far it has followed."""

from dataclasses import dataclass
from typing import Any

import tantivy

from crm.search import folding
from crm.search.sources import Document

VERSION = "1"  # of what is put in and how; another one is made anew
MARKER = f"marker:{VERSION}"
GRAM = 4  # letters of a number that are looked up together
LONGEST_WORD = 60
WORD = r"[^\W_\p{Han}]+"  # as `folding.WORDS`, for the index
MEMORY = 60_000_000  # bytes of a writer


@dataclass(frozen=True)
class Marker:
    """The newest change set that is in the index: its number and its hash, which tell one database from another."""

    seq: int
    hash: str


def analyzers() -> dict[str, tantivy.TextAnalyzer]:
    """Words as they are, words without endings, one and two signs of a Chinese run, parts of numbers."""
    return {
        "plain": _words().build(),
        "stemmed": _words().filter(tantivy.Filter.stemmer("english")).build(),
        "signs": tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 2)).build(),
        "codes": tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(GRAM, GRAM)).build(),
    }


def _words() -> tantivy.TextAnalyzerBuilder:
    words = tantivy.Tokenizer.regex(WORD)
    return tantivy.TextAnalyzerBuilder(words).filter(tantivy.Filter.remove_long(LONGEST_WORD))


def schema() -> tantivy.Schema:
    built = tantivy.SchemaBuilder()
    for name in ("key", "seen"):
        built.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("kind", "client", "person"):
        built.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name, tokenizer in (("name", "plain"), ("sound", "plain"), ("text", "stemmed")):
        built.add_text_field(name, tokenizer_name=tokenizer, index_option="position")
    for name in ("name_signs", "text_signs"):
        built.add_text_field(name, tokenizer_name="signs", index_option="freq")
    built.add_text_field("codes", tokenizer_name="codes", index_option="basic")
    return built.build()


def opened(path: str) -> tantivy.Index:
    """The index in this folder; an empty folder becomes one."""
    found = tantivy.Index(schema(), path=path)
    for name, analyzer in analyzers().items():
        found.register_tokenizer(name, analyzer)
    return found


def key_of(kind: str, document: Document) -> str:
    return f"{kind}:{document.id}"


def put(writer: tantivy.IndexWriter, kind: str, document: Document) -> None:
    """Add a document; whoever replaces one removes it first."""
    name, text = folding.folded(document.name), folding.folded(document.text)
    fields: dict[str, Any] = {"key": key_of(kind, document), "kind": kind}
    if document.client_id:
        fields["client"] = str(document.client_id)
    if document.person_id:
        fields["person"] = str(document.person_id)
    if name:
        fields |= {"name": name, "name_signs": folding.signs(name)}
        fields["sound"] = " ".join(folding.spellings(document.name)) if kind == "clients" else ""
    if text:
        fields |= {"text": text, "text_signs": folding.signs(text)}
    if document.codes:
        fields["codes"] = folding.codes(*document.codes)
    writer.add_document(tantivy.Document(**{field: value for field, value in fields.items() if value}))


def mark(writer: tantivy.IndexWriter, marker: Marker) -> None:
    """Say how far the index has followed, in the commit to which all of that belongs."""
    writer.delete_documents_by_term("key", MARKER)
    writer.add_document(tantivy.Document(key=MARKER, seen=f"{marker.seq} {marker.hash}"))


def marker_of(found: tantivy.Index) -> Marker | None:
    """None where nothing was finished, or by another version."""
    searcher = found.searcher()
    hits = searcher.search(tantivy.Query.term_query(found.schema, "key", MARKER), 1).hits
    if not hits:
        return None
    seq, _, hashed = str(searcher.doc(hits[0][1])["seen"][0]).partition(" ")
    return Marker(int(seq), hashed)
