"""The schools and the people of a cluster as files: what their pages show to the same reader."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from fastapi import Response

from kit.paths import Router
from kit.written_sheets import Cell, SheetKind
from web import languages
from web.clients.clusters.clusters import Cluster, Clusters, Colleague, MemberSchool
from web.sheets import Register, Rows, in_columns, numbers_of, registers_of, sheet_file
from web.visit import SignedIn, Visit
from web.words import word

OF_PEOPLE = ("title_before", "person", "title_after", "school", "role", "subjects", "languages")
routes = Router(prefix="/clusters/{cluster_id}")


@routes.get("/schools.{suffix}")
async def schools(visit: SignedIn, cluster_id: UUID, suffix: SheetKind) -> Response:
    cluster = await visit.ask(Clusters).show(cluster_id)
    return await sheet_file(visit, suffix, [cluster.name], "schools", partial(composition, cluster))


async def composition(cluster: Cluster) -> Rows:
    """The schools with their numbers, and what these are together."""
    registers = registers_of(numbers_of(school.official_ids) for school in cluster.schools)
    headings = [
        word("schools_column", "name"), *(scheme for scheme, _ in registers), word("sheet_column", "role"),
        *(word("schools_column", name) for name in ("town", "website", "year", "students", "teachers")),
        word("sheet_column", "here"),
    ]  # fmt: skip
    sums = [word("sheet_column", "together"), *[None] * (len(headings) - 4)]
    return [
        headings,
        *(_school(school, registers) for school in cluster.schools),
        [*sums, cluster.total("students"), cluster.total("teachers"), cluster.people],
    ]


def _school(school: MemberSchool, registers: list[Register]) -> Sequence[Cell]:
    numbers = in_columns(numbers_of(school.official_ids), registers)
    return [
        school.name, *numbers, word("school_role", school.role), school.town, school.website, school.year,
        school.students, school.teachers, school.people,
    ]  # fmt: skip


@routes.get("/people.{suffix}")
async def people(visit: SignedIn, cluster_id: UUID, suffix: SheetKind) -> Response:
    cluster = await visit.ask(Clusters).show(cluster_id)
    return await sheet_file(visit, suffix, [cluster.name], "people", partial(colleagues, visit, cluster_id))


async def colleagues(visit: Visit, cluster_id: UUID) -> Rows:
    found = await visit.ask(Clusters).everybody(cluster_id)
    return [[word("sheet_column", name) for name in OF_PEOPLE], *map(_colleague, found)]


def _colleague(one: Colleague) -> Sequence[Cell]:
    spoken = ", ".join(map(languages.language_named, one.languages))
    return [
        one.title_before, one.name, one.title_after, one.school, word("staff_role", one.role),
        ", ".join(one.subjects), spoken,
    ]  # fmt: skip
