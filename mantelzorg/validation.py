"""Fits a document into a pydantic model."""
from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """The base of every model of a content file: unknown keys are refused, values are not converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)
