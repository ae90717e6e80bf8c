// Asks the server. Every page is one question.
import { useEffect, useState } from "preact/hooks";
import type { TypedDocumentString } from "./gql/graphql";
import { root } from "./address";

export type Question<R, V> = { document: TypedDocumentString<R, V>; variables: V };

/** What became of a question. Options may change while an older answer is still shown. */
export type Answer<R> =
  | { state: "waiting"; data?: R }
  | { state: "answered"; data: R }
  | { state: "failed"; error: Error; data?: R };

/** The address that asks a question, by GET so that caches between here and the server may keep the answer. */
function address<R, V>({ document, variables }: Question<R, V>): URL {
  const asked = new URL("graphql", root);
  asked.searchParams.set("query", document.toString());
  asked.searchParams.set("variables", JSON.stringify(variables));
  return asked;
}

/** Where the explorer shows a question. */
export function inExplorer<R, V>({ document, variables }: Question<R, V>): string {
  const asked = new URL("explorer/", root);
  asked.searchParams.set("query", document.toString().trim());
  asked.searchParams.set("variables", JSON.stringify(variables));
  return asked.href;
}

/** Where all rows of a list are one CSV file. The document has the list's cursor in a variable. */
export function asFile<R, V>({ document, variables }: Question<R, V>): string {
  const asked = new URL("graphql.csv", root);
  asked.searchParams.set("query", document.toString().trim());
  asked.searchParams.set("variables", JSON.stringify(variables));
  // The file is named after it.
  const [, name] = document.toString().match(/query (\w+)/) ?? [];
  if (name) asked.searchParams.set("operationName", name);
  return asked.href;
}

/** The server's sentence, its code for programs, and whether it read the question first: then a value in it is wrong, not its fields. */
export class Refused extends Error {
  constructor(message: string, readonly code: string, readonly wasRead: boolean) {
    super(message);
  }
}

type Body = { data?: unknown; errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[] };

export async function ask<R, V>(question: Question<R, V>, signal?: AbortSignal): Promise<R> {
  const headers = { accept: "application/graphql-response+json" };
  const response = await fetch(address(question), { headers, signal: signal ?? null }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new Error("The server does not answer. Is it running, and are you online?");
  });
  const body: Body = await response.json().catch(() => ({}));
  const [error] = body.errors ?? [];
  if (error) throw new Refused(error.message, error.extensions?.code ?? "", error.path !== undefined);
  if (!body.data) throw new Error(`The server answered with status ${response.status}.`);
  return body.data as R;
}

/** The latest answers, by their questions. */
const recent = new Map<string, unknown>();

function remember(key: string, data: unknown) {
  recent.delete(key);
  recent.set(key, data);
  const [oldest] = recent.keys();
  if (recent.size > 20 && oldest !== undefined) recent.delete(oldest);
}

/** The answer to a question, asked again whenever the question changes or `retry` is called. */
export function useAnswer<R, V>(question: Question<R, V>): [Answer<R>, () => void] {
  const { document, variables } = question;
  const key = address(question).search;
  // Whoever goes back finds the page at once, and where they left it.
  const [answer, setAnswer] = useState<Answer<R>>(() => (recent.has(key) ? { state: "waiting", data: recent.get(key) as R } : { state: "waiting" }));
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    setAnswer(({ data }) => (data ? { state: "waiting", data } : { state: "waiting" }));
    ask(question, controller.signal).then(
      (data) => {
        remember(key, data);
        setAnswer({ state: "answered", data });
      },
      (error: Error) => controller.signal.aborted || setAnswer(({ data }) => ({ state: "failed", error, ...(data && { data }) })),
    );
    return () => controller.abort();
  }, [document, JSON.stringify(variables), attempt]);
  return [answer, () => setAttempt(attempt + 1)];
}
