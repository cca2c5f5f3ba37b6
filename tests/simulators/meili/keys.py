"""Keys of a Meilisearch server, and what each may do."""

import fnmatch
from dataclasses import dataclass, field
from uuid import uuid4

from tests.simulators.meili.answers import Json, Refused, quoted

WHEN = "2026-01-01T00:00:00.000001Z"
ACTIONS_LISTED = (
    "* search documents.* documents.add documents.get documents.delete indexes.* indexes.create indexes.get"
    " indexes.update indexes.delete indexes.swap tasks.* tasks.cancel tasks.delete tasks.get settings.* settings.get"
    " settings.update stats.* stats.get metrics.* metrics.get dumps.* dumps.create snapshots.* snapshots.create version"
    " keys.create keys.get keys.update keys.delete experimental.get experimental.update export network.get"
    " network.update chatCompletions chats.* chats.get chats.delete chatsSettings.* chatsSettings.get"
    " chatsSettings.update *.get webhooks.get webhooks.update webhooks.delete webhooks.create webhooks.*"
    " indexes.compact fields.post tasks.compact dynamicSearchRules.get dynamicSearchRules.create"
    " dynamicSearchRules.update dynamicSearchRules.delete dynamicSearchRules.*"
)
ACTIONS = ACTIONS_LISTED.split()
INVALID = "The provided API key is invalid."


@dataclass
class Keys:
    """master: empty where the server was started without one: then everyone may do everything."""

    master: str = ""
    held: dict[str, Json] = field(default_factory=dict)

    def make(self, body: Json) -> Json:
        """Return a new key."""
        for place, action in enumerate(body["actions"]):
            if action not in ACTIONS:
                words = f"Unknown value `{action}` at `.actions[{place}]`: expected one of {quoted(ACTIONS)}"
                raise Refused(400, "invalid_api_key_actions", words)
        secret = uuid4().hex * 2
        made = {"name": body.get("name"), "description": body.get("description"), "key": secret, "uid": str(uuid4())}
        made |= {name: body[name] for name in ("actions", "indexes", "expiresAt")}
        self.held[secret] = made | {"createdAt": WHEN, "updatedAt": WHEN}
        return self.held[secret]

    def check(self, secret: str | None, action: str, uid: str | None = None) -> None:
        """Refuse whoever may not do this, in this index."""
        if not self.master or secret == self.master:
            return
        if secret is None:
            words = "The Authorization header is missing. It must use the bearer authorization method."
            raise Refused(401, "missing_authorization_header", words, kind="auth")
        key = self.held.get(secret)
        if key is None or not any(fnmatch.fnmatchcase(action, one) for one in key["actions"]):
            raise Refused(403, "invalid_api_key", INVALID, kind="auth")
        if uid is not None and not self.sees(secret, uid):
            listed = ", ".join(f'"{one}"' for one in key["indexes"])
            words = f"The API key cannot acces the index `{uid}`, authorized indexes are [{listed}]."
            raise Refused(403, "invalid_api_key", words if action == "search" else INVALID, kind="auth")

    def sees(self, secret: str | None, uid: str | None) -> bool:
        """Tell whether a key reaches an index; what belongs to none is reached by a key of all."""
        if not self.master or secret == self.master:
            return True
        patterns = self.held[secret or ""]["indexes"]
        return "*" in patterns or (uid is not None and any(fnmatch.fnmatchcase(uid, one) for one in patterns))
