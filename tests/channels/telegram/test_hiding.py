"""What should not have been written before others is removed, where the group lets us."""

import logging

import pytest

from bot.channel import Receipt
from tests.channels.telegram.conftest import House


async def test_it_is_removed_where_the_bot_may(house: House) -> None:
    group = house.telegram.group("Runde", house.office, house.town, house.bot)
    house.office.promote(house.bot, group, ["can_delete_messages"])
    house.core.receipt = Receipt(hide=True)
    async with house.listening():
        written = house.town.say("/abstimmung 2", group)
        await house.until(lambda: written.id not in group.stored)


async def test_where_it_may_not_nothing_else_happens(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    group = house.telegram.group("Runde", house.office, house.town, house.bot)
    house.core.receipt = Receipt(hide=True)
    async with house.listening():
        written = house.town.say("/abstimmung 2", group)
        await house.until(lambda: "message not removed" in caplog.text)
        house.core.receipt = Receipt()
        house.town.say("/hilfe", group)
        await house.until(lambda: len(house.core.offered) >= 2)
    assert written.id in group.stored
