"""Run by Alembic for every command; `upgrade.py` hands it the open connection."""

from alembic import context

from indexer.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
