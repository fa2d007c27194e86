"""The floor's SQL. One statement answers a whole detail: arrays of rows instead of round trips."""

_STATUS = "(ARRAY['created', 'sent', 'partiallyPaid', 'paid'])[i.status + 1]"
_HEAD = f"i.id, 'INVOICE-' || i.number, {_STATUS}"
_DUE = "i.total_cents, i.amount_paid_cents, i.outstanding_balance_cents"


def _moment(column: str) -> str:
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


def _rows(columns: str, source: str) -> str:
    return f"ARRAY(SELECT ROW({columns}) FROM {source})"


def _address(key: str) -> str:
    """An address as a row, or null: never more than one."""
    columns = (
        "a.id, a.company_name, a.address1, a.address2, a.city, a.state_code, a.postal_code,"
        " a.country_code"
    )
    condition = f"a.organization_id = 1 AND a.id = i.{key}"
    return f"(SELECT ROW({columns}) FROM addresses a WHERE {condition})"


BOARD = f"""
    SELECT {_HEAD}, i.invoice_date::text, i.due_date::text, {_DUE}, c.id, c.name
    FROM invoices i
    JOIN customers c ON c.organization_id = 1 AND c.id = i.customer_id
    WHERE i.organization_id = 1 AND i.deleted_at IS NULL AND i.customer_id = $1 AND i.status = $2
    ORDER BY i.invoice_date DESC, i.id DESC LIMIT 50"""

_LINES = "line_items l WHERE l.organization_id = 1 AND l.deleted_at IS NULL"
_OF_INVOICE = "AND {0}.invoice_id = i.id ORDER BY {1}"

DETAIL = f"""
    SELECT {_HEAD}, i.notes, i.invoice_date::text, i.terms, i.due_date::text, i.sent_at::text,
        i.currency, i.sub_total_cents, i.tax_total_cents, {_DUE}, i.version,
        {_moment("i.created_at")}, c.id, 'CUST-' || c.number, c.name, c.email,
        {_address("remit_to_address_id")}, {_address("bill_to_address_id")},
        {
    _rows(
        "l.id, l.type, l.description, l.quantity_e4, l.rate_e4, l.tax_rate_e4, l.amount_cents,"
        " l.tax_amount_cents, l.total_cents",
        f"{_LINES} {_OF_INVOICE.format('l', 'l.position, l.id')}",
    )
},
        {
    _rows(
        "p.id, p.payment_date::text, p.method, p.reference_number, p.amount_cents, p.recorded_by",
        "payments p WHERE p.organization_id = 1 AND p.deleted_at IS NULL "
        + _OF_INVOICE.format("p", "p.payment_date DESC, p.id DESC"),
    )
},
        {
    _rows(
        f"e.id, e.kind, e.message, e.actor, {_moment('e.occurred_at')}",
        "activities e WHERE e.organization_id = 1 "
        + _OF_INVOICE.format("e", "e.occurred_at DESC, e.id DESC LIMIT 10"),
    )
}
    FROM invoices i
    JOIN customers c ON c.organization_id = 1 AND c.id = i.customer_id
    WHERE i.organization_id = 1 AND i.deleted_at IS NULL AND i.id = $1"""

CUSTOMERS = """
    SELECT id, name, email FROM customers WHERE organization_id = 1
    ORDER BY name_folded, id LIMIT 20"""
INVOICES_OF_CUSTOMERS = f"""
    SELECT p.* FROM unnest($1::text[]) AS c (id) CROSS JOIN LATERAL (
        SELECT i.customer_id, {_HEAD}, i.total_cents, i.outstanding_balance_cents
        FROM invoices i
        WHERE i.organization_id = 1 AND i.deleted_at IS NULL AND i.customer_id = c.id
        ORDER BY i.created_at DESC, i.id DESC LIMIT 10) AS p"""
LINES_OF_INVOICES = f"""
    SELECT l.invoice_id, l.id, l.description, l.quantity_e4, l.rate_e4, l.amount_cents
    FROM {_LINES} AND l.invoice_id = ANY($1)
    ORDER BY l.invoice_id, l.position, l.id"""

PAY = f"""
    SELECT {_HEAD}, {_DUE} FROM bench.record_payment($1, $2, $3, $4, $5) AS i"""
