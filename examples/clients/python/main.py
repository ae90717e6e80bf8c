"""Prints the medal table of a Games and the medals of an athlete."""

import os
import sys

import httpx

from podium_client import Client, GraphQLClientGraphQLMultiError, MedalRanking, MedalTableOptions

URL = os.environ.get("PODIUM_URL", "http://127.0.0.1:8000/graphql")


def main(games: str = "2012-summer", athlete: str = "chris-hoy") -> None:
    client = Client(URL)
    table = client.medal_table([games], MedalTableOptions(ranking=MedalRanking.TOTAL)).medal_table
    print(f"Medals of {games}{'' if table.complete else ', as far as loaded'}")
    for row in table.rows:
        print(f"{row.rank_text or '–':>4} {row.nation.name:<20} {row.gold:>3} {row.silver:>3} {row.bronze:>3} {row.total:>4}")

    found = client.medals(athlete).athlete
    if found is None:
        sys.exit(f'there is no athlete "{athlete}"')
    print(f"\n{found.name}, born {found.born.text if found.born else 'on an unknown day'}")
    for award in found.medals:
        print(f"{award.medal.value:<6} {award.event.name}, {award.games.name}{f', {award.won_on:%d %B %Y}' if award.won_on else ''}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except GraphQLClientGraphQLMultiError as error:
        sys.exit(str(error))
    except httpx.TransportError:
        sys.exit(f"no Podium at {URL}: start one with `make run`")
