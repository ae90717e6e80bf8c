// Every test document is valid for graphql-js too, and together they use every field, argument and input field there is.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TypeInfo, buildSchema, isInputObjectType, isInterfaceType, isObjectType, parse, validate, validateSchema, visit, visitWithTypeInfo } from "graphql";

const tests = join(dirname(fileURLToPath(import.meta.url)), "..");
const schema = buildSchema(readFileSync(join(tests, "..", "schema.graphql"), "utf8"));
const problems = validateSchema(schema).map((error) => `schema.graphql: ${error.message}`);

const unused = new Set();
for (const type of Object.values(schema.getTypeMap())) {
  if (type.name.startsWith("__")) continue;
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const field of Object.values(type.getFields())) {
      unused.add(`${type.name}.${field.name}`);
      for (const argument of field.args) unused.add(`${type.name}.${field.name}(${argument.name}:)`);
    }
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) unused.add(`${type.name}.${field.name}`);
  }
}

let documents = 0;
for (const folder of ["queries", "quirks"]) {
  for (const file of readdirSync(join(tests, folder), { recursive: true }).filter((name) => name.endsWith(".graphql"))) {
    documents += 1;
    const document = parse(readFileSync(join(tests, folder, file), "utf8"));
    // Documents about errors may be wrong on purpose, in their values.
    const mayFail = dirname(file).endsWith("errors");
    const errors = validate(schema, document).filter(() => !mayFail);
    problems.push(...errors.map((error) => `${folder}/${file}: ${error.message}`));
    const info = new TypeInfo(schema);
    visit(document, visitWithTypeInfo(info, {
      Field() {
        if (info.getParentType() && info.getFieldDef()) unused.delete(`${info.getParentType().name}.${info.getFieldDef().name}`);
      },
      Argument() {
        if (info.getFieldDef()) unused.delete(`${info.getParentType().name}.${info.getFieldDef().name}(${info.getArgument().name}:)`);
      },
      ObjectField(node) {
        const type = info.getParentInputType();
        if (isInputObjectType(type)) unused.delete(`${type.name}.${node.name.value}`);
      },
    }));
  }
}

problems.push(...[...unused].map((name) => `no document uses ${name}`));
problems.forEach((problem) => console.error(problem));
console.log(`graphql-js: ${documents} documents, ${problems.length} problems`);
process.exit(documents > 0 && problems.length === 0 ? 0 : 1);
