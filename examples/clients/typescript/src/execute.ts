import type { TypedDocumentString } from "./gql/graphql.js";

const url = process.env.PODIUM_URL ?? "http://127.0.0.1:8000/graphql";

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

// Asks a question whose variables and answer have the types that the generator read from it. Variables are left out
// where a document has none. All or nothing: an answer with errors is thrown away, though a page could show its `data`.
export async function execute<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  ...[variables]: Variables extends Record<string, never> ? [] : [Variables]
): Promise<Result> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json, application/json" },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch((cause: unknown) => {
    throw new Error(`no Podium at ${url}: start one with \`make run\``, { cause });
  });
  // Whatever the status: a GraphQL server says in the body what is wrong, a proxy in between does not.
  const { data, errors }: Answer<Result> = await response.json().catch(() => ({}));
  const error = errors?.[0];
  if (error) throw new Error(`${error.extensions?.code ?? "ERROR"}: ${error.message}`);
  if (!data) throw new Error(`no Podium at ${url}: the answer is not one of GraphQL, with status ${response.status}`);
  return data;
}
