"""A desk in which every text that somebody may write is full of signs that Markdown, HTML and charts would take for their own."""

import typing

import sqlalchemy as sa
from sqlmodel import SQLModel

from crm import db
from crm.tables import metadata

SIGNS = " [kanari](https://evil.example) **kanari** `kanari` :material/kanari: $kanari$ <b>kanari</b>"
# Codes, keys and what only we write; all other texts of all tables get the signs.
CODES = {
    *("api_token.token_hash", "api_token.scopes", "attribute_definition.name", "attribute_definition.type"),
    *("batch.kind", "batch.file_hash", "batch.status", "batch.mode", "batch.mapping", "batch.counts"),
    *("change_set.kind", "change_set.previous_hash", "change_set.hash", "change_set.seal"),
    *("client.kind", "client.status", "client.risk", "client.time_zone", "client.search_text", "client.attributes"),
    *("credential.password_hash", "daily_activity.product", "daily_activity.source", "draft.form", "draft.fields"),
    *("fill.fill_key", "fill.product", "fill.side", "handle.kind", "held_row.fields", "held_row.outcome"),
    *("interaction.channel", "interaction.direction", "interaction.products", "interaction.search_text"),
    *("job.name", "job.arguments", "job.status", "job.step", "job.result", "known_device.token_hash"),
    *("mapping_profile.kind", "mapping_profile.header_hash", "mapping_profile.mapping", "merged_client.search_text"),
    *("one_time_link.token_hash", "past_assignment.part", "person.role", "person.languages", "person.time_zone"),
    *("person.locale", "recovery_code.code_hash", "second_factor.salt", "security_event.kind", "sign_in_failure.key"),
    *(
        "task.kind",
        "task.status",
        "task.priority",
        "task.repeat",
        "task.origin",
        "tier_policy.body",
        "token_use.address",
    ),
    *("trading_profile.main_product", "trading_tier.gap_metric"),
    *("web_session.token_hash", "web_session.public_id", "web_session.csrf"),
}


def texts() -> set[str]:
    """The columns of all tables that hold texts, as table.column."""
    models = {mapper.class_ for mapper in SQLModel._sa_registry.mappers}
    return {
        f"{model.__tablename__}.{name}"
        for model in models
        for name, field in model.model_fields.items()
        if any(kind is str or typing.get_origin(kind) in (list, dict) for kind in _kinds(field.annotation))
    }


def fill() -> None:
    """Put the signs behind every text that somebody may have written; around the rules of the desk and its journal."""
    with db.engine().begin() as connection:
        for place in sorted(texts() - CODES):
            table, name = place.split(".")
            column = f'"{name}"'
            signs = SIGNS.replace("'", "''")
            if isinstance(metadata.tables[table].c[name].type, sa.JSON):
                value = f"CAST('[\"' || '{signs}' || '\"]' AS JSON)"
            else:
                value = f"CASE WHEN starts_with({column}, '{{') THEN {column} ELSE {column} || '{signs}' END"  # a message with its values
            connection.exec_driver_sql(f'UPDATE "{table}" SET {column} = {value} WHERE {column} IS NOT NULL')


def _kinds(annotation: object) -> tuple[object, ...]:
    return typing.get_args(annotation) or (annotation,) if typing.get_origin(annotation) is not list else (annotation,)
