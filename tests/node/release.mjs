// Writes down the schema that a release promises: `last_release.graphql`, without its words. `schema.test.mjs` compares with it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, parse, print, visit } from "graphql";
import { root } from "./podium.mjs";

const document = parse(readFileSync(join(root, "schema.graphql"), "utf8"));
const bare = print(visit(document, { enter: (node) => ("description" in node ? { ...node, description: undefined } : undefined) }));
buildSchema(bare);
writeFileSync(join(import.meta.dirname, "last_release.graphql"), `${bare}\n`);
