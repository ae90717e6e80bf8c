// GraphQL over HTTP: every audit of graphql-http is content with the program as it runs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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
