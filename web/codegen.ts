import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../schema.graphql",
  documents: "src/site/**/*.{ts,tsx}",
  generates: {
    "src/site/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents stay text, so that nothing of GraphQL is shipped to the browser.
        documentMode: "string",
        strictScalars: true,
        scalars: { Date: "string", DateTime: "string" },
        enumsAsTypes: true,
        useTypeImports: true,
      },
    },
  },
};

export default config;
