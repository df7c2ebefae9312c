"""`qawl mcp`, as an assistant starts it: a process that speaks the protocol over its standard input and output."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from desks import in_a_loop
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


def ask(record: Path, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers to these calls, in one session; at first the names of the tools."""
    answers: list[Any] = []

    async def talk() -> None:
        command = ["-c", "from qawl.cli.main import main; main()", "--db", str(record), "mcp"]
        async with (
            stdio_client(StdioServerParameters(command=sys.executable, args=command, env=dict(os.environ))) as (
                reading,
                writing,
            ),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            answers.append(sorted(tool.name for tool in (await session.list_tools()).tools))
            for name, arguments in calls:
                answers.append(await session.call_tool(name, arguments))

    in_a_loop(talk)
    return answers


def test_an_assistant_finds_and_cites_exact_words(filled: Path) -> None:
    tools, found = ask(filled, ("search", {"query": "سعر التذكرة", "speaker": "الخزامي"}))
    assert tools == ["cite", "line", "people", "person", "search", "versions"]
    first = found.structured_content["statements"][0]
    assert first["said"] == "لن نرفع أسعار التذاكر في السنة الأولى، وسنمنح الطلاب خصماً بنسبة أربعين في المئة"

    _, cited, versions, person, line = ask(
        filled,
        ("cite", {"statement": first["id"]}),
        ("versions", {"statement": first["id"]}),
        ("person", {"who": "سلمى العطار"}),
        ("line", {"who": "سلمى العطار", "about": "سد الغدير"}),
    )
    assert first["said"] in cited.structured_content["sentence"]
    assert cited.structured_content["outlet"] == "وكالة المرفأ للأنباء"
    assert versions.structured_content["versions"][0]["text"]
    assert person.structured_content["person"]["romanised"] == "Salma al-Attar"
    assert [entry["differs_from"] is not None for entry in line.structured_content["entries"]].count(True) == 1


def test_what_is_not_there_is_an_error_in_words(filled: Path) -> None:
    _, answer = ask(filled, ("cite", {"statement": "zzzzzzzzzz"}))
    assert answer.is_error
    assert "no such statement" in answer.content[0].text
