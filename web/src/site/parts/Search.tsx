// The search in the header, which answers while one types: a combobox as WAI-ARIA describes it.
import { useEffect, useRef, useState } from "preact/hooks";
import { usePlace } from "../address";
import { ask } from "../ask";
import { graphql } from "../gql";
import { list } from "../words";
import { itemLink } from "./items";

const SearchDocument = graphql(`
  query Search($text: String!) {
    search(text: $text, kinds: [ATHLETE, EVENT, GAMES, NATION, SPORT], first: 10) {
      didYouMean
      hits {
        matchedText
        item {
          __typename
          ... on Named { name slug }
          ... on Athlete { nations { code } }
          ... on Event { discipline { name } }
        }
      }
    }
  }
`);

type Hit = { to: string; name: string; kind: string; matched: string };
type Found = { text: string; hits: Hit[]; note: string };

async function find(text: string, signal: AbortSignal): Promise<Found> {
  const { search } = await ask({ document: SearchDocument, variables: { text } }, signal);
  const hits = search.hits.flatMap(({ item, matchedText }) => {
    const link = itemLink(item);
    const kind = item.__typename === "Athlete" ? list(item.nations.map(({ code }) => code)) : item.__typename === "Event" ? item.discipline.name : link?.kind;
    return link && kind ? [{ ...link, kind, matched: matchedText === link.name ? "" : matchedText }] : [];
  });
  const note = search.didYouMean ? `Nothing is spelt like that. Did you mean ${search.didYouMean}?` : hits.length === 0 ? "Nothing found." : "";
  return { text, hits, note };
}

export function Search() {
  const { go } = usePlace();
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found>();
  const [chosen, setChosen] = useState(-1);
  const field = useRef<HTMLInputElement>(null);
  const sought = text.trim();

  useEffect(() => {
    setChosen(-1);
    if (!sought) return setFound(undefined);
    const controller = new AbortController();
    // Fast typists ask once.
    const wait = setTimeout(() => {
      const show = (found: Found) => {
        setChosen(-1);
        if (field.current?.matches(":focus")) setFound(found);
      };
      find(sought, controller.signal).then(show, (error: Error) => {
        if (!controller.signal.aborted) setFound({ text: sought, hits: [], note: error.message });
      });
    }, 120);
    return () => {
      clearTimeout(wait);
      controller.abort();
    };
  }, [sought]);

  const close = () => {
    setText("");
    setFound(undefined);
  };
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    close();
    go(hit.to);
  };
  // While a new answer is awaited, the old one is shown, but not chosen from.
  const hits = found?.hits ?? [];
  const isCurrent = found?.text === sought;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + hits.length + (chosen < 0 && step < 0 ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isCurrent) open(hits[Math.max(chosen, 0)]);
    } else if (event.key === "Escape") {
      close();
    }
  };
  return (
    <search class="search" onFocusOut={(event) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setFound(undefined);
    }}>
      <input
        ref={field} type="search" role="combobox" list={undefined} aria-label="Search athletes, events, Games, nations and sports" placeholder="Search: Bolt, Norway, 100 metres…"
        autocomplete="off" spellcheck={false} aria-expanded={found !== undefined} aria-controls="found" aria-autocomplete="list"
        aria-activedescendant={chosen >= 0 ? `found-${chosen}` : undefined}
        value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={onKeyDown}
      />
      <div class="found" hidden={!found}>
        {found?.note && <p role="status">{found.note}</p>}
        <ul id="found" role="listbox" aria-label="Found">
          {hits.map((hit, place) => (
            <li
              key={hit.to} id={`found-${place}`} role="option" aria-selected={place === chosen}
              onMouseDown={(event) => event.preventDefault()} onClick={() => open(hit)}
            >
              <span>{hit.name}{hit.matched && <span class="note"> {hit.matched}</span>}</span> <span class="note">{hit.kind}</span>
            </li>
          ))}
        </ul>
      </div>
    </search>
  );
}
