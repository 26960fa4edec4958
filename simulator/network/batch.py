"""A batch: things that happen together, as columns of equal length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Batch:
    """Base of frozen dataclasses whose fields are all columns."""

    def only(self, chosen: NDArray[Any]) -> Self:
        """The rows at these positions, or where a mask is true."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several batches as one; at least one part is needed to know the columns' kinds."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))
