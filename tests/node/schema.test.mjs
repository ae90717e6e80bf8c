// The schema as a product: what linters say of it, and whether it keeps what the last release promised. Until the first release,
// `last_release.graphql` is the schema of 30 November 2026.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import graphql from "@graphql-eslint/eslint-plugin";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { ESLint } from "eslint";
import { buildSchema } from "graphql";
import { root } from "./podium.mjs";

const read = (file) => readFileSync(join(root, file), "utf8");

const { "flat/schema-recommended": recommended, "flat/schema-relay": relay } = graphql.configs;
const rules = {
  ...recommended.rules,
  ...relay.rules,
  // Marks, dates, tallies and other values have no identity; what has one is a `Node`.
  "@graphql-eslint/strict-id-in-types": "off",
  // A list that does not grow, such as the medals of an edition, is a list; a row of a medal table is no node.
  "@graphql-eslint/relay-edge-types": ["error", { shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
};
// What stays as it is, with the reason.
const exceptions = [
  // A field of `Competitor`, which is an athlete or a team.
  'Field "athletes" starts with the name of the parent type "Athlete"',
];

async function findings(text) {
  const parserOptions = { graphQLConfig: { schema: join(root, "schema.graphql") } };
  const overrideConfig = [{ files: ["**/*.graphql"], plugins: { "@graphql-eslint": graphql }, languageOptions: { parser: graphql.parser, parserOptions }, rules }];
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig });
  const [{ messages }] = await eslint.lintText(text, { filePath: join(root, "schema.graphql") });
  return messages.map(({ message }) => message);
}

test("graphql-eslint finds nothing but the exceptions", async () => {
  assert.deepEqual(await findings(read("schema.graphql")), exceptions);
});

test("graphql-eslint looks", async () => {
  const worse = read("schema.graphql").replace("type AthleteEdge {", "type AthleteEdge {\n  Cursor_old: Int @deprecated");
  assert.ok((await findings(worse)).some((message) => message.includes("Cursor_old")));
});

async function broken(now) {
  const changes = await diff(buildSchema(read("tests/node/last_release.graphql")), buildSchema(now));
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
}

test("what the last release promised is kept, or the changelog names it", async () => {
  const unreleased = read("CHANGELOG.md").split(/^## /m).find((part) => part.startsWith("Unreleased")) ?? "";
  const changed = unreleased.split(/^### /m).filter((part) => /^(Changed|Removed)\n/.test(part)).join();
  const unnamed = (await broken(read("schema.graphql"))).filter(({ path }) => !changed.includes(`\`${path}\``));
  assert.deepEqual(unnamed.map(({ message }) => message), [], "name each in CHANGELOG.md, Unreleased, Changed or Removed, as `Type.field`; or keep it");
});

test("a field that is taken away is seen", async () => {
  const without = read("tests/node/last_release.graphql").replace("  givenName: String\n", "");
  assert.ok((await broken(without)).some(({ path }) => path === "Athlete.givenName"));
});
