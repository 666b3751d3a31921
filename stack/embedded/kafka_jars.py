"""Apache Kafka's jars: fetched once into a cache shared by every home, and checked against the committed manifest."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

from stack.embedded import versions
from stack.embedded.server import Say
from stack.errors import StackError

MANIFEST = Path(__file__).with_name("kafka_jars.sha256")


def cache_directory() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tapeline" / "jars"


def read_manifest() -> dict[str, str]:
    """The sha256 of every jar by its name."""
    lines = (line.split() for line in MANIFEST.read_text().splitlines())
    return {name: digest for digest, name in lines}


def fetch_by_jgo(cache: Path) -> list[Path]:
    """Resolve the broker and everything it depends on; 46 MB, about 20 s."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a dependency, about a desktop's runtime directory
        from jgo.env import EnvironmentBuilder
        from jgo.maven import MavenContext

        context = MavenContext(repo_cache=cache / "maven")
        environment = EnvironmentBuilder(context=context, cache_dir=cache / "jgo").from_endpoint(
            versions.KAFKA_ENDPOINT
        )
    return list(environment.all_jars)


def ensure(cache: Path, say: Say, fetch: Callable[[Path], list[Path]] = fetch_by_jgo) -> list[Path]:
    """The broker's jars, every one as the manifest says; fetches when one is missing or damaged."""
    manifest = read_manifest()
    directory = cache / f"kafka-{versions.KAFKA}"
    directory.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:  # two first starts at once fetch once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _wrong(directory, manifest):
            say(f"downloading Apache Kafka {versions.KAFKA} (46 MB, this once)")
            _refill(directory, cache, fetch)
            if wrong := _wrong(directory, manifest):
                raise StackError(
                    f"{len(wrong)} of Apache Kafka's jars are not what the manifest says, {wrong[0]} for one.",
                    f"Check the Maven repository the download comes from, remove {cache} and start again.",
                )
    return [directory / name for name in manifest]


def _refill(directory: Path, cache: Path, fetch: Callable[[Path], list[Path]]) -> None:
    for part in ("maven", "jgo"):  # a damaged download would otherwise be taken from there again
        shutil.rmtree(cache / part, ignore_errors=True)
    try:
        for jar in fetch(cache):
            shutil.copyfile(jar, directory / jar.name)
    except (OSError, RuntimeError) as error:  # requests' errors are OSErrors; jgo raises RuntimeError
        raise StackError(
            f"Apache Kafka {versions.KAFKA} could not be downloaded from Maven Central ({_reason(error)}).",
            "Check the network and start again, or set TAPELINE_KAFKA_BOOTSTRAP to use a broker you already run.",
        ) from error
    for part in ("maven", "jgo"):
        shutil.rmtree(cache / part, ignore_errors=True)


def _wrong(directory: Path, manifest: dict[str, str]) -> list[str]:
    return [name for name, digest in manifest.items() if _sha256(directory / name) != digest]


def _sha256(file: Path) -> str:
    if not file.exists():
        return ""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _reason(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
