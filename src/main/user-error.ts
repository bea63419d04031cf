/** A failure that the operator can mend. Its message is the one clear sentence that they see. */
export class UserError extends Error {
  override readonly name = "UserError";
}
