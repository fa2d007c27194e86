"""Ways to corrupt one value of the audited books, each with what the audit says of it."""

CORRUPTIONS = {
    "line amount": (
        (
            "UPDATE line_items SET amount_cents = 9000"
            " WHERE position = 1 AND order_id IS NULL AND deleted_at IS NULL"
        ),
        "Line 1 of INVOICE-1",
        "amount is stored as 90.00, quantity times rate comes to 100.00",
    ),
    "line tax": (
        (
            "UPDATE line_items SET tax_amount_cents = 1301"
            " WHERE position = 1 AND order_id IS NULL AND deleted_at IS NULL"
        ),
        "Line 1 of INVOICE-1",
        "tax is stored as 13.01, the tax rate makes it 13.00",
    ),
    "line total": (
        (
            "UPDATE line_items SET total_cents = -11300"
            " WHERE position = 1 AND order_id IS NULL AND deleted_at IS NULL"
        ),
        "Line 1 of INVOICE-1",
        "total is stored as -113.00, amount and tax come to 113.00",
    ),
    "order line amount": (
        (
            "UPDATE line_items SET amount_cents = 2001"
            " WHERE position = 2 AND order_id = (SELECT id FROM orders WHERE number = 1)"
        ),
        "Line 2 of ORDER-1",
        "amount is stored as 20.01, quantity times rate comes to 20.00",
    ),
    "deleted line amount": (
        "UPDATE line_items SET amount_cents = 0 WHERE position = 1 AND deleted_at IS NOT NULL",
        "Line 1 of INVOICE-2",
        "amount is stored as 0.00, quantity times rate comes to 100.00",
    ),
    "invoice sub-total": (
        "UPDATE invoices SET sub_total_cents = 12001 WHERE number = 1",
        "INVOICE-1",
        "sub-total is stored as 120.01, its line items come to 120.00",
    ),
    "invoice tax total": (
        "UPDATE invoices SET tax_total_cents = 0 WHERE number = 1",
        "INVOICE-1",
        "tax total is stored as 0.00, its line items come to 13.00",
    ),
    "invoice total": (
        "UPDATE invoices SET total_cents = 10000 WHERE number = 1",
        "INVOICE-1",
        "total is stored as 100.00, its line items come to 133.00",
    ),
    "amount paid": (
        "UPDATE invoices SET amount_paid_cents = 4300 WHERE number = 1",
        "INVOICE-1",
        "amount paid is stored as 43.00, its payments come to 33.00",
    ),
    "outstanding balance": (
        "UPDATE invoices SET outstanding_balance_cents = 13300 WHERE number = 1",
        "INVOICE-1",
        "outstanding balance is stored as 133.00, total less payments comes to 100.00",
    ),
    "status": (
        "UPDATE invoices SET status = 1 WHERE number = 1",
        "INVOICE-1",
        "status is stored as sent, its amounts and dates make it partiallyPaid",
    ),
    "no status": (
        "UPDATE invoices SET status = 9 WHERE number = 1",
        "INVOICE-1",
        "status is stored as 9, its amounts and dates make it partiallyPaid",
    ),
    "due date": (
        "UPDATE invoices SET due_date = '2026-04-10' WHERE number = 1",
        "INVOICE-1",
        "due date is stored as 2026-04-10, net30 from 2026-03-10 makes it 2026-04-09",
    ),
    "order sub-total": (
        "UPDATE orders SET sub_total_cents = 11999 WHERE number = 3",
        "ORDER-3",
        "sub-total is stored as 119.99, its line items come to 120.00",
    ),
    "order tax total": (
        "UPDATE orders SET tax_total_cents = 1299 WHERE number = 3",
        "ORDER-3",
        "tax total is stored as 12.99, its line items come to 13.00",
    ),
    "order total": (
        "UPDATE orders SET total_cents = 0 WHERE number = 3",
        "ORDER-3",
        "total is stored as 0.00, its line items come to 133.00",
    ),
    "live line of a deleted invoice": (
        "UPDATE line_items SET deleted_at = NULL WHERE position = 1 AND deleted_at IS NOT NULL",
        "INVOICE-2",
        "it is deleted, but its line 1 is not",
    ),
    "order on a deleted invoice": (
        "UPDATE invoice_orders SET released_at = NULL WHERE released_at IS NOT NULL",
        "INVOICE-2",
        "it is deleted, but ORDER-2 is still on it",
    ),
    "another customer's order": (
        (
            "INSERT INTO invoice_orders"
            " (organization_id, invoice_id, order_id, position, line_items_digest)"
            " SELECT 1, invoices.id, orders.id, 2, '' FROM invoices, orders"
            " WHERE invoices.number = 1 AND orders.number = 3"
        ),
        "INVOICE-1",
        "ORDER-3 on it is another customer's",
    ),
    "counter": (
        "UPDATE counters SET value = 5 WHERE name = 'customers'",
        "The counter of customers",
        "it stands at 5, the highest number is 3",
    ),
    "missing counter": (
        "DELETE FROM counters WHERE name = 'orders'",
        "The counter of orders",
        "it is missing",
    ),
    "folded name": (
        "UPDATE customers SET name_folded = 'maple' WHERE number = 1",
        "CUST-1",
        "name to sort by is stored as “maple”, the name gives “maple freight”",
    ),
    "missing word of a customer": (
        "DELETE FROM search_words WHERE word = 'freight'",
        "CUST-1",
        "“freight” does not find it, but is one of its words",
    ),
    "missing word of an invoice": (
        "DELETE FROM search_words WHERE word = 'call'",
        "INVOICE-1",
        "“call” does not find it, but is one of its words",
    ),
    "alien word of an order": (
        "INSERT INTO search_words SELECT 1, id, 'po-7' FROM orders WHERE number = 3",
        "ORDER-3",
        "“po-7” finds it, but is none of its words",
    ),
    "word of a deleted invoice": (
        "INSERT INTO search_words SELECT 1, id, 'call' FROM invoices WHERE number = 2",
        "INVOICE-2",
        "“call” finds it, but is none of its words",
    ),
    "word of no invoice": (
        "INSERT INTO search_words VALUES (1, 'invoice_00', 'lost')",
        "invoice_00",
        "there is no such thing, but “lost” finds it",
    ),
    "word of nothing": (
        "INSERT INTO search_words VALUES (1, 'zebra_00', 'lost')",
        "zebra_00",
        "there is no such thing, but “lost” finds it",
    ),
}
