"""The simulator as a process of its own: `python -m tests.quickbooks.simulator --port 8200`."""

import argparse

import uvicorn

from .serving import app_of
from .simulator import Simulator


def main() -> None:
    options = argparse.ArgumentParser(description="QuickBooks Online, simulated.")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8200)
    options.add_argument("--client-id", default="remit")
    options.add_argument("--client-secret", default="simulated-secret")
    options.add_argument("--verifier-token", default="simulated-verifier")
    options.add_argument("--webhook-url", help="where changes are told")
    options.add_argument(
        "--webhook-scale", type=float, default=1.0, help="times the pauses between attempts"
    )
    chosen = options.parse_args()
    simulator = Simulator(
        client_id=chosen.client_id,
        client_secret=chosen.client_secret,
        verifier_token=chosen.verifier_token,
    )
    simulator.webhooks.url = chosen.webhook_url
    simulator.webhooks.scale = chosen.webhook_scale
    uvicorn.run(app_of(simulator), host=chosen.host, port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
