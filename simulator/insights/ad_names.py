"""Names of ads and ad sets, as short as they can be without being taken for another's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def set_titles(table: pd.DataFrame) -> list[str]:
    """Each row's ad set: its name, with the campaign before it where two campaigns have a set of that name.

    >>> import pandas as pd
    >>> set_titles(pd.DataFrame({"campaign_name": ["a", "b", "b"], "adset_name": ["x", "x", "y"]}))
    ['a / x', 'b / x', 'y']
    """
    campaigns = table.groupby("adset_name")["campaign_name"].nunique()
    return [_title(row, int(campaigns[row["adset_name"]])) for row in table.to_dict("records")]


def _title(row: Mapping[Any, Any], campaigns: int) -> str:
    name = str(row["adset_name"])
    return f"{row['campaign_name']} / {name}" if campaigns > 1 else name
