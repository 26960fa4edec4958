"""The picture of the README, made from a real month: ``python -m docs.pictures.make``.

Needs Chromium (``sudo apt install chromium``) or Chrome; without one it says so and changes nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from simulator import Playbook, load_client, run_month
from simulator.insights.month import yardsticks
from simulator.insights.report import write_report

PICTURE = Path(__file__).with_name("report.png")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, HEIGHT = 1120, 1384
CLIENT = "online-shop"
SHOWN = ("key", "pictures")
"""The sections of the report that the picture shows; it would be too long with all."""


def real_report(folder: Path) -> Path:
    """The report of the shipped example of the online shop, cut to the sections that are shown."""
    client = load_client(CLIENT)
    with resources.as_file(resources.files("simulator") / "data" / "examples" / CLIENT) as example:
        playbook = Playbook.read(example, client=client)
    month = run_month(client, playbook)
    beside = yardsticks(month)
    report = write_report(
        month.insights, folder, nothing=beside.nothing, before=beside.before, idle=beside.idle
    )
    others = "".join(f":not([aria-labelledby={name}])" for name in SHOWN)
    hidden = f"<style>section{others} {{ display: none }}</style>"
    report.write_text(report.read_text("utf-8").replace("</head>", f"{hidden}</head>"), "utf-8")
    return report


def photograph(browser: str, report: Path, picture: Path) -> None:
    """A picture of ``report``, as a browser shows it on paper-coloured ground."""
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        command += ["--hide-scrollbars", f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={profile}"]
        command += [f"--screenshot={picture}", report.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> int:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no picture made: none of {', '.join(BROWSERS)} is installed")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        photograph(browser, real_report(Path(folder)), PICTURE)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
