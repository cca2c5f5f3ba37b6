"""Credentials at rest, in the records, sealed by the key of the data folder (indexer/records/sealing.py)."""

from datetime import datetime

from config.settings import Settings
from crawler.credentials.filling import Credential, CredentialUnusable
from indexer.records import credentials
from indexer.records.credentials import SealedCredential
from indexer.records.database import Database
from indexer.records.sealing import seal, unseal


class Keyring:
    """Opens credentials by name; each time anew, so that one that was set or removed counts at once."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database

    def credential(self, name: str) -> Credential:
        """Return one credential, opened. Raises CredentialUnusable."""
        with self.database.reading() as tx:
            kept = credentials.sealed(tx, name)
        if kept is None:
            do = f"请管理员设置它：carnival credentials set {name}"
            raise CredentialUnusable(f"没有名为 {name} 的凭据", do=do)
        if (secret := unseal(self.settings, kept.sealed)) is None:
            do = f"请管理员重新设置它：carnival credentials set {name}"
            raise CredentialUnusable(f"凭据 {name} 打不开：本机没有封存它的密钥", do=do)
        return Credential(name=kept.name, hosts=kept.hosts, place=kept.place, field=kept.field, secret=secret)

    def keep(self, credential: Credential, *, now: datetime) -> None:
        """Seal a credential and write it, in place of one of the same name. Raises ConfigRefused, OSError."""
        sealed = SealedCredential(
            name=credential.name,
            place=credential.place,
            field=credential.field,
            hosts=credential.hosts,
            sealed=seal(self.settings, credential.secret),
            set_at=now,
        )
        with self.database.transaction() as tx:
            credentials.save(tx, sealed)

    def can_open(self, kept: SealedCredential) -> bool:
        """Tell whether this machine has the key that it was sealed with."""
        return unseal(self.settings, kept.sealed) is not None
