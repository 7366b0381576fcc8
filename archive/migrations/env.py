"""Runs the migrations on the connection that archive.database hands over.

Views are the program's, not a migration's: they give way before the tables change, and come back when the schema is
this program's.
"""

from alembic import context

import archive.attachments.tables
import archive.duplicates.tables
import archive.fixity.tables
import archive.frontier.tables
import archive.history.tables
import archive.saved_searches.tables  # noqa: F401 (all register their tables)
from archive.models import Base
from archive.views import create_views, drop_views

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    drop_views(connection)
    context.run_migrations()
    if context.get_context().get_current_revision() == context.script.get_current_head():
        create_views(connection)
