# One image for every process of perfapi: `api`, `worker`, `migrate`, `organization add`, ...

FROM node:24-bookworm-slim AS page
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --loglevel=error
COPY frontend/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
COPY locks/image.txt /build/
RUN python -m venv /opt/perfapi/venv \
    && /opt/perfapi/venv/bin/pip install --no-cache-dir --require-hashes -r /build/image.txt

FROM python:3.11-slim-bookworm
# Keys and mail lie in the home; nothing else is ever written.
RUN groupadd --gid 10001 perfapi \
    && useradd --uid 10001 --gid perfapi --home-dir /var/lib/perfapi --no-create-home perfapi \
    && install --directory --owner perfapi --group perfapi --mode 0700 /var/lib/perfapi
WORKDIR /opt/perfapi
COPY --from=packages /opt/perfapi/venv venv
COPY --from=page /build/frontend/dist frontend/dist
COPY migrations migrations
COPY src src
RUN venv/bin/python -m compileall -q src
ENV PATH=/opt/perfapi/venv/bin:$PATH \
    PYTHONPATH=/opt/perfapi/src \
    PYTHONUNBUFFERED=1 \
    PERFAPI_HOME=/var/lib/perfapi \
    PERFAPI_HOST=0.0.0.0 \
    PERFAPI_PORT=8000 \
    PERFAPI_DEMO=false \
    PERFAPI_LOG_FORMAT=json
USER 10001:10001
EXPOSE 8000
# The worker has no door to knock at: whoever runs it switches this off and watches its exit code.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "perfapi.cli"]
CMD ["api"]
