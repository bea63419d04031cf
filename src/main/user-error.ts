/** A failure that the operator can mend. Its message is the one clear sentence that they see. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Does what fails only for reasons that the operator can mend, with a message that says so. */
export async function forOperator<Value>(work: () => Promise<Value> | Value): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
