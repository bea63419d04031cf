import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const OUTPUT = fileURLToPath(new URL("../dist/portal", import.meta.url));

/** What many pages need is one file. */
const SHARED = { name: "shared", minShareCount: 4, test: /\.[jt]sx?$/ };

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Where the gateway is, is known to the gateway alone: it puts the path into the page.
  base: "./",
  plugins: [react()],
  build: {
    outDir: process.env["PORTAL_OUTPUT"] ?? OUTPUT,
    emptyOutDir: true,
    // Which chunks the first page needs: a test adds up their sizes.
    manifest: true,
    // Dozens of files of a few hundred bytes each would have to queue for six connections.
    rolldownOptions: {
      output: { codeSplitting: { groups: [SHARED] } },
    },
    target: "es2022",
    // As data: URLs they would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What may be large, test/portal/size.test.ts says.
    chunkSizeWarningLimit: 2_000,
  },
});
