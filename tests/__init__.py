"""The tree of crm and pages again."""
