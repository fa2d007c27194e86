"""Remit beside a simulated QuickBooks, to try the whole round trip by hand.

Run by `make quickbooks-demo`. Both forget everything when it ends: the simulator keeps its books in
memory, and links to books that are gone would be of no use.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PORT = os.environ.get("REMIT_PORT", "8000")
QUICKBOOKS_PORT = "8200"
QUICKBOOKS = f"http://127.0.0.1:{QUICKBOOKS_PORT}"
APP = {"client-id": "remit", "client-secret": "simulated-secret", "verifier": "simulated-verifier"}

WHAT_TO_DO = f"""
Simulated QuickBooks: {QUICKBOOKS}/

1. Connect on http://127.0.0.1:{PORT}/quickbooks, and export invoices there.
2. Open {QUICKBOOKS}/ and record a payment.
3. A second later, look at the invoice's status, its payments, and what its activity says.

The API does all of it as well: connectQuickBooks, exportInvoicesToQuickBooks, Invoice.quickBooks.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            **os.environ,
            "REMIT_DATA_DIR": folder,
            "REMIT_PORT": PORT,
            "REMIT_QUICKBOOKS_CLIENT_ID": APP["client-id"],
            "REMIT_QUICKBOOKS_CLIENT_SECRET": APP["client-secret"],
            "REMIT_QUICKBOOKS_WEBHOOK_VERIFIER": APP["verifier"],
            "REMIT_QUICKBOOKS_AUTHORIZE_URL": f"{QUICKBOOKS}/oauth2/authorize",
            "REMIT_QUICKBOOKS_TOKEN_URL": f"{QUICKBOOKS}/oauth2/v1/tokens/bearer",
            "REMIT_QUICKBOOKS_REVOKE_URL": f"{QUICKBOOKS}/oauth2/revoke",
            "REMIT_QUICKBOOKS_API_URL": QUICKBOOKS,
            "REMIT_QUICKBOOKS_POLL_SECONDS": "60",
        }
        settings.pop("DATABASE_URL", None)
        _remit(settings, "migrate").wait()
        _remit(settings, "demo").wait()
        running = [_simulator(), _remit(settings, "serve")]
        print(WHAT_TO_DO, flush=True)
        try:
            for process in running:
                process.wait()
        except KeyboardInterrupt:
            pass
        finally:
            for process in running:
                process.terminate()
                process.wait()


def _remit(settings: dict[str, str], command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "cli.py", command], cwd=ROOT, env=settings)


def _simulator() -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.quickbooks.simulator", "--port", QUICKBOOKS_PORT]
    command += ["--webhook-url", f"http://127.0.0.1:{PORT}/quickbooks/webhook"]
    command += ["--verifier-token", APP["verifier"]]
    command += ["--client-id", APP["client-id"], "--client-secret", APP["client-secret"]]
    return subprocess.Popen(command, cwd=ROOT)


if __name__ == "__main__":
    main()
