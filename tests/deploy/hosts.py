"""What `sitegen init` writes for hosts: linted, and run with the package as it is released."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from sitegen import __version__
from sitegen.problems import UsageError
from support.forge import Forge, Run
from support.site_folder import CONFIG, REPOSITORY, ZONE, SiteFolder

HOSTS = ("github", "forgejo", "gitlab")
# Each was seen under this version in workflows of several public repositories; all but v6.1.0 of
# the cache also under the tag in the action's own repository (2026-11-30).
PINNED = {
    "actions/cache": {
        "55cc8345863c7cc4c66a329aec7e433d2d1c52a9": "v6.1.0",
        "0057852bfaa89a56745cba8c7296529d2fc39830": "v4.3.0",
    },
    "actions/checkout": {
        "d23441a48e516b6c34aea4fa41551a30e30af803": "v6.1.0",
        "34e114876b0b11c390a56381ad16ebd13914f8d5": "v4.3.1",
    },
    "actions/deploy-pages": {"d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e": "v4.0.5"},
    "actions/setup-python": {"ece7cb06caefa5fff74198d8649806c4678c61a1": "v6.3.0"},
    "actions/upload-artifact": {
        "ea165f8d65b6e75b540449e92b4886f43607fa02": "v4.6.2",
        "a8a3f3ad30e3422c9c7b888a15615d19a852ae32": "v3.1.3",
    },
    "actions/upload-pages-artifact": {"7b1f4a764d45c48632c6b24a0339c27f5614fb0b": "v4.0.0"},
}
USES = re.compile(r"uses: ([\w/-]+?)(?:/(?:restore|save))?@(\w+) # (\S+)")
OLD, NEW = "tin-tuc/2024/05/cu/index.html", "tin-tuc/2024/05/moi/index.html"


class Host:
    """A site on a host: what editors do, and what comes of it."""

    def __init__(self, name: str, forge: Forge, site: SiteFolder) -> None:
        self.name, self.forge, self.site = name, forge, site

    def write(self, name: str, **fields: str) -> None:
        self.site.article(name, **{"category": "Tin tức", **fields})

    def push(self, event: str = "push") -> Run:
        self.forge.push(self.site.root)
        return self.start(event)

    def start(self, event: str) -> Run:
        """Run what the host runs for a push, on time, or for a proposal."""
        if self.name == "gitlab":
            return self.forge.start_pipeline(
                "merge_request_event" if event == "pull_request" else event
            )
        return self.forge.start(event)

    def read(self, path: str) -> str | None:
        """Return a file that readers see."""
        if self.name == "forgejo":
            file = self.forge.seen / "current" / path
            return file.read_text("utf-8") if file.exists() else None
        return self.forge.read_seen(path)

    def build(self) -> dict[str, bytes]:
        """Return what a build from nothing gives, by this checkout."""
        shutil.rmtree(self.site.output, ignore_errors=True)
        shutil.rmtree(self.site.root / ".sitegen", ignore_errors=True)
        (self.site.root / ".output.list").unlink(missing_ok=True)
        self.site.build(datetime.now(ZONE) + timedelta(seconds=self.forge.later), search=True)
        return self.site.files()

    def list_seen(self) -> dict[str, bytes]:
        top = self.forge.seen / "current" if self.name == "forgejo" else self.forge.seen
        return {
            path.relative_to(top).as_posix(): path.read_bytes()
            for path in top.rglob("*")
            if path.is_file() and ".well-known" not in path.parts
        }


@pytest.fixture(scope="module")
def wheel(package: Path) -> Path:
    return package / f"sitegen-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def written(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what copies a new site, as it was written for a host."""
    folder = tmp_path_factory.mktemp("written")
    for name in HOSTS:
        init(folder / name, name, str(wheel))

    def copy(name: str) -> Path:
        target = tmp_path_factory.mktemp(name) / "site"
        shutil.copytree(folder / name, target)
        return target

    return copy


