"""Which topic a word means that is none: the one that has it among its own words."""

from __future__ import annotations

from simulator.errors import did_you_mean
from simulator.playbook.captions import topics_heard
from simulator.texts import say
from simulator.world.clients import Client


def topic_hint(value: str, client: Client) -> str:
    """The topic that speaks of ``value``, else the one whose name or title looks like it, else all.

    >>> from simulator.world.clients import load_client
    >>> topic_hint("braids", load_client("salon"))
    'did you mean "hair"?'
    """
    heard = topics_heard(value, client)
    titled = {topic.title.casefold(): topic.name for topic in client.file.topics}
    meant = titled.get(" ".join(value.split()).casefold()) or next(iter(heard), "")
    return say("problems.did_you_mean", name=meant) if meant else did_you_mean(value, client.topic_names)
