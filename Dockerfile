# syntax=docker/dockerfile:1
# What is installed is locked in uv.lock; compilers and package managers stay in the first stage.
FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project --compile-bytecode --python /usr/local/bin/python3

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin remit \
    && mkdir --parents /data && chown remit /data
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY access_commands.py app.py cli.py commands.py job_commands.py server.py settings.py worker.py workers.py ./
COPY db db
COPY domain domain
COPY endpoints endpoints
COPY engine engine
COPY quickbooks quickbooks
COPY resolvers resolvers
COPY schema schema
COPY services services
COPY web/dist web/dist
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    REMIT_DATA_DIR=/data \
    REMIT_LOG_FORMAT=json
USER remit
VOLUME /data
EXPOSE 8000
# Within the time that Docker waits after SIGTERM by default, ten seconds, the server has stopped.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('REMIT_PORT', 8000)}/readyz\", timeout=2)"]
ENTRYPOINT ["python", "cli.py"]
CMD ["serve"]
