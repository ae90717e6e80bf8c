// Every argument with a default, with a variable that is left out, null or the default itself: an error exactly where graphql-js has one,
// of the whole request or of the field.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildSchema, getNamedType, isLeafType, isNonNullType, isObjectType, parse, validate, visit } from "graphql";
import { getArgumentValues, getVariableValues } from "graphql/execution/values.js";
import { root, start } from "./podium.mjs";

const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
const server = await start();
after(() => server.stop());

// How a type is reached from `Query`.
const ways = {
  Query: [],
  Games: ['games(slug: "2012-summer")'],
  Nation: ['nation(code: "GBR")'],
  Sport: ['sport(slug: "cycling")'],
  Discipline: ['discipline(slug: "cycling-track")'],
  EventFamily: ['eventFamily(slug: "cycling-track/time-trial")'],
  Event: ['event(slug: "cycling-track/time-trial/men")'],
  OnThisDay: ["onThisDay(month: 8, day: 1)"],
};
const required = { text: '"hoy"', date: '"2004-01-01"' };

// A document that gives one argument of a field by a variable that may be null.
function document(type, field, argument) {
  const others = field.args.filter((other) => other !== argument && isNonNullType(other.type) && other.defaultValue === undefined);
  const given = [`${argument.name}: $v`, ...others.map((other) => `${other.name}: ${required[other.name]}`)];
  const selection = isLeafType(getNamedType(field.type)) ? "" : " { __typename }";
  const way = ways[type.name];
  assert.ok(way, `say how ${type.name} is reached`);
  const declared = String(argument.type).replace(/!$/, "");
  return `query ($v: ${declared}) { ${way.map((step) => `${step} { `).join("")}${field.name}(${given.join(", ")})${selection}${" }".repeat(way.length)} }`;
}

// What is wrong for graphql-js: the request, when it validates the document or coerces variables, or the field, when it coerces arguments.
function wrong(text, field, variables) {
  const parsed = parse(text);
  if (validate(schema, parsed).length > 0) return "request";
  const coerced = getVariableValues(schema, parsed.definitions[0].variableDefinitions, variables);
  if (coerced.errors) return "request";
  let wrong = "nothing";
  visit(parsed, {
    Field(node) {
      if (node.name.value !== field.name) return;
      try {
        getArgumentValues(field, node, coerced.coerced);
      } catch {
        wrong = "field";
      }
    },
  });
  return wrong;
}

test("defaults hold as in the reference implementation", async () => {
  let tried = 0;
  for (const type of Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"))) {
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args.filter((argument) => argument.defaultValue !== undefined)) {
        const query = document(type, field, argument);
        for (const variables of [{}, { v: null }, { v: argument.defaultValue }]) {
          const answer = await fetch(`${server.url}/graphql`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ query, variables }),
          });
          const { errors } = await answer.json();
          const ours = errors === undefined ? "nothing" : errors[0].path ? "field" : "request";
          assert.equal(ours, wrong(query, field, variables), `${query} ${JSON.stringify(variables)}: ${JSON.stringify(errors)}`);
          tried += 1;
        }
      }
    }
  }
  assert.ok(tried >= 90, `${tried}`);
});
