// Loaded into what run.mjs starts. Whoever kills the bootstrap cannot reach its child, which would
// keep the port and the database; so it follows as soon as their channel closes.
if (process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
  process.channel.unref();
}
