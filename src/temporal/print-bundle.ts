import { fileURLToPath } from "node:url";
import { bundleWorkflowCode, DefaultLogger } from "@temporalio/worker";

const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL("../../workflows/index.ts", import.meta.url)),
  logger: new DefaultLogger("WARN"),
});
process.stdout.write(code);
