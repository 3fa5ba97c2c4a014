"""What people call accounts, teams and tokens."""

from crm.web.kit import words

words.register(
    entities={
        "person": "Colleague",
        "team": "Team",
        "api_token": "API token",
    },
    fields={
        "role": "Role",
        "team_id": "Team",
        "languages": "Languages",
        "locale": "Language on the screen",
        "is_active": "May sign in",
        "password_changed_at": "Password changed",
        "expires_at": "Expires",
        "revoked_at": "Revoked",
        "scopes": "May do",
        "epoch": "Epoch",
    },
)
