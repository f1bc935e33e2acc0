"""Writers of result files in the layouts that people have; the demo set; the templates to fill in.

`write_demo_files(folder, seed)` writes everything about the fictional municipality and returns a `DemoManifest`.
"""

from msoko.foundation.documents.result_files.demo import write_demo_files
from msoko.foundation.documents.result_files.manifest import DemoCampaign, DemoFile, DemoManifest, FileKind

__all__ = ["DemoCampaign", "DemoFile", "DemoManifest", "FileKind", "write_demo_files"]
