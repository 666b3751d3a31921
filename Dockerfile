# One image for every role; docker-compose.yml gives each its command.
# The whole image has the C compiler that compiles the folds; what runs needs none.
FROM python:3.11 AS build
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements/runtime.txt requirements/runtime.txt
RUN .venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .
RUN .venv/bin/python -m compiled

FROM python:3.11-slim
RUN useradd --system --create-home --home-dir /var/lib/tapeline tapeline
COPY --from=build /app /app
WORKDIR /app
USER tapeline
ENV PATH=/app/.venv/bin:$PATH TAPELINE_HOME=/var/lib/tapeline PYTHONUNBUFFERED=1
ENTRYPOINT ["python", "-m"]
CMD ["api"]
