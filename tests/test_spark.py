"""Spark as people run it: a standalone master with two workers on loopback, one of which dies in the midst of a
query."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_engines import QUERIES, compare, questions, same
from timeline.query import engine_for
from timeline.query.backends import open_with
from timeline.query.engine import Engine
from timeline.table import Dataset
from timeline.table.converting import convert
from timeline.table.made import make_events

pyspark = pytest.importorskip("pyspark")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
    pytest.mark.filterwarnings("ignore"),  # Spark warns of our pandas, of whose frames it sees none
]


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Cluster:
    """A master and workers, each a process group of its own."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = _port(), folder
        self.master = f"spark://127.0.0.1:{self.port}"
        self.groups: list[subprocess.Popen[bytes]] = []
        self._start("master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", str(_port()))
        self._wait_for(self.port)
        self.workers = [self._worker() for _ in range(2)]

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = Path(pyspark.__file__).parent
        environment = os.environ | {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
        with (self.folder / f"{name}-{len(self.groups)}.log").open("wb") as log:
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments],
                env=environment, stdout=log, stderr=log, start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        self.groups.append(process)
        return process

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker.Worker", "--host", "127.0.0.1", "--webui-port", str(_port()), "--cores", "1", "--memory", "1g",
            "--work-dir", str(self.folder / f"work-{len(self.groups)}"), self.master,
        )  # fmt: skip

    def _wait_for(self, port: int) -> None:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the master does not answer")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """A worker with its executors: as when the machine goes."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=30)

    def stop(self) -> None:
        for process in self.groups:
            if process.poll() is None:
                self.kill(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    made = Cluster(tmp_path_factory.mktemp("spark"))
    try:
        yield made
        pyspark.sql.SparkSession.builder.getOrCreate().stop()
    finally:
        made.stop()
        patch.undo()


@pytest.fixture(scope="module")
def table(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, Engine]:
    """A made table as a folder cut by year, in memory and on the cluster."""
    from timeline.table import load

    folder = tmp_path_factory.mktemp("made")
    path, work = make_events(folder, 3_000), folder / "work"
    work.mkdir()
    convert(path, folder / "years", work, by_year=True)
    away = open_with(folder / "years", cluster.master)
    return load(path), engine_for(away)


def test_the_cluster_answers_as_the_arrays_do(table: tuple[Dataset, Engine]) -> None:
    compare(*table, QUERIES[4], "actor")


def test_a_worker_that_dies_loses_no_answer(cluster: Cluster, table: tuple[Dataset, Engine]) -> None:
    dataset, away = table
    kinds = ("counts", "near", "account")
    asked = [ask for name, ask in questions(dataset, QUERIES[3], "source") if name.split()[0] in kinds]
    expected = [ask(engine_for(dataset)) for ask in asked]
    answers: list[Any] = []
    begun = threading.Event()

    def go() -> None:
        for ask in asked:
            begun.set()
            answers.append(ask(away))

    asking = threading.Thread(target=go)
    asking.start()
    assert begun.wait(60)
    time.sleep(0.5)
    was = len(answers)
    cluster.kill(cluster.workers[0])
    asking.join(timeout=240)
    assert not asking.is_alive()
    assert was < len(asked), "it was killed while there was something left to answer"
    assert [same(one, other) for one, other in zip(answers, expected, strict=True)] == [True] * len(asked)
