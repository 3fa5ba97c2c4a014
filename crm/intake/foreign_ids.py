"""Ids that another program gave: no UID of an exchange, whatever their column is called."""

from collections.abc import Iterator
from dataclasses import replace

from crm.ground.messages import Message
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.headers import last_part, squeezed
from crm.intake.kinds import Kind
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging, literal

# Of UUIDs, ids of MongoDB, Salesforce and Airtable, ULIDs, and those with the name of what they count in front.
FOREIGN = (
    r"(?i)^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$|^[0-9a-f]{32}$|^[0-9a-f]{24}$"
    r"|^(001|003|005|00q|00v|a0[0-9a-z])[0-9a-z]{12}([0-9a-z]{3})?$|^rec[0-9a-z]{14}$|^[0-7][0-9a-hjkmnp-tv-z]{25}$"
    r"|^[a-z]{2,12}[_:][0-9a-z-]{8,}$"
)
EXCHANGES = r"^(0x[0-9a-fA-F]{40}|\d+)$"
MOSTLY = 0.5
# Names that tell nothing of whose id it is; a column called UID is the exchange's.
OPEN = {"id", "编号", "customerid", "clientid", "accountid", "客户编号", "客户id"}
# What lists of another CRM have beside: two of them give it away.
OF_A_CRM = {
    "leadsource",
    "lifecyclestage",
    "leadstatus",
    "contactowner",
    "companyowner",
    "owner",
    "ownerid",
    "dealowner",
    "accountowner",
    "stage",
    "dealstage",
    "pipeline",
    "company",
    "companyname",
    "organization",
    "organisation",
    "jobtitle",
    "title",
    "createddate",
    "createdat",
    "createddatetime",
    "createdby",
    "lastmodifieddate",
    "modifiedtime",
    "updatedat",
    "lastactivity",
    "lastactivitydate",
    "lastcontacted",
    "closeddeals",
    "opendeals",
    "wondeals",
    "primaryphonenumber",
    "primaryemail",
    "firstname",
    "lastname",
    "negocio",
    "empresa",
    "firma",
    "负责人",
    "公司",
    "线索来源",
    "职位",
    "创建时间",
}
LEAST_OF_A_CRM = 2
UID, OTHER = "uid", "another system"


def is_open(title: str) -> bool:
    """“ID” and “Person - ID” tell nothing of whose id it is."""
    return bool({squeezed(title), last_part(title)} & OPEN)


def are_foreign(staging: Staging, index: int) -> bool:
    """Whether most cells are ids as programs give them. In a column called Id, whatever is neither a number nor an address is."""
    matches = f"regexp_matches(trim(c{index}), {literal(FOREIGN)})"
    own = f"regexp_matches(trim(c{index}), {literal(EXCHANGES)})"
    filled, foreign, exchanges = staging.cached(
        f"SELECT count(nullif(trim(c{index}), '')), count_if({matches}), count_if({own}) FROM (SELECT c{index} FROM raw LIMIT 2000)"
    )[0]
    return bool(filled and foreign >= filled * MOSTLY and exchanges < filled)


def is_of_a_crm(staging: Staging, index: int) -> bool:
    """Whether a number in a column called Id stands among the columns of another CRM, and no column names a venue."""
    if last_part(staging.header[index]) != "id":
        return False
    titles = {name for title in staging.table.header for name in (squeezed(title), last_part(title))}
    return (
        len(titles & OF_A_CRM) >= LEAST_OF_A_CRM
        and not titles & {"venue", "exchange", "交易所", "平台"}
        and _has_email(titles)
    )


def _has_email(titles: set[str]) -> bool:
    return any("email" in title or "mail" in title or "邮" in title for title in titles)


def guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    """Of a client list whose column of ids does not say whose they are."""
    for i in _open(staging, mapping):
        title, foreign = staging.header[i], are_foreign(staging, i)
        is_uid, said = i in mapping.columns.get("uid", ()), bool(mapping.answer(Topic.MEANING, title))
        read, other = (UID, OTHER) if is_uid else (OTHER, UID)
        because = SAID if said else _why(staging, i, is_foreign=foreign)
        yield Guess(Topic.MEANING, title, read, because, sure=said or (foreign and not is_uid), others=(other,))


def _why(staging: Staging, index: int, *, is_foreign: bool) -> Message:
    if is_foreign:
        return Message("its ids look like those of another system")
    if is_of_a_crm(staging, index):
        return Message("the columns beside it are those of another CRM")
    return Message("its name does not say whose ids they are")


def as_meant(mapping: Mapping, staging: Staging, kind: Kind) -> Mapping:
    """The mapping, where a person has said whose ids a column holds."""
    for i in _open(staging, mapping) if kind.keeps_rest else ():
        title, meant = staging.header[i], mapping.answer(Topic.MEANING, staging.header[i])
        kept = {name: place for name, place in mapping.attributes.items() if place != i}
        if meant == UID:
            mapping = replace(mapping, columns={**mapping.columns, "uid": [i]}, attributes=kept)
        if meant == OTHER and i in mapping.columns.get("uid", ()):
            rest = {name: places for name, places in mapping.columns.items() if name != "uid"}
            mapping = replace(mapping, columns=rest, attributes={**kept, title: i})
    return mapping


def _open(staging: Staging, mapping: Mapping) -> list[int]:
    """Columns that may be the UID by their name only, where no other is."""
    header, uid = staging.header[: len(staging.table.header)], mapping.columns.get("uid", [])
    if mapping.layout or (uid and not _has_email(set(map(squeezed, header)))):
        return []
    return [i for i in uid or mapping.attributes.values() if i < len(header) and is_open(header[i])]
