import type { Snippet } from "../../../components/code/code-snippet.tsx";
import csharp from "../../../../../examples/receive/csharp/Verify.cs?raw";
import go from "../../../../../examples/receive/go/verify.go?raw";
import java from "../../../../../examples/receive/java/Verify.java?raw";
import ed25519 from "../../../../../examples/receive/node/verify-ed25519.mjs?raw";
import node from "../../../../../examples/receive/node/verify.mjs?raw";
import php from "../../../../../examples/receive/php/verify.php?raw";
import python from "../../../../../examples/receive/python/verify.py?raw";
import ruby from "../../../../../examples/receive/ruby/verify.rb?raw";

const HMAC: readonly Snippet[] = [
  { language: "Node.js", code: node },
  { language: "Python", code: python },
  { language: "Go", code: go },
  { language: "PHP", code: php },
  { language: "Ruby", code: ruby },
  { language: "Java", code: java },
  { language: "C#", code: csharp },
];

const ED25519: readonly Snippet[] = [{ language: "Node.js", code: ed25519 }];

/** Code that tells genuine messages from forged ones; which, the secret's kind decides. */
export function verificationSnippets(secret: string): readonly Snippet[] {
  const snippets = secret.startsWith("whpk_") ? ED25519 : HMAC;
  return snippets.map(({ language, code }) => ({ language, code: code.trimEnd() }));
}
