import { test } from "vitest";
import { deliversWithout } from "../support/without-temporal.ts";

test(
  "while Temporal hangs all is accepted and sent soon, and what failed is retried after",
  () =>
    deliversWithout(
      (temporal) => temporal.freeze(),
      (temporal) => temporal.thaw(),
    ),
  420_000,
);
