// What all pages share: a title, a question, and what is shown while there is no answer, or none that anyone wants.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { inExplorer, Refused, useAnswer, type Question } from "../ask";
import { usePlace, withoutOptions } from "../address";
import { graphql } from "../gql";
import { Link } from "./Link";
import { itemLink } from "./items";

/** A page that shows the answer to a question. `show` gives null for what does not exist. */
export function Page<R, V>({ question, show, sought }: {
  question: Question<R, V>;
  show: (data: R) => { title: string; body: ComponentChildren } | null;
  sought?: string;
}) {
  const [answer, retry] = useAnswer(question);
  const shown = answer.data && show(answer.data);
  const error = answer.state === "failed" ? answer.error : undefined;
  const { place } = usePlace();
  // Without choices in the address, only its slug can be wrong.
  const isMissing = answer.data ? !shown : isRefused(error) && error.wasRead && place.options.size === 0;
  const isShown = Boolean(shown);
  // Whoever opens the address of a part of a list sees that part.
  useEffect(() => {
    if (isShown) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isShown]);
  useTitle(shown?.title ?? (isMissing ? undefined : error ? "No answer" : "Loading"));
  if (isMissing) return <NotFound slug={sought ?? ""} />;
  if (error && !answer.data) return <><h1>No answer</h1><Failed error={error} retry={retry} /></>;
  if (!answer.data) return <p class="waiting" role="status">Loading…</p>;
  if (!shown) return null;
  return (
    <div aria-busy={answer.state === "waiting"}>
      {error && <Failed error={error} retry={retry} />}
      {shown.body}
      <p class="source"><a href={inExplorer(question)}>Open this page's question in the explorer</a></p>
    </div>
  );
}

const isRefused = (error: Error | undefined): error is Refused => error instanceof Refused && error.code === "BAD_USER_INPUT";

/** The server's sentence. What it refused because of a choice in the address can be had without. */
function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const { place } = usePlace();
  return (
    <div class="failed" role="alert">
      <p>{error.message}</p>
      {isRefused(error) && error.wasRead && place.options.size > 0
        ? <p><Link to={withoutOptions(place)}>Show this page without the choices in its address</Link></p>
        : <button type="button" onClick={retry}>Try again</button>}
    </div>
  );
}

export function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title) document.title = `${title} – Podium`;
  }, [title]);
}

const NearDocument = graphql(`
  query Near($text: String!) {
    search(text: $text, first: 8) {
      hits {
        item {
          __typename
          ... on Named { name slug }
        }
      }
    }
  }
`);

/** A page for an address that names nothing, with what has a similar name. `children` is what else is near. */
export function NotFound({ slug, children }: { slug: string; children?: ComponentChildren }) {
  const text = slug.split("/").slice(0, 2).join(" ").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  useTitle("Not found");
  return (
    <>
      <h1>There is nothing here</h1>
      <p>No page has this address. The search at the top finds athletes, events, Games, nations and sports.</p>
      {children}
      {text.length > 1 && <Near text={text} />}
      <p><Link to="">All Games</Link></p>
    </>
  );
}

function Near({ text }: { text: string }) {
  const [answer] = useAnswer({ document: NearDocument, variables: { text } });
  const links = answer.data?.search.hits.map(({ item }) => itemLink(item)).filter((link) => link !== undefined) ?? [];
  if (links.length === 0) return null;
  return (
    <>
      <h2>Did you mean…</h2>
      <ul>{links.map(({ to, name, kind }) => <li key={to}><Link to={to}>{name}</Link> <span class="note">{kind}</span></li>)}</ul>
    </>
  );
}
