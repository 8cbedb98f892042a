"""The HTTP server: health, figures, headers, and who may ask."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web
from prometheus_client import CollectorRegistry, Counter

from bot.channel import Misconfigured
from bot.web import Web


@asynccontextmanager
async def serving(
    host: str = "127.0.0.1", reasons: list[str] | None = None
) -> AsyncIterator[tuple[Web, ClientSession]]:
    async def health() -> list[str]:
        return reasons or []

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="Guten Tag")

    metrics = CollectorRegistry()
    Counter("arrivals", "Arrivals", registry=metrics).inc(3)
    server = Web(host, 0, health=health, metrics=metrics)
    server.add_routes([web.get("/page", answer), web.post("/page", answer)])
    server.add_routes([web.post("/hook", answer)], public=True)
    await server.start()
    async with ClientSession() as session:
        try:
            yield server, session
        finally:
            await server.stop()


async def test_healthy() -> None:
    async with serving() as (server, session), session.get(f"{server.url}/healthz") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok"})


async def test_unhealthy_with_reasons() -> None:
    reasons = ["The database does not answer.", "Telegram is not connected."]
    async with serving(reasons=reasons) as (server, session), session.get(f"{server.url}/healthz") as response:
        assert response.status == 503
        assert await response.json() == {"status": "unavailable", "reasons": reasons}


async def test_metrics() -> None:
    async with serving() as (server, session), session.get(f"{server.url}/metrics") as response:
        assert response.content_type == "text/plain"
        assert "arrivals_total 3.0" in await response.text()


@pytest.mark.parametrize("path", ["/page", "/healthz", "/nowhere"])
async def test_every_answer_carries_the_headers(path: str) -> None:
    async with serving() as (server, session), session.get(server.url + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/page", {"Host": "localhost"}, 200),
        ("GET", "/page", {"Host": "127.0.0.1:9999"}, 200),
        ("GET", "/page", {"Host": "[::1]:80"}, 200),
        ("GET", "/page", {"Host": "example.org"}, 403),
        ("GET", "/page", {"Host": "127.0.0.1.example.org"}, 403),
        ("GET", "/page", {"Host": "[::1"}, 403),
        ("GET", "/nowhere", {"Host": "example.org"}, 403),
        ("GET", "/metrics", {"Host": "example.org"}, 403),
        ("GET", "/healthz", {"Host": "example.org"}, 200),
        ("POST", "/hook", {"Host": "example.org"}, 200),
        ("POST", "/page", {}, 200),
        ("POST", "/page", {"Origin": "http://example.org"}, 403),
        ("POST", "/page", {"Origin": "null"}, 403),
        ("POST", "/hook", {"Origin": "http://example.org"}, 403),
        ("POST", "/page", {"Host": "localhost:7", "Origin": "http://localhost:7"}, 200),
        ("GET", "/page", {"Origin": "http://example.org"}, 200),
        ("GET", "/page", {"Origin": "http://example.org", "Connection": "Upgrade", "Upgrade": "websocket"}, 403),
    ],
)
async def test_who_may_ask(method: str, path: str, headers: dict[str, str], status: int) -> None:
    async with serving() as (server, session), session.request(method, server.url + path, headers=headers) as response:
        assert response.status == status


async def test_open_to_the_network_any_name_may_be_used() -> None:
    async with serving("0.0.0.0") as (server, session):
        assert server.url == f"http://127.0.0.1:{server.port}"
        async with session.get(f"{server.url}/page", headers={"Host": "example.org"}) as response:
            assert response.status == 200


async def test_a_taken_port_is_said_in_one_sentence() -> None:
    async with serving() as (server, _session):
        second = Web("127.0.0.1", server.port, health=lambda: None, metrics=CollectorRegistry())  # type: ignore[arg-type, return-value]
        with pytest.raises(Misconfigured, match=r"^web-taken$") as refused:
            await second.start()
        assert refused.value.values == {"address": f"127.0.0.1:{server.port}"}
        await second.stop()


async def test_a_foreign_address_is_said_in_one_sentence() -> None:
    server = Web("192.0.2.1", 0, health=lambda: None, metrics=CollectorRegistry())  # type: ignore[arg-type, return-value]
    with pytest.raises(Misconfigured, match=r"^web-address$"):
        await server.start()


async def test_it_can_be_stopped_twice_and_frees_its_port() -> None:
    async with serving() as (server, session):
        url, port = server.url, server.port
        await server.stop()
        await server.stop()
        again = Web("127.0.0.1", port, health=lambda: None, metrics=CollectorRegistry())  # type: ignore[arg-type, return-value]
        await again.start()
        async with session.get(f"{url}/metrics") as response:
            assert response.status == 200
        await again.stop()
