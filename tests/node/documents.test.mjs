// Every test document is valid for graphql-js too, and together they use every field, argument and input field there is.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { TypeInfo, buildSchema, isInputObjectType, isInterfaceType, isObjectType, parse, validate, validateSchema, visit, visitWithTypeInfo } from "graphql";
import { root } from "./podium.mjs";

const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));

// Fields, arguments and input fields by name.
function names() {
  const found = new Set();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        found.add(`${type.name}.${field.name}`);
        for (const argument of field.args) found.add(`${type.name}.${field.name}(${argument.name}:)`);
      }
    } else if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) found.add(`${type.name}.${field.name}`);
    }
  }
  return found;
}

// The names that a document uses.
function used(document) {
  const found = [];
  const info = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(info, {
    Field() {
      if (info.getParentType() && info.getFieldDef()) found.push(`${info.getParentType().name}.${info.getFieldDef().name}`);
    },
    Argument() {
      if (info.getFieldDef()) found.push(`${info.getParentType().name}.${info.getFieldDef().name}(${info.getArgument().name}:)`);
    },
    ObjectField(node) {
      const type = info.getParentInputType();
      if (isInputObjectType(type)) found.push(`${type.name}.${node.name.value}`);
    },
  }));
  return found;
}

const documents = ["queries", "quirks", "journalist"].flatMap((folder) =>
  readdirSync(join(root, "tests", folder), { recursive: true })
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => ({ name: join(folder, name), document: parse(readFileSync(join(root, "tests", folder, name), "utf8")) })));

// `subscriptions.test.mjs` asks for it.
documents.push({ name: "subscription", document: parse('subscription { dataChanged(since: "0") { version importedAt source } }') });

test("the schema is a schema", () => assert.deepEqual(validateSchema(schema), []));

test("every document is valid", () => {
  assert.ok(documents.length > 100);
  // Documents about errors may be wrong on purpose, in their values.
  const meant = documents.filter(({ name }) => !dirname(name).endsWith("errors"));
  assert.deepEqual(meant.flatMap(({ name, document }) => validate(schema, document).map((error) => `${name}: ${error.message}`)), []);
});

test("every field, argument and input field is asked for", () => {
  const unused = names();
  for (const { document } of documents) used(document).forEach((name) => unused.delete(name));
  assert.deepEqual([...unused], []);
});
