# Three stages: the front end, the Python packages, and what is shipped.
#   docker build -t plaza .
#   docker run -p 8000:8000 -v plaza:/data -e BASE_URL=… -e SECRET_KEY=… plaza                 (web, the default)
#   docker run              -v plaza:/data -e BASE_URL=… -e SECRET_KEY=… plaza flask worker    (jobs)
# compose.yaml puts both together with PostgreSQL.

FROM node:24-trixie-slim AS assets
WORKDIR /plaza
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-progress
COPY static/src static/src
RUN node static/src/build.mjs

FROM python:3.13-slim-trixie AS packages
RUN python -m venv /plaza/.venv
ENV PATH=/plaza/.venv/bin:$PATH
COPY requirements/run.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement run.txt
COPY translations /plaza/translations
RUN pybabel --quiet compile --directory /plaza/translations --domain messages

FROM python:3.13-slim-trixie
# `flask backup` and `flask restore` need the tools of the PostgreSQL that compose.yaml starts; printed pages need fonts
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 1000 --create-home plaza && install --directory --owner=plaza --group=plaza /data
WORKDIR /plaza
COPY --from=packages /plaza/.venv .venv
COPY . .
COPY --from=packages /plaza/translations translations
COPY --from=assets /plaza/static/build static/build

ENV PATH=/plaza/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    LISTEN_HOST=0.0.0.0 \
    PORT=8000
USER plaza
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "scripts/healthcheck.py"]
CMD ["gunicorn"]
