"""The demo set written once and read once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake import read_file
from intake.contracts import FileReading
from msoko.foundation.documents.result_files import DemoFile, DemoManifest, FileKind, write_demo_files
from qualimetry.synthetic import Municipality, SyntheticCampaign, build_municipality, campaigns


@pytest.fixture(scope="session")
def municipality() -> Municipality:
    return build_municipality()


@pytest.fixture(scope="session")
def found(municipality: Municipality) -> dict[str, SyntheticCampaign]:
    return {campaign.key: campaign for campaign in campaigns(municipality)}


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> DemoManifest:
    return write_demo_files(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def read(manifest: DemoManifest) -> Callable[[DemoFile], FileReading]:
    """Reading of a file of the demo under its path inside the set."""

    def read_one(file: DemoFile) -> FileReading:
        return read_file(str(file.path.relative_to(manifest.folder)), file.path.read_bytes())

    return read_one


@pytest.fixture(scope="session")
def readings(manifest: DemoManifest, read: Callable[[DemoFile], FileReading]) -> list[tuple[DemoFile, FileReading]]:
    return [(file, read(file)) for file in manifest.of_kind(FileKind.RESULTS)]
