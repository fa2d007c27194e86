"""The web process, with another time to stop in than it has: tests wait for its end."""

import os

import server
import workers

# On import, as the processes that it starts import it too.
workers.STOP_SECONDS = int(os.environ["STOP_SECONDS"])

if __name__ == "__main__":
    server.main()
