// What the npm scripts call. It needs nothing but Node 20: it installs the dependencies, Node 24
// among them, where they are missing, and then runs the command with that Node.
// All that it says itself goes to stderr: stdout belongs to the command.

const NODE_MAJOR_MIN = 20;

if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
  console.error(
    `Posthorn needs Node ${NODE_MAJOR_MIN} or newer to start (it brings its own Node 24 along), ` +
      `but this is ${process.version}.`,
  );
  process.exit(1);
}

const { ensureInstalled } = await import("./install.mjs");
const { runCommand } = await import("./commands.mjs");

try {
  await ensureInstalled();
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
