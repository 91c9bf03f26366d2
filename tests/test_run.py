"""./run on machines where something is missing, and that Ctrl-C leaves nothing behind."""

import importlib.machinery
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = pytest.mark.embedded
ROOT = Path(__file__).resolve().parents[1]
HIDE_ENSUREPIP = "import sys; sys.modules['ensurepip'] = None\n"
HIDE_PANGO = """
import ctypes
_real = ctypes.CDLL
def CDLL(name, *args, **kwargs):
    if name and "pango" in str(name):
        raise OSError(f"{name}: cannot open shared object file")
    return _real(name, *args, **kwargs)
ctypes.CDLL = CDLL
"""
PLAIN = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PORT", "VAR_DIR", "PYTHONPATH")


def clean_environment(**more):
    env = {name: value for name, value in os.environ.items() if name not in PLAIN}
    return {**env, **{name: str(value) for name, value in more.items()}}


@pytest.fixture
def bare(tmp_path):
    """A folder with the script and its pins and nothing else, and a function that runs it there."""
    place = tmp_path / "utferd"
    place.mkdir()
    for name in ("run", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, place / name)

    def run(*words, customize="", path=None, **env):
        (tmp_path / "sitecustomize.py").write_text(customize)
        if path is None:  # a PATH without apt-get and sudo: a machine without rights
            only = tmp_path / "bin"
            only.mkdir(exist_ok=True)
            path = only
        return subprocess.run(
            [sys.executable, str(place / "run"), *words],
            env=clean_environment(PYTHONPATH=tmp_path, PATH=path, **env),
            capture_output=True,
            text=True,
            check=False,
        )

    run.place = place
    return run


@pytest.fixture
def script():
    loader = importlib.machinery.SourceFileLoader("utferd_run", str(ROOT / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("utferd_run", loader))
    loader.exec_module(module)
    return module


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_told_in_one_sentence_before_anything_is_made(bare):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = bare(PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Port {port} is taken; choose another: PORT={port + 1} ./run\n"
    assert sorted(p.name for p in bare.place.iterdir()) == ["requirements-dev.txt", "requirements.txt", "run"]


def test_a_port_that_is_no_number_is_told(bare):
    done = bare(PORT="80a")
    assert (done.returncode, done.stderr) == (1, "PORT must be a number from 1 to 65535, and it is '80a'.\n")


def test_production_settings_are_refused(bare):
    done = bare(DJANGO_SETTINGS_MODULE="mobility.settings.production")
    assert done.returncode == 1
    assert done.stderr == "./run starts the demo; docs/operations.md says how a real installation starts.\n"


def test_without_rights_the_missing_packages_are_named(bare):
    done = bare("setup", customize=HIDE_ENSUREPIP + HIDE_PANGO)
    assert done.returncode == 1
    assert done.stderr == (
        "Utferd needs these system packages: libpango-1.0-0 libpangoft2-1.0-0 python3-venv. "
        "Install them and start again.\n"
    )
    assert not (bare.place / ".venv").exists()


def test_without_python3_venv_its_package_is_named(bare):
    done = bare("setup", customize=HIDE_ENSUREPIP)
    assert done.returncode == 1
    assert done.stderr == "Utferd needs these system packages: python3-venv. Install them and start again.\n"


def test_without_a_network_it_says_so_and_the_next_try_starts_afresh(bare):
    nowhere = "http://127.0.0.1:9/"
    settings = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": nowhere, "PIP_FIND_LINKS": "", "PIP_TIMEOUT": 1}
    done = bare("setup", PIP_DEFAULT_TIMEOUT=1, **settings)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        "The Python packages could not be fetched; is this machine on the network? The last line was"
    )
    assert not list(bare.place.glob(".venv/*.stamp"))


def test_an_old_python_is_told_before_anything_else(tmp_path):
    """No older python3 is at hand, so the same script is shown another version number."""
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.version_info = (3, 9, 2, 'final', 0)\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "run")],
        env=clean_environment(PYTHONPATH=tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Utferd needs Python 3.11 or newer, and this python3 is 3.9.\n"


@pytest.mark.parametrize("words", [["nonsense"], ["setup", "now"]])
def test_an_unknown_command_shows_the_help(bare, words):
    done = bare(*words)
    assert done.returncode == 2
    assert "./run setup" in done.stderr
    assert bare("help").stdout.startswith("Everything that is done with Utferd from a shell.")


def test_the_makefile_only_delegates():
    lines = [line for line in (ROOT / "Makefile").read_text().splitlines() if not line.startswith(".PHONY")]
    assert [line.split(";")[1].strip() for line in lines] == ["@./run", "@./run $@"]


def test_packages_are_installed_again_only_when_the_pins_change(script, tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(script, "logged", lambda command, _sentence, **_: ran.append(command[-1]))
    monkeypatch.setattr(script.shutil, "which", lambda _name: None)
    (tmp_path / ".venv").mkdir()
    (tmp_path / "requirements.txt").write_text("django==5.2.19\n")

    script.make_environment()
    script.make_environment()
    assert ran == [script.UV, str(tmp_path / "requirements.txt")]

    (tmp_path / "requirements.txt").write_text("django==5.2.20\n")
    script.make_environment()
    assert len(ran) == 4


def test_the_packages_of_the_tests_are_enough_for_the_site(script, tmp_path, monkeypatch):
    ran = []
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(script, "logged", lambda command, _sentence, **_: ran.append(command[-1]))
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "uv").touch()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("django==5.2.19\n")

    script.make_environment(dev=True)
    script.make_environment()

    assert ran == [str(tmp_path / "requirements-dev.txt")]


def test_static_files_are_collected_by_one_at_a_time(script, tmp_path, monkeypatch):
    ran = []

    def slowly(*_args, **_more):
        ran.append(time.monotonic())
        time.sleep(0.3)

    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "STATIC_STAMP", tmp_path / "stamp.txt")
    monkeypatch.setattr(script, "logged", slowly)
    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(script.collect_static, "facts") for _ in range(2)]:
            future.result()
    assert len(ran) == 1


