# Tags name exact versions. Whoever needs the very same bytes each time adds the digest the registry shows for them.
FROM python:3.11.16-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /app
ENV PATH=/app/bin:$PATH
COPY requirements/bootstrap.txt requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/bootstrap.txt \
    && uv pip install --python /app --no-cache --compile-bytecode --no-build-isolation --require-hashes \
        -r requirements/run.txt
COPY . .
# What only builds stays behind in this stage.
RUN uv pip install --python /app --no-cache --compile-bytecode --no-deps --no-build-isolation . \
    && pip uninstall --yes editables hatchling setuptools trove-classifiers uv pip

FROM python:3.11.16-slim-bookworm
RUN useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin themenbote
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    THEMENBOTE_DATA_DIR=/data \
    THEMENBOTE_WEB__HOST=0.0.0.0 \
    THEMENBOTE_WEB__PORT=8080
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --start-interval=2s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['THEMENBOTE_WEB__PORT']}/healthz\", timeout=5)"]
ENTRYPOINT ["themenbote"]
CMD ["run"]
