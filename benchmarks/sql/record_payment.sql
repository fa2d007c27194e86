-- The whole of `recordPayment` in one round trip, for the floor and the Node peers: the same checks,
-- the same rows and the same derivations as Remit's own. Reference numbers are digits here, so
-- that each is its only search word.
CREATE SCHEMA bench;

CREATE FUNCTION bench.decimal_text(cents bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT (cents / 100)::text || '.' || lpad((cents % 100)::text, 2, '0')
$$;

-- As a TypeID: twelve digits of time, the rest random, all of them digits of its alphabet.
CREATE FUNCTION bench.new_id(prefix text) RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT prefix || '_'
        || lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
        || substr(replace(gen_random_uuid()::text, '-', ''), 1, 14)
$$;

CREATE FUNCTION bench.record_payment(
    of_invoice text, amount_in_cents bigint, paid_by text, reference text, idempotency_key text
) RETURNS public.invoices
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    invoice public.invoices;
    payment_id text := bench.new_id('payment');
    at timestamptz := date_trunc('milliseconds', clock_timestamp());
    digest text := encode(sha256(convert_to(concat_ws(
        '|', 'recordPayment', of_invoice, amount_in_cents, paid_by, reference), 'UTF8')), 'hex');
    sub bigint;
    tax bigint;
    paid bigint;
BEGIN
    INSERT INTO idempotency_keys (organization_id, key, input_digest, result, created_at)
    VALUES (1, idempotency_key, digest,
        json_build_object('payment', payment_id, 'invoice', of_invoice)::text, at)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        PERFORM FROM idempotency_keys k
        WHERE k.organization_id = 1 AND k.key = idempotency_key AND k.input_digest = digest;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'IDEMPOTENCY_KEY_REUSED';
        END IF;
        SELECT * INTO invoice FROM invoices i WHERE i.organization_id = 1 AND i.id = of_invoice;
        RETURN invoice;
    END IF;

    SELECT * INTO invoice FROM invoices i
    WHERE i.organization_id = 1 AND i.id = of_invoice AND i.deleted_at IS NULL
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'NOT_FOUND';
    END IF;
    IF amount_in_cents <= 0 THEN
        RAISE EXCEPTION 'INVALID_INPUT';
    END IF;
    IF amount_in_cents > invoice.outstanding_balance_cents THEN
        RAISE EXCEPTION 'PAYMENT_EXCEEDS_BALANCE';
    END IF;

    INSERT INTO payments (organization_id, id, invoice_id, customer_id, payment_date, method,
        reference_number, amount_cents, source, recorded_by, recorded_at)
    VALUES (1, payment_id, of_invoice, invoice.customer_id,
        (at AT TIME ZONE 'America/Toronto')::date, paid_by, reference, amount_in_cents, 'manual',
        'Demo admin', at);
    INSERT INTO search_words (organization_id, object_id, word) VALUES (1, payment_id, reference);

    SELECT coalesce(sum(l.amount_cents), 0), coalesce(sum(l.tax_amount_cents), 0) INTO sub, tax
    FROM line_items l
    WHERE l.organization_id = 1 AND l.invoice_id = of_invoice AND l.deleted_at IS NULL;
    SELECT coalesce(sum(p.amount_cents), 0) INTO paid FROM payments p
    WHERE p.organization_id = 1 AND p.invoice_id = of_invoice AND p.deleted_at IS NULL;
    UPDATE invoices SET
        sub_total_cents = sub,
        tax_total_cents = tax,
        total_cents = sub + tax,
        amount_paid_cents = paid,
        outstanding_balance_cents = sub + tax - paid,
        status = CASE
            WHEN paid = sub + tax AND (paid > 0 OR sent_at IS NOT NULL) THEN 3
            WHEN paid > 0 THEN 2
            WHEN sent_at IS NOT NULL THEN 1
            ELSE 0 END,
        version = version + 1,
        updated_at = at
    WHERE organization_id = 1 AND id = of_invoice
    RETURNING * INTO invoice;

    INSERT INTO activities
        (organization_id, id, kind, message, actor, source, occurred_at, invoice_id)
    VALUES (1, bench.new_id('activity'), 'paymentRecorded',
        'Recorded ' || paid_by || ' ' || reference || ', '
            || bench.decimal_text(amount_in_cents) || ' ' || invoice.currency || '; '
            || bench.decimal_text(invoice.outstanding_balance_cents) || ' outstanding',
        'Demo admin', 'manual', at, of_invoice);
    RETURN invoice;
END
$$;
