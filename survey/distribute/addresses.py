"""The addresses that are given out. They begin with the BASE_URL setting, never with what a request claims."""

from __future__ import annotations


def open_address(base_url: str, code: str) -> str:
    return f"{base_url}/s/{code}"


def kiosk_address(base_url: str, code: str) -> str:
    return f"{base_url}/k/{code}"


def personal_address(base_url: str, token: str) -> str:
    return f"{base_url}/i/{token}"


def spoken(address: str) -> str:
    """As people read it from paper and type it."""
    return address.split("://", 1)[-1]
