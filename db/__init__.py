"""Tables, SQL, migrations and transactions. Nobody else builds a query, but the engine's plans."""
