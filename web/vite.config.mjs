import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    // The licenses of everything in the bundle travel with it.
    license: { fileName: "licenses.txt" },
    // Monaco, the explorer's editor, is as large as it is; and nobody renders on a server, which "use client" is about.
    chunkSizeWarningLimit: 3000,
    rolldownOptions: {
      input: { site: "index.html", explorer: "explorer/index.html" },
      checks: { moduleLevelDirective: false },
    },
  },
});
