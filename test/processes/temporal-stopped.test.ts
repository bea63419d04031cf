import { test } from "vitest";
import { deliversWithout } from "../support/without-temporal.ts";

test(
  "while Temporal is stopped all is accepted and sent at once, and what failed is retried after",
  () =>
    deliversWithout(
      (temporal) => temporal.stop(),
      (temporal) => temporal.start(),
    ),
  420_000,
);
