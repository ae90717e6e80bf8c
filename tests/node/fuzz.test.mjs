// Random documents, half of them broken in one place: the server refuses one as a whole exactly where graphql-js finds it invalid.
// Runs for seconds with a fixed seed; PODIUM_FUZZ_MINUTES makes it run longer, with another seed each time.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  buildSchema, getNamedType, isCompositeType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, parse, valueFromASTUntyped,
  validate,
} from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { root, start } from "./podium.mjs";

const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
// What the description of the scalar says; without it graphql-js takes anything for a date.
schema.getType("Date").parseValue = (value) => {
  assert.match(value, /^\d{4}-\d\d-\d\d$/);
  return value;
};
schema.getType("Date").parseLiteral = (node) => schema.getType("Date").parseValue(valueFromASTUntyped(node));
const server = await start();
after(() => server.stop());

const minutes = Number(process.env.PODIUM_FUZZ_MINUTES ?? 0);
const seed = minutes > 0 ? Date.now() % 2 ** 31 : 20121;
let state = seed;
// Numbers from 0 to 1, the same for the same seed.
function random() {
  state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return ((state >>> 8) & 0xffff) / 0x10000;
}
const chance = (share) => random() < share;
const pick = (items) => items[Math.floor(random() * items.length)];

const texts = { Date: '"2012-08-01"', ID: '"R2FtZXM6Nw"', String: '"cycling"', Int: "2", Float: "1.5", Boolean: "true" };
const wrong = ["{ a: 1 }", "[[1]]", "NOPE", '"text"', "7", "1.5", "true", "null", "99999999999"];

// The value of an enum: a name in a document, a text in JSON.
class Name {
  constructor(name) {
    this.name = name;
  }

  toJSON() {
    return this.name;
  }
}

class Document {
  variables = new Map();
  fragments = [];
  // How many places are still to be broken.
  broken = chance(0.5) ? 1 : 0;

  breaks(share) {
    if (this.broken === 0 || !chance(share)) return false;
    this.broken -= 1;
    return true;
  }

