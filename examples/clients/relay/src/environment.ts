// Relay's store, filled by Podium.
import { Environment, Network, RecordSource, Store, type GraphQLResponse, type RequestParameters, type Variables } from "relay-runtime";

const url = process.env.PODIUM_URL ?? "http://127.0.0.1:8000/graphql";

async function ask({ text }: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: text, variables }),
  }).catch(() => Promise.reject(new Error(`no Podium at ${url}: start one with \`make run\``)));
  const answer = (await response.json()) as GraphQLResponse & { errors?: { message: string }[] };
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  return answer;
}

export const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
