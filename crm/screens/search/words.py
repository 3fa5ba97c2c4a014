"""What people call the glossary."""

from crm.web.kit import words

words.register(
    entities={"glossary_entry": "Glossary entry"}, rows={"glossary_entry": "Glossary"}, fields={"words": "Words"}
)
