"""config.reference: docs/settings.md is the page generated from the settings."""

from pathlib import Path

from config.reference import render

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_settings_page_is_the_one_generated_from_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == render()


def test_a_row_says_values_bounds_and_default() -> None:
    rows = {line.split("`")[1]: line for line in render().splitlines() if line.startswith("| `")}

    assert rows["CARNIVAL_PORT"].startswith("| `CARNIVAL_PORT` | whole number, ≥ 1, ≤ 65535 | `8080` |")
    assert rows["CARNIVAL_LOG_JSON"].startswith("| `CARNIVAL_LOG_JSON` | true or false | `false` |")
    assert "| `config/shipped/policy.yaml` |" in rows["CARNIVAL_POLICY_FILE"]
