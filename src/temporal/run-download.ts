import { TestWorkflowEnvironment } from "@temporalio/testing";

// Run by download-server.ts. The SDK fetches the server only in order to start it.
const [downloadDir, version] = process.argv.slice(2);
if (downloadDir === undefined || version === undefined) throw new Error("directory and version?");

const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: "cached-download", downloadDir, version }, ui: false },
});
await environment.teardown();
