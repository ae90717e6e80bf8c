import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  // The file in the repository; a running server has the same at http://127.0.0.1:8000/schema.graphql.
  schema: "../../../schema.graphql",
  documents: "src/**/*.ts",
  generates: {
    "src/gql/": {
      preset: "client",
      // The preset calls it `useFragment`, which linters take for a hook of React.
      presetConfig: { fragmentMasking: { unmaskFunctionName: "getFragmentData" } },
      config: {
        // Documents stay text, so that nothing of GraphQL is shipped to the browser.
        documentMode: "string",
        // Both scalars travel as text. A new one stops the generator instead of becoming `any`.
        strictScalars: true,
        scalars: { Date: "string", DateTime: "string" },
        // Enums may grow: the compiler asks for a default branch in every `switch`.
        futureProofEnums: true,
        useTypeImports: true,
        importExtension: ".js",
      },
    },
  },
};

export default config;
