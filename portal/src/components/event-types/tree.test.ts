import { expect, it } from "vitest";
import { namesOf, treeOf } from "./tree.ts";

it("groups event types by what their names have before dots; a group of one is that one", () => {
  const tree = treeOf([
    "user.created",
    "invoice.paid",
    "invoice.payment.failed",
    "invoice.payment.due",
  ]);
  expect(tree.map(({ label, path }) => [label, path])).toEqual([
    ["invoice", "invoice"],
    ["user.created", "user.created"],
  ]);
  const [invoice] = tree;
  expect(invoice?.children.map(({ label }) => label)).toEqual(["paid", "payment"]);
  expect(invoice && namesOf(invoice)).toEqual([
    "invoice.paid",
    "invoice.payment.due",
    "invoice.payment.failed",
  ]);
});

it("keeps a name that begins others", () => {
  const [invoice] = treeOf(["invoice", "invoice.paid"]);
  expect(invoice?.isName).toBe(true);
  expect(invoice && namesOf(invoice)).toEqual(["invoice", "invoice.paid"]);
});
