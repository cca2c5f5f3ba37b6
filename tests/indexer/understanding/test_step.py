"""indexer.understanding.step: what was collected waits until the step has understood it, by today's recipe."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from config.settings import Settings
from indexer.catalogue.intake import take_in
from indexer.catalogue.items import Candidate
from indexer.records import understood
from indexer.records.database import Database
from indexer.records.findings import findings
from indexer.understanding.prepared import load_recipe
from indexer.understanding.step import make
from indexer.whitelist.records import Channel

TAXONOMY = """
version: 1
topics:
  - {id: water, label: 节水, label_en: Water, prototypes: [节约用水], keywords: [节水]}
audiences:
  - {id: youth, label: 青少年, label_en: Youth, prototypes: [孩子们], keywords: [孩子]}
districts:
  - {id: haidian, label: 海淀区, short: 海淀, row: 1, column: 2, in_text: [海淀]}
"""


def test_a_version_waits_until_the_step_has_understood_it(
    database: Database, channel: Channel, make_candidate: Callable[..., Candidate], tmp_path: Path, now: datetime
) -> None:
    small = tmp_path / "taxonomy.yaml"  # the shipped one has hundreds of texts to embed
    small.write_text(TAXONOMY, encoding="utf-8")
    settings = Settings(data_folder=tmp_path / "data", taxonomy_file=small)
    step = make(settings, database)
    before = step.waits()
    item = take_in(database, make_candidate(channel=channel.id, text="联系人手机13800000000。" * 3), now=now).item
    assert item is not None

    assert (before, step.waits()) == (False, True)
    assert (step.do(), step.waits()) == (1, False)
    with database.reading() as tx:
        assert "phone-number" in {finding.rule for finding in findings(tx, item, 1)}
        assert understood.recipes(tx, [item]) == {(item, 1): load_recipe(settings).text}
