"""The versioned read-only views: what pipelines may rely on. A change of meaning makes a `v2_*` beside them.

`v1_change` hides rows whose transaction may still be overtaken on PostgreSQL: numbers are given out before
they commit, so a reader that trusted them alone would lose the slower writer's rows.
"""

from __future__ import annotations

from sqlalchemy import Connection

from archive.settings import current_archive_id

_HORIZON = "WHERE tx < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
# As archive.pwid escapes an address; those of the web have no other characters that a URN cannot hold.
_ADDRESS = "url"
for _character in "%?#[]|^`{}":
    _ADDRESS = f"replace({_ADDRESS}, '{_character}', '%{ord(_character):02X}')"
_NOW = "JOIN article a ON a.id = v.article_id AND a.version = v.number"

VIEWS = {
    "v1_portal": "SELECT key, name, kind, province, district, hosts, successor FROM portal",
    "v1_article": f"""SELECT a.id AS article_id, a.portal, a.url, a.version, a.first_seen, a.last_seen,
        a.removed_at, v.digest, v.title, v.sapo, v.body, v.captions, v.authors, v.tags, v.section, v.published,
        v.published_day, v.published_source, v.published_printed, v.modified, v.canonical_url, v.language,
        v.family, v.encoding, v.method, v.topic, v.relevance_score, v.relevance_verdict FROM version v {_NOW}""",
    "v1_version": """SELECT article_id, number AS version, digest, first_seen, last_seen, title, sapo, body,
        published, modified FROM version""",
    "v1_locality": f"""SELECT v.article_id, v.number AS version, m.unit_id, m.name, m.type, m.level, m.province,
        m.district, m.cited_as, m.evidence, m.valid_from, m.valid_to, m.today, m.former, m.is_primary
        FROM locality_mention m JOIN version v ON v.id = m.version_id {_NOW}""",
    "v1_official": f"""SELECT v.article_id, v.number AS version, m.person, m.name, m.name_key, m.printed, m.post,
        m.organisation, m.level, m.locality, m.former, m.cited_as, m.evidence, p.person_id
        FROM official_mention m JOIN version v ON v.id = m.version_id {_NOW}
        LEFT JOIN person_mention p ON p.version_id = m.version_id AND p.person = m.person""",
    "v1_person": "SELECT id AS person_id, name, name_key, province, merged_into FROM person",
    "v1_figure": f"""SELECT v.article_id, v.number AS version, m.value, m.of, m.unit, m.what, m.locality,
        m.cited_as, m.evidence FROM figure_mention m JOIN version v ON v.id = m.version_id {_NOW}""",
    "v1_document": f"""SELECT v.article_id, v.number AS version, m.kind, m.number, m.date, m.issuer, m.cited_as,
        m.evidence FROM document_mention m JOIN version v ON v.id = m.version_id {_NOW}""",
    "v1_capture": """SELECT id AS capture_id, run_id, portal, url, fetched_at, status, content_type,
        payload_digest, warc_file, warc_offset, warc_length, record_id, is_revisit, kind, reason, score,
        'urn:pwid:{archive_id}:' || substr(fetched_at, 1, 19) || 'Z:part:' || {address} AS pwid FROM capture""",
    "v1_run": """SELECT id AS run_id, portal, scope, started_at, finished_at, verdict, counts, rejected, detail,
        failures, not_before, moved_to, checks FROM run""",
    "v1_link": """SELECT portal, url, title, day, found_in, first_seen, last_seen, run_id, skipped, failure, attempts,
        not_before FROM link""",
    "v1_move": """SELECT m.article_id, a.portal, a.url, b.id AS to_article_id, b.portal AS to_portal, m.to_url, m.how,
        m.at, m.capture_id, m.resemblance, a.removed_at IS NULL AS is_over
        FROM move m JOIN article a ON a.id = m.article_id LEFT JOIN article b ON b.url_key = m.to_key""",
    "v1_attachment": """SELECT f.article_id, t.id AS attachment_id, t.portal, t.url, t.role, f.position, f.label,
        f.version, f.gone_at, t.media_type, t.size, t.payload_digest, t.capture_id, t.text, t.pages, t.text_method,
        t.text_problem, t.first_seen, t.last_seen, q.skipped, q.failure
        FROM article_attachment f JOIN attachment t ON t.id = f.attachment_id
        JOIN attachment_fetch q ON q.attachment_id = t.id""",
    "v1_cluster": """SELECT cluster_id, article_id, shingles FROM text_signature WHERE cluster_id IS NOT NULL""",
    "v1_near_duplicate": "SELECT article_id, other_id, resemblance FROM near_duplicate",
    # The last column: where a removed article went, if that is known.
    "v1_change": """SELECT tx, seq, article_id, op, version, at, (SELECT max(m.to_url) FROM move m
        WHERE change.op = 'remove' AND m.article_id = change.article_id AND m.at = change.at) AS moved_to
        FROM change""",
}


def create_views(connection: Connection) -> None:
    """Create every view; on PostgreSQL the change view stops at the horizon of open transactions."""
    archive_id = current_archive_id()
    for name, body in VIEWS.items():
        has_horizon = name == "v1_change" and connection.dialect.name == "postgresql"
        told = body.replace("{archive_id}", archive_id).replace("{address}", _ADDRESS)
        statement = f"CREATE VIEW {name} AS {told} {_HORIZON if has_horizon else ''}"
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})  # its % is a letter


def drop_views(connection: Connection) -> None:
    """Drop every view there is."""
    for name in VIEWS:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
