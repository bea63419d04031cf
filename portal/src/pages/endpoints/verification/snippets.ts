import type { Snippet } from "../../../components/code/code-snippet.tsx";
import shell from "./sign.sh?raw";
import ed25519 from "./verify-ed25519.mjs?raw";
import csharp from "./Verify.cs?raw";
import go from "./verify.go.txt?raw";
import java from "./Verify.java?raw";
import node from "./verify.mjs?raw";
import php from "./verify.php?raw";
import python from "./verify.py?raw";
import ruby from "./verify.rb?raw";

const HMAC: readonly Snippet[] = [
  { language: "Node.js", code: node },
  { language: "Python", code: python },
  { language: "Go", code: go },
  { language: "PHP", code: php },
  { language: "Ruby", code: ruby },
  { language: "Java", code: java },
  { language: "C#", code: csharp },
  { language: "curl", code: shell },
];

const ED25519: readonly Snippet[] = [{ language: "Node.js", code: ed25519 }];

/** Code that tells genuine messages from forged ones; which, the secret's kind decides. */
export function verificationSnippets(secret: string): readonly Snippet[] {
  const snippets = secret.startsWith("whpk_") ? ED25519 : HMAC;
  return snippets.map(({ language, code }) => ({ language, code: code.trimEnd() }));
}
