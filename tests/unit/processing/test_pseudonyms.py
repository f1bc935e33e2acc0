"""Keyed hashes of participants."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from msoko.foundation.processing.pseudonyms import participant_key, participant_keys, random_secret


def test_key_is_hmac_sha256_of_campaign_organization_and_code():
    expected = hmac.new(b"secret", "ВПР\x1f7\x1f40001".encode(), hashlib.sha256).digest()[:16]
    assert participant_key(b"secret", "ВПР", 7, "40001") == expected


def test_bulk_equals_single():
    pairs = [(1, "40001"), (2, "40001"), (1, "40002")]
    assert participant_keys(b"s", "c", pairs) == b"".join(participant_key(b"s", "c", *pair) for pair in pairs)


@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_secrets_of_any_length_give_the_same_keys_in_bulk(length):
    secret = bytes(range(200))[:length]
    assert participant_keys(secret, "ВПР", [(7, "40001")]) == participant_key(secret, "ВПР", 7, "40001")


def test_campaign_organization_code_and_secret_all_matter():
    keys = {
        participant_key(b"s", "c", 1, "40001"), participant_key(b"s", "c", 1, "40002"),
        participant_key(b"s", "c", 2, "40001"), participant_key(b"s", "d", 1, "40001"),
        participant_key(b"t", "c", 1, "40001"), participant_key(b"s", "c", 14, "0001"),
    }  # fmt: skip
    assert len(keys) == 6


def test_random_secrets_differ():
    assert random_secret() != random_secret()
