"""The simulator as a process of its own: `python -m tests.quickbooks.simulator --port 8200`."""

import argparse
import asyncio
import signal

from .serving import running
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
    asyncio.run(serve(simulator, chosen.port, chosen.host))


async def serve(simulator: Simulator, port: int, host: str) -> None:
    """Until it is interrupted or terminated; the address is the first line that it prints."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with running(simulator, port, host) as url:
        print(url, flush=True)
        await ended.wait()


if __name__ == "__main__":
    main()