def test_pip_takes_over_where_uv_fails(script, tmp_path, monkeypatch):
    ran = []

    def logged(command, sentence, **_):
        ran.append(Path(command[0]).name)
        if command[0].endswith("/uv"):
            raise script.Stop(sentence)

    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(script, "logged", logged)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "uv").touch()
    (tmp_path / "requirements.txt").write_text("")

    script.make_environment()

    assert ran == ["uv", Path(sys.executable).name]
    assert (tmp_path / ".venv" / "utferd.stamp").exists()


def processes_with(folder):
    """The processes that were started with this VAR_DIR."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            inside = f"VAR_DIR={folder}".encode() in (entry / "environ").read_bytes().split(b"\0")
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile, or is another user's
            continue
        if inside and any(words):
            found.append((int(entry.name), b" ".join(words).decode()))
    return found


def ignore_interrupts():
    """What a script that says ``./run &`` does to its child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for the database and the logs; the second start finds the database of the first."""
    return tmp_path_factory.mktemp("site") / "var"


@pytest.fixture
def started(folder):
    """Start ./run; whatever is left at the end is killed."""
    begun = []

    def start(**env):
        port = free_port()
        begun.append(
            subprocess.Popen(
                [sys.executable, str(ROOT / "run")],
                env=clean_environment(VAR_DIR=folder, PORT=port, **env),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                preexec_fn=ignore_interrupts,  # noqa: PLW1509 - one thread
            )
        )
        return begun[-1], port

    start.folder = folder
    yield start
    for pid, _command in processes_with(folder):
        os.kill(pid, signal.SIGKILL)
    for process in begun:
        process.communicate()


def lines_until(process, end):
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith(end):
            return lines
    raise AssertionError(lines + process.stderr.readlines())


def test_the_site_starts_says_where_and_ctrl_c_leaves_no_process(started):
    process, port = started()
    lines = lines_until(process, "Ctrl-C")
    assert f"Utferd runs at http://localhost:{port}/" in lines
    assert any("coordinator@intsek.example" in line for line in lines)
    outbox = next(line for line in lines if line.startswith("Mails")).split()[-1]
    with urllib.request.urlopen(outbox) as answer:  # it exists, and asks who you are
        assert answer.url == f"http://localhost:{port}/account/login/?next=/mails/"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        assert answer.status == 200
    commands = [command for _pid, command in processes_with(started.folder)]
    assert any("gunicorn" in command for command in commands)
    assert any("celery" in command and "-B" in command for command in commands)

    second, _port = started()
    told = second.communicate()[1]
    assert (second.returncode, told) == (
        1,
        f"Utferd already runs on {started.folder}; stop it, or choose another folder with VAR_DIR.\n",
    )

    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert processes_with(started.folder) == []


def test_when_the_web_process_dies_the_worker_is_stopped_too(started):
    process, _port = started()
    lines_until(process, "Ctrl-C")
    master = min(pid for pid, command in processes_with(started.folder) if "gunicorn" in command)
    os.kill(master, signal.SIGKILL)
    assert process.wait(30) == 1
    assert process.stderr.readlines()[-1].startswith("The web process ended: ")
    assert processes_with(started.folder) == []


def test_a_server_that_cannot_start_leaves_no_worker(started):
    process, _port = started(GUNICORN_CMD_ARGS="--no-such-option")
    out, err = process.communicate()
    assert (process.returncode, out) == (1, "")
    assert "The web process ended: " in err.splitlines()[-1]
    assert processes_with(started.folder) == []


def test_when_the_script_itself_is_killed_its_children_end(started):
    process, _port = started()
    lines_until(process, "Ctrl-C")
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while processes_with(started.folder) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert processes_with(started.folder) == []
