"""What was guessed of a file, in one place: each with its evidence, and with the other readings to choose from."""

from collections.abc import Mapping, Sequence

import streamlit as st

from crm.imports import Batch
from crm.intake.guesses import Guess, Topic
from crm.screens.imports import readings
from crm.web.kit import say
from crm.web.kit.phrases import render
from crm.web.locale import t

WIDTHS = (2, 5, 2)
ASKED, SURE, OPEN = ":material/help:", ":material/check:", ":material/info:"
CHOSEN_BESIDE = (Topic.TIME_ZONE, Topic.DATE_ORDER)  # where one sees at once what cells mean by it


def chosen(batch: Batch, guesses: Sequence[Guess]) -> dict[str, str]:
    """The readings that were chosen instead of the guessed ones; drawn outside the form, so that they are seen at once."""
    read = [one for one in guesses if one.guess]  # the others are asked where one chooses
    if not read:
        return {}
    st.subheader(t("Guesses"), anchor=False)
    st.caption(t("What the file does not say plainly, and how it is read. Each can be corrected here."))
    with st.container(border=True, gap="small"):
        said = {one.key: _one(batch, one) for one in read}
    return {key: reading for key, reading in said.items() if reading}


def _one(batch: Batch, guess: Guess) -> str:
    """A line: the column, what is guessed and why, and what it may be read as instead; "" where the guess stands."""
    title, why, read = st.columns(WIDTHS, vertical_alignment="center")
    title.markdown(say.marked("**{column}**", column=guess.column or t("The file")))
    mark = ASKED if guess.asked else SURE if guess.sure else OPEN
    told = t("{topic}: {why}", topic=readings.topic(guess.topic), why=render(guess.because))
    why.markdown(say.marked(mark + " {told}", told=told))
    options = {one: readings.reading(guess.topic, one) for one in (guess.guess, *guess.others) if one}
    if len(options) < 2 or guess.topic in CHOSEN_BESIDE:  # noqa: PLR2004 -- nothing to choose from
        read.markdown(say.text(readings.reading(guess.topic, guess.guess)))
        return ""
    now = str(batch.mapping.get("answers", {}).get(guess.key, ""))
    picked = read.selectbox(
        say.label(t("“{column}” is read as", column=guess.column or t("The file"))),
        list(options),
        None if guess.asked and not now else list(options).index(guess.guess),
        format_func=options.__getitem__,
        key=f"guess.{batch.id}.{batch.version}.{guess.key}",
        label_visibility="collapsed",
        placeholder=t("Choose"),
    )
    if guess.samples:
        _samples(guess.samples)
    return str(picked) if picked and (picked != guess.guess or now or guess.asked) else ""


def _samples(samples: Mapping[str, Sequence[str]]) -> None:
    """The first lines of the file in each encoding in which it could be written."""
    with st.expander(t("How the letters look in each encoding")):
        for name, lines in samples.items():
            st.markdown(say.marked("**{encoding}**", encoding=readings.reading(Topic.ENCODING, name)))
            st.code("\n".join(lines), language=None)