def init(folder: Path, host: str, package: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sitegen", "init", str(folder), "--host", host]
    return subprocess.run(
        [*command, "--package", package], check=True, capture_output=True, text=True
    )


@pytest.fixture(scope="module", params=HOSTS)
def host(
    request: pytest.FixtureRequest,
    written: Callable[[str], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Host]:
    """Yield a site on a host, after its first push."""
    folder = tmp_path_factory.mktemp("forge")
    variables = {
        "PUBLISH_TO": str(folder / "seen"),
        "PUBLISH_KEY": "key",
        "PUBLISH_KNOWN_HOSTS": "known",
    }
    site = SiteFolder(written(request.param))
    shutil.rmtree(site.root / "content" / "tin-tuc-su-kien")
    site.write("config.yaml", CONFIG.replace("Hoạt động của cơ sở", "Tin tức"))
    made = Host(request.param, Forge(folder, variables), site)
    made.write("cu")
    first = made.push()
    assert set(first.results.values()) - {"skipped"} == {"success"}, first.log
    yield made
    shutil.rmtree(folder)


# What is run -------------------------------------------------------------------------------------


def test_a_push_is_built_by_the_released_package_and_shown(host: Host) -> None:
    assert "Tin tức" in (host.read(OLD) or "")
    assert host.list_seen() == host.build()


def test_a_push_makes_only_what_changed(host: Host) -> None:
    host.write("moi")
    done = host.push()
    assert host.read(NEW), done.log
    written = re.search(r"(\d+) files written, (\d+) unchanged", done.log)
    assert written
    assert int(written[1]) < int(written[2])


def test_a_push_with_an_error_fails_and_readers_see_nothing_of_it(host: Host) -> None:
    before = host.list_seen()
    host.write("hong", category="Không có")
    done = host.push()
    (host.site.root / "content/hong.md").unlink()
    assert "failure" in done.results.values()
    assert host.list_seen() == before
    place = "content/hong.md"
    match host.name:
        case "github":
            assert f"::error file={place},line=4,col=11,title=category-none::" in done.log
        case "gitlab":
            (found,) = json.loads(done.report)
            assert found["location"] == {"path": place, "lines": {"begin": 4}}
            assert (found["check_name"], found["severity"]) == ("category-none", "blocker")
            assert f"{place}:4:11: category-none" in done.log
        case _:
            assert f"{place}:4:11: category-none" in done.log


def test_a_proposal_is_checked_and_not_shown(host: Host) -> None:
    # Whatever another test left as the newest commit: there is something to compare with.
    host.forge.push(host.site.root)
    before, kept = host.list_seen(), list(host.forge.caches)
    host.write("de-nghi")
    done = host.push("pull_request")
    assert "failure" not in done.results.values(), done.log
    assert host.list_seen() == before
    assert list(host.forge.caches) == kept
    # The reviewer is told what it changes.
    line = "new: /tin-tuc/2024/05/de-nghi/  de-nghi"
    assert line in done.log
    assert "<h3>de-nghi</h3>" in done.page
    if host.name == "github":
        assert f"    {line}\n" in done.summary
    host.write("de-nghi", category="Không có")
    assert "failure" in host.push("pull_request").results.values()
    # What mends a branch with errors cannot be compared with it, and is no error.
    host.write("de-nghi")
    mended = host.push("pull_request")
    assert "failure" not in mended.results.values(), mended.log
    assert "has errors" in mended.log
    (host.site.root / "content/de-nghi.md").unlink()


def test_on_time_nothing_is_installed_while_nothing_is_due(host: Host) -> None:
    soon = datetime.now(ZONE) + timedelta(hours=3)
    host.write("hen-gio", date=f"{soon:%Y-%m-%d %H:%M}")
    page = f"tin-tuc/{soon:%Y/%m}/hen-gio/index.html"
    assert "failure" not in host.push().results.values()
    assert host.read(page) is None
    done = host.start("schedule")
    assert "Nothing is due before" in done.log
    assert "files written" not in done.log
    assert "success" not in {done.results.get("site"), done.results.get("pages")} or (
        host.name == "forgejo"
    )
    host.forge.later = 4 * 60 * 60
    done = host.start("schedule")
    host.forge.later = 0
    assert host.read(page), done.log


def test_on_time_a_push_that_was_not_shown_is_shown(host: Host) -> None:
    host.write("bo-do")
    host.forge.push(host.site.root)
    assert "files written" in host.start("schedule").log
    assert host.read("tin-tuc/2024/05/bo-do/index.html")


@pytest.mark.parametrize("harm", ["output", ".output.list", ".sitegen", "page", "stray"])
def test_what_was_kept_is_used_whole_or_not_at_all(host: Host, harm: str) -> None:
    """Caches that were cut off, or are of several runs, do not change what readers see."""
    key, kept = next(
        (key, path) for key, path in reversed(host.forge.caches.items()) if key.startswith("site")
    )
    broken = kept.with_name(f"{kept.name}-{harm.strip('.')}")
    shutil.copytree(kept, broken)
    match harm:
        case "page":
            (broken / "output" / OLD).write_text("an older page", "utf-8")
        case "stray":
            (broken / "output" / "da-xoa.html").write_text("of another run", "utf-8")
        case ".output.list":
            (broken / harm).unlink()
        case _:
            shutil.rmtree(broken / harm)
    host.forge.caches[key] = broken
    host.write(f"sau-{harm.strip('.').replace('.', '-')}")
    done = host.push()
    assert "failure" not in done.results.values(), done.log
    assert host.list_seen() == host.build()
    assert "an older page" not in (host.read(OLD) or "")


# What is written ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTS)
def test_all_that_is_installed_has_a_digest(written: Callable[[str], Path], name: str) -> None:
    folder = written(name)
    lines = (folder / "requirements.txt").read_text("utf-8").splitlines()
    wheel = f"sitegen-{__version__}-py3-none-any.whl"
    assert re.fullmatch(rf"\./packages/{re.escape(wheel)} --hash=sha256:[0-9a-f]{{64}}", lines[0])
    assert (folder / "packages" / wheel).is_file()
    libraries = [line for line in lines[1:] if not line.startswith(("#", " "))]
    assert libraries == [line for line in libraries if re.match(r"[a-z0-9-]+==\S+ .*\\$", line)]


def test_a_package_may_be_an_address_with_a_digest(tmp_path: Path) -> None:
    address = f"https://example.org/releases/sitegen-{__version__}-py3-none-any.whl"
    init(tmp_path / "moi", "github", f"{address}#sha256={'0a' * 32}")
    first = (tmp_path / "moi/requirements.txt").read_text("utf-8").splitlines()[0]
    assert first == f"sitegen @ {address} --hash=sha256:{'0a' * 32}"
    assert not (tmp_path / "moi/packages").exists()


@pytest.mark.parametrize(
    ("package", "code"),
    [
        (None, "package-missing"),
        ("sitegen", "package-form"),
        ("sitegen-0.0.1-py3-none-any.whl", "package-form"),
        (f"http://example.org/sitegen-{__version__}-py3-none-any.whl#sha256=00", "package-form"),
        (f"https://example.org/sitegen-{__version__}-py3-none-any.whl", "package-digest"),
        (f"https://example.org/sitegen-{__version__}-py3-none-any.whl#md5=0", "package-digest"),
    ],
)
def test_no_other_package_is_installed(tmp_path: Path, package: str | None, code: str) -> None:
    from sitegen.cli.new_site import new_site

    with pytest.raises(UsageError) as caught:
        new_site(tmp_path / "moi", datetime.now(ZONE), host="github", package=package)
    assert caught.value.code == code
    assert not (tmp_path / "moi").exists()


def test_the_libraries_are_those_of_the_lock() -> None:
    """`make lock` writes both; the second holds what builds the package as well."""

    def read(path: str) -> set[str]:
        lines = (REPOSITORY / path).read_text("utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if re.match("[a-z]", line)}

    assert read("hosts/requirements.txt") < read("requirements.lock")


@pytest.mark.parametrize("name", ["github", "forgejo"])
def test_actions_are_named_by_a_commit_that_is_known(name: str) -> None:
    text = (REPOSITORY / "hosts" / f"{name}.yml").read_text("utf-8")
    found = USES.findall(text)
    assert len(found) == text.count("uses:")
    for action, commit, version in found:
        assert PINNED[action].get(commit) == version, action


def test_each_job_may_do_what_it_needs_and_no_more() -> None:
    workflow = yaml.safe_load((REPOSITORY / "hosts/github.yml").read_text("utf-8"))
    assert workflow["permissions"] == {}
    jobs = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    assert jobs == {
        "due": {},
        "site": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    # Whoever may publish runs nothing of what was pushed.
    runs = [step["run"] for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    assert runs == ['echo "$NEXT" >next-due']


@pytest.mark.parametrize("name", ["github", "forgejo"])
def test_zizmor_finds_nothing(written: Callable[[str], Path], name: str) -> None:
    folder = written(name)
    if name == "forgejo":
        (folder / ".forgejo").rename(folder / ".github")
    done = subprocess.run(
        [Path(sys.executable).with_name("zizmor"), "--offline", "--quiet", folder],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pipeline_is_as_gitlab_has_it(written: Callable[[str], Path]) -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    options = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    pipeline = written("gitlab") / ".gitlab-ci.yml"
    subprocess.run([program, *options, pipeline], check=True, capture_output=True)
    wrong = pipeline.read_text("utf-8").replace("exit_codes: 75", "exit_code: 75")
    pipeline.write_text(wrong, "utf-8")
    done = subprocess.run([program, *options, pipeline], check=False, capture_output=True)
    assert done.returncode


def list_scripts(name: str) -> list[str]:
    jobs = yaml.safe_load((REPOSITORY / "hosts" / f"{name}.yml").read_text("utf-8"))
    if name == "gitlab":
        return [
            "\n".join(job["script"])
            for job in jobs.values()
            if isinstance(job, dict) and "script" in job
        ]
    steps = [step for job in jobs["jobs"].values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step]


@pytest.mark.parametrize("name", HOSTS)
def test_shellcheck_finds_nothing(name: str) -> None:
    program = Path(sys.executable).with_name("shellcheck")
    shell = "sh" if name == "gitlab" else "bash"
    for script in list_scripts(name):
        assert "${{" not in script
        done = subprocess.run(
            [program, f"--shell={shell}", "-"],
            input=script,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout
