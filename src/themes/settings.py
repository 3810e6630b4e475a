"""The few settings that belong to the machine rather than to a corpus, read from the environment."""

from pathlib import Path

from platformdirs import user_cache_path
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are on this machine. Each is one environment variable, `THEMES_` and the name.

    The model settings take a local folder or file with which the packaged model is replaced.
    """

    model_config = SettingsConfigDict(env_prefix="THEMES_", extra="ignore")

    vault: Path | None = None
    """The folder of the vault; default: the user's data folder, `themes/<random corpus id>`."""
    key_file: Path | None = None
    """The key of the vault; default: the user's configuration folder, made at first use with mode 0600."""
    spacy_model: str | None = None
    """An installed spaCy package such as "en_core_web_md", or a folder."""
    cache: Path | None = None
    """Where what was made from models alone is kept; default: the user's cache folder. Nothing in it is personal."""
    review_db: str | None = None
    """Where decisions are kept: "postgresql://name@host/database", or the path of a SQLite file; default: a SQLite
    file in the corpus's outputs."""
    remote_dask: bool = False
    """Whether a Dask scheduler may be on another machine."""


def settings() -> Settings:
    """The settings as the environment has them now."""
    return Settings()


def cache_folder() -> Path:
    """The folder for what can be made again from the models at any time."""
    return settings().cache or user_cache_path("themes")
