"""A host that runs workflows: each step's script by bash, and what its actions do, on this machine.

Installing, checking, building and deciding are real. Played are the actions (a checkout is a clone,
a cache and an artifact are copies), the clock (``later``), and what belongs to the system
(``apt-get``).
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

BRANCH = "refs/heads/main"
_TIMEOUT_SECONDS = 900
_PLAYED = {
    "python": f'exec "{sys._base_executable}" "$@"',  # type: ignore[attr-defined]
    "python3": f'exec "{sys._base_executable}" "$@"',  # type: ignore[attr-defined]
    "apt-get": ":",
    "date": 'if [ "$1" = +%s ]; then echo $(($(/bin/date +%s) + LATER)); else /bin/date "$@"; fi',
}
_NAME = re.compile(r"\b(?:github|steps|needs|vars|secrets)(?:\.[\w-]+)+")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Run(NamedTuple):
    """What a run did: the result of each job, all that was printed, and GitLab's report.

    ``summary`` is what GitHub shows below the checks, ``page`` an artifact of HTML.
    """

    results: dict[str, str]
    log: str
    report: str = ""
    summary: str = ""
    page: str = ""


class Forge:
    """A repository on a host, its caches, and the files that readers see.

    ``later`` are the seconds by which its clock goes ahead. ``variables`` are those of the
    repository, secrets among them.
    """

    def __init__(self, folder: Path, variables: dict[str, str] | None = None) -> None:
        self.repository, self.seen = folder / "site.git", folder / "seen"
        self.later = 0
        self.caches: dict[str, Path] = {}
        self.programs = folder / "bin"
        self._folder, self._variables, self._runs = folder, variables or {}, 0
        self._temporary = folder / "temp"
        for each in (self.programs, self._temporary):
            each.mkdir(parents=True)
        for name, text in _PLAYED.items():
            program = self.programs / name
            program.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            program.chmod(0o755)
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", self.repository], check=True)

    def push(self, site: Path) -> None:
        """Commit all files of a site, and push them."""
        git = ["git", "-C", str(site), "-c", "user.name=a", "-c", "user.email=a@example.org"]
        if not (site / ".git").exists():
            subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Tin mới"], check=True)
        subprocess.run([*git, "push", "-q", str(self.repository), "main"], check=True)

    def read_seen(self, path: str) -> str | None:
        """Return a file that readers see, or ``None``."""
        file = self.seen / path
        return file.read_text("utf-8") if file.exists() else None

    def start(self, event: str) -> Run:
        """Run the workflow of GitHub or Forgejo for an event of the main branch."""
        self._runs += 1
        ref = "refs/pull/1/merge" if event == "pull_request" else BRANCH
        context = {
            "github.event_name": event,
            "github.ref": ref,
            "github.sha": self._find_head(),
            "github.event.pull_request.base.sha": self._find_base(),
            "github.run_id": str(self._runs),
            "github.run_attempt": "1",
            **{f"vars.{name}": value for name, value in self._variables.items()},
            **{f"secrets.{name}": value for name, value in self._variables.items()},
        }
        done = Run({}, "")
        for name, job in self._read(".forgejo/workflows/site.yml", ".github/workflows/site.yml")[
            "jobs"
        ].items():
            done = self._run_job(name, job, context, done)
        return done

    def start_pipeline(self, source: str) -> Run:
        """Run the pipeline of GitLab from a source: ``push``, ``schedule``, a merge request."""
        self._runs += 1
        pipeline = self._read(".gitlab-ci.yml")
        name = "check" if source == "merge_request_event" else "pages"
        job = pipeline[name]
        folder = self._check_out()
        if kept := self.caches.get(job["cache"]["key"]):
            shutil.copytree(kept, folder, dirs_exist_ok=True, symlinks=True)
        script = "\n".join(job["script"]).replace("/tmp/", f"{self._temporary}/")  # noqa: S108 (the path in the file)
        values = {"CI_PIPELINE_SOURCE": source, "CI_COMMIT_SHA": self._find_head()}
        if source == "merge_request_event":
            values["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = self._find_base()
            values["CI_MERGE_REQUEST_PROJECT_URL"] = str(self.repository).removesuffix(".git")
        ran = self._run(script, folder, values)
        result = "success" if ran.returncode == 0 else "failure"
        if ran.returncode == job.get("allow_failure", {}).get("exit_codes"):
            result = "nothing"
        if result == "success" and job["cache"].get("policy") != "pull":
            self._keep(job["cache"]["key"], job["cache"]["paths"], folder)
        if result == "success" and name == "pages":
            self._show(folder / job["artifacts"]["paths"][0])
        report = folder / job["artifacts"]["reports"]["codequality"]
        text = report.read_text("utf-8") if report.exists() else ""
        page = folder / "changes.html"
        told = page.read_text("utf-8") if name == "check" and page.exists() else ""
        return Run({name: result}, ran.stdout, text, page=told)

    def _read(self, *paths: str) -> dict[Any, Any]:
        for path in paths:
            command = ["git", "-C", str(self.repository), "show", f"main:{path}"]
            shown = subprocess.run(command, check=False, capture_output=True, text=True)
            if shown.returncode == 0:
                found: dict[Any, Any] = yaml.safe_load(shown.stdout)
                return found
        raise FileNotFoundError(paths)

    def _find_head(self) -> str:
        return self._resolve("main")

    def _find_base(self) -> str:
        """Return the commit at which a proposal begins: the last one is the proposal."""
        return self._resolve("main^") or self._resolve("main")

    def _resolve(self, name: str) -> str:
        command = ["git", "-C", str(self.repository), "rev-parse", "--verify", "--quiet", name]
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()

    def _check_out(self) -> Path:
        folder = self._folder / f"run{self._runs}" / str(len(list(self._folder.glob("run*/*"))))
        folder.mkdir(parents=True)
        subprocess.run(["git", "clone", "-q", self.repository, folder], check=True)
        return folder

    def _run_job(self, name: str, job: dict[str, Any], context: dict[str, str], done: Run) -> Run:
        needed = [job["needs"]] if "needs" in job else []
        condition = str(job.get("if", ""))
        wanted = _evaluate(condition, context) if condition else True
        if not wanted or ("cancelled()" not in condition and not _succeeded(needed, done)):
            context[f"needs.{name}.result"] = "skipped"
            return done._replace(results={**done.results, name: "skipped"})
        folder = self._folder / f"run{self._runs}" / name
        folder.mkdir(parents=True)
        log, result, paths = done.log, "success", [str(self.programs)]
        summary, page = done.summary, done.page
        for number, step in enumerate(job["steps"]):
            own = step.get("id", str(number))
            if not _evaluate(str(step.get("if", "True")), context):
                context[f"steps.{own}.outcome"] = "skipped"
                continue
            if "uses" in step:
                self._act(step, folder, context)
                if step["uses"].startswith("actions/upload-artifact@"):
                    page = (folder / step["with"]["path"]).read_text("utf-8")
                continue
            given = folder.parent / f"{name}-{number}"
            names = {
                "GITHUB_OUTPUT": "output",
                "GITHUB_PATH": "path",
                "GITHUB_STEP_SUMMARY": "summary",
            }
            files = {variable: given / name for variable, name in names.items()}
            given.mkdir()
            for file in files.values():
                file.touch()
            values = {key: _fill(value, context) for key, value in step.get("env", {}).items()}
            environment = {**values, **{key: str(file) for key, file in files.items()}}
            ran = self._run(step["run"], folder, environment, paths)
            log += ran.stdout
            summary += files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
            paths = [*files["GITHUB_PATH"].read_text("utf-8").split(), *paths]
            for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
                key, _, value = line.partition("=")
                context[f"steps.{own}.outputs.{key}"] = value
            context[f"steps.{own}.outcome"] = "failure" if ran.returncode else "success"
            if ran.returncode and not step.get("continue-on-error"):
                result = "failure"
                break
        context[f"needs.{name}.result"] = result
        for key, value in job.get("outputs", {}).items():
            context[f"needs.{name}.outputs.{key}"] = _fill(value, context)
        return Run({**done.results, name: result}, log, done.report, summary, page)

    def _act(self, step: dict[str, Any], folder: Path, context: dict[str, str]) -> None:
        action = step["uses"].partition("@")[0]
        given = {key: _fill(str(value), context) for key, value in step.get("with", {}).items()}
        match action:
            case "actions/checkout":
                shutil.copytree(self._check_out(), folder, dirs_exist_ok=True)
            case "actions/cache/restore":
                prefixes = (given["key"], *given["restore-keys"].split())
                keys = [key for key in reversed(self.caches) if key.startswith(prefixes)]
                if keys:
                    shutil.copytree(self.caches[keys[0]], folder, dirs_exist_ok=True, symlinks=True)
            case "actions/cache/save":
                self._keep(given["key"], given["path"].split(), folder)
            case "actions/upload-pages-artifact":
                shutil.copytree(folder / given["path"], self._folder / f"artifact{self._runs}")
            case "actions/deploy-pages":
                self._show(self._folder / f"artifact{self._runs}")
            case "actions/setup-python" | "actions/upload-artifact":
                pass
            case _:
                raise NotImplementedError(action)

    def _keep(self, key: str, paths: list[str], folder: Path) -> None:
        kept = self._folder / f"cache-{self._runs}-{len(self.caches)}"
        kept.mkdir(exist_ok=True)
        for each in paths:
            if (folder / each).is_dir():
                shutil.copytree(folder / each, kept / each, symlinks=True, dirs_exist_ok=True)
            else:
                shutil.copy2(folder / each, kept / each)
        self.caches.pop(key, None)
        self.caches[key] = kept

    def _show(self, folder: Path) -> None:
        shutil.rmtree(self.seen, ignore_errors=True)
        shutil.copytree(folder, self.seen)

    def _run(
        self, script: str, folder: Path, values: dict[str, str], paths: list[str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        # Nothing of this environment is found: only what the workflow installs is sitegen.
        path = ":".join([*(paths or [str(self.programs)]), "/usr/bin", "/bin"])
        ours = ("GITHUB_", "CI", "PYTHON", "VIRTUAL_ENV", "SITEGEN_")
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(ours)},
            **values,
            "PATH": path,
            "HOME": str(self._temporary),
            "LANG": "C.UTF-8",
            "LATER": str(self.later),
            "RUNNER_TEMP": str(self._temporary),
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=folder,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_TIMEOUT_SECONDS,
        )


def _succeeded(names: list[str], done: Run) -> bool:
    return all(done.results[name] == "success" for name in names)


def _fill(text: str, context: dict[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: str(_evaluate(found[1], context)), text)


def _evaluate(expression: str, context: dict[str, str]) -> object:
    """Return the value of an expression of the few kinds that the workflows have."""
    bare = found[1] if (found := _EXPRESSION.fullmatch(expression)) else expression
    python = _NAME.sub(lambda name: repr(context.get(name[0], "")), bare.strip())
    for theirs, ours in (("!cancelled()", "True"), ("&&", " and "), ("||", " or ")):
        python = python.replace(theirs, ours)
    return eval(python, {"__builtins__": {}})  # noqa: S307 (of files in this repository)
