// GraphQL over HTTP: every audit of graphql-http is content with the program as it runs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { getIntrospectionQuery } from "graphql";
import { serverAudits } from "graphql-http";
import { start } from "./podium.mjs";

let podium;
before(async () => (podium = await start()));
after(() => podium?.stop());

// The audits only hand the address on, which is known when they run.
for (const audit of serverAudits({ url: () => `${podium.url}/graphql` })) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, "ok", result.reason);
  });
}

test("there are as many audits as ever", () => assert.equal(serverAudits({ url: "" }).length, 61));

test("what tools ask of the schema is within its budget", async () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, schemaDescription: true, specifiedByUrl: true });
  const response = await fetch(`${podium.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  assert.ok(data.__schema.types.some((type) => type.name === "Athlete" && type.description));
});