  value(type) {
    if (this.breaks(0.05)) return pick(wrong);
    if (isNonNullType(type)) return this.value(type.ofType);
    if (chance(0.1)) return this.variable(type);
    if (isListType(type)) return chance(0.2) ? this.value(type.ofType) : `[${this.value(type.ofType)}]`;
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined || chance(0.15));
      const given = fields.filter(() => !this.breaks(0.02)).map((field) => `${field.name}: ${this.value(field.type)}`);
      return `{ ${given.join(", ")}${this.breaks(0.02) ? " nope: 1" : ""} }`;
    }
    return texts[type.name] ?? '"x"';
  }

  // A variable of a nullable type: with or without a default, and sent, sent as null or left out.
  variable(type, mayBeNull = true) {
    const name = `v${this.variables.size}`;
    const isRequired = chance(0.5);
    const declared = this.breaks(0.2) ? pick(["String", "Int!", "[Int]", "Season", "MedalFilter", "Nope"]) : `${type}${isRequired ? "!" : ""}`;
    this.variables.set(name, {});
    const fallback = chance(0.3) ? ` = ${this.constant(type)}` : "";
    const isSent = chance(isRequired && fallback === "" ? 0.9 : 0.5);
    const value = this.breaks(0.1) ? pick([7, "x", [1], { a: 1 }]) : mayBeNull && !isRequired && chance(0.1) ? null : this.sent(type);
    this.variables.set(name, { declared: `${declared}${fallback}`, value: isSent ? value : undefined });
    return `$${name}`;
  }

  // A value without variables, which a variable must not have in its default.
  constant(type) {
    const value = this.sent(type);
    const write = (value) => {
      if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
      if (value !== null && typeof value === "object" && !(value instanceof Name)) {
        return `{ ${Object.entries(value).map(([name, value]) => `${name}: ${write(value)}`).join(", ")} }`;
      }
      return value instanceof Name ? value.name : JSON.stringify(value);
    };
    return write(value);
  }

  // A value of a type as it is sent: JSON, in which the value of an enum is a text.
  sent(type) {
    if (isNonNullType(type)) return this.sent(type.ofType);
    if (isListType(type)) return chance(0.2) ? this.sent(type.ofType) : [this.sent(type.ofType)];
    if (isEnumType(type)) return new Name(pick(type.getValues()).name);
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined || chance(0.15));
      return Object.fromEntries(fields.map((field) => [this.breaks(0.02) ? "nope" : field.name, this.sent(field.type)]));
    }
    return JSON.parse(texts[type.name] ?? '"x"');
  }

  directives() {
    if (chance(0.9)) return "";
    // A null here is found in execution by graphql-js, in validation by us.
    if (chance(0.3)) return ` @${pick(["include", "skip"])}(if: ${this.variable(schema.getType("Boolean"), false)})`;
    if (this.breaks(0.3)) return pick([" @nope", " @include", ' @skip(if: "yes")', " @skip(if: true, unless: 1)"]);
    return pick([" @include(if: true)", " @skip(if: false)", " @skip(if: true)"]);
  }

  field(type, depth) {
    if (this.breaks(0.02)) return pick(["nope", "name { a }", "__typename { a }", "id(x: 1)"]);
    const fields = Object.values(type.getFields?.() ?? {}).filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return "__typename";
    const field = pick(fields);
    const args = field.args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined || chance(0.2));
    const given = args.filter(() => !this.breaks(0.03)).map((argument) => `${argument.name}: ${this.value(argument.type)}`);
    if (this.breaks(0.01)) given.push("nope: 1");
    const alias = chance(0.1) ? `${pick(["a", "b", "c"])}: ` : "";
    const named = getNamedType(field.type);
    const selection = isCompositeType(named) && !this.breaks(0.02) ? ` ${this.selection(named, depth - 1)}` : "";
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""}${this.directives()}${selection}`;
  }

  selection(type, depth) {
    const items = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      if (chance(0.08)) return `...${chance(0.7) ? ` on ${this.condition(type)}` : ""}${this.directives()} ${this.selection(type, depth - 1)}`;
      if (chance(0.05)) {
        const name = `F${this.fragments.length}`;
        this.fragments.push(null);
        const condition = this.condition(type);
        const body = this.selection(schema.getType(condition) ?? type, Math.max(depth - 1, 0));
        this.fragments[Number(name.slice(1))] = `fragment ${name} on ${condition} ${body}`;
        return `...${this.breaks(0.1) ? "Nope" : name}`;
      }
      return this.field(type, depth);
    });
    return `{ ${items.join(" ")} }`;
  }

  condition(type) {
    return this.breaks(0.1) ? pick(["Games", "String", "Nope", "Node"]) : type.name;
  }

  text() {
    const body = this.selection(schema.getQueryType(), 3);
    const variables = [...this.variables].map(([name, { declared }]) => `$${name}: ${declared}`);
    return `query Q${variables.length > 0 ? `(${variables.join(", ")})` : ""} ${body} ${this.fragments.join(" ")}`;
  }

  values() {
    const sent = [...this.variables].filter(([, { value }]) => value !== undefined).map(([name, { value }]) => [name, value]);
    return JSON.parse(JSON.stringify(Object.fromEntries(sent)));
  }
}

// Why graphql-js refuses a document or its variables; nothing when it does not.
function refusal(text, variables) {
  let parsed;
  try {
    parsed = parse(text);
  } catch (error) {
    return error.message;
  }
  const [invalid] = validate(schema, parsed);
  if (invalid) return invalid.message;
  const operation = parsed.definitions.find((definition) => definition.kind === "OperationDefinition");
  return getVariableValues(schema, operation.variableDefinitions, variables).errors?.[0].message;
}

async function ask(query, variables) {
  const answer = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, ...(await answer.json()) };
}

test("what is valid for graphql-js is valid here", async () => {
  const deadline = Date.now() + minutes * 60_000;
  const counts = { valid: 0, invalid: 0, tooLarge: 0 };
  for (let tried = 0; minutes > 0 ? Date.now() < deadline : tried < 1500; tried += 1) {
    const document = new Document();
    const [text, variables] = [document.text(), document.values()];
    const { status, errors, data } = await ask(text, variables);
    const code = errors?.[0].extensions?.code;
    assert.ok(status < 500 && code !== "INTERNAL_SERVER_ERROR", `seed ${seed}: ${text}: ${JSON.stringify(errors)}`);
    if (code === "LIMIT_EXCEEDED") {
      counts.tooLarge += 1;
      continue;
    }
    const reference = refusal(text, variables);
    const ours = data === undefined ? errors[0].message : undefined;
    counts[ours === undefined ? "valid" : "invalid"] += 1;
    assert.equal(ours !== undefined, reference !== undefined, `seed ${seed}: ${text} ${JSON.stringify(variables)}\nours: ${ours}\ngraphql-js: ${reference}`);
  }
  console.log(`${JSON.stringify(counts)}, seed ${seed}`);
  assert.ok(counts.valid > 100 && counts.invalid > 100, JSON.stringify(counts));
});
