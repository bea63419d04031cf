/** A name, or a part before a dot that several names share. */
export type TreeNode = {
  /** The last part of the path. */
  readonly label: string;
  /** The whole path: "invoice" or "invoice.paid". */
  readonly path: string;
  /** Whether there is an event type of exactly this name. */
  readonly isName: boolean;
  readonly children: readonly TreeNode[];
};

/** Groups names by what stands before their dots; a group of one is that one. */
export function treeOf(names: readonly string[]): readonly TreeNode[] {
  return nodesBelow("", [...new Set(names)].sort());
}

/** All names at or below the node. */
export function namesOf(node: TreeNode): readonly string[] {
  return [...(node.isName ? [node.path] : []), ...node.children.flatMap(namesOf)];
}

function nodesBelow(prefix: string, names: readonly string[]): readonly TreeNode[] {
  const groups = Map.groupBy(names, (name) => name.slice(prefix.length).split(".")[0] ?? "");
  return [...groups].map(([label, members]) => nodeOf(prefix, label, members));
}

function nodeOf(prefix: string, label: string, members: readonly string[]): TreeNode {
  const path = prefix + label;
  const [only] = members;
  if (members.length === 1 && only !== undefined) {
    return { label: only.slice(prefix.length), path: only, isName: true, children: [] };
  }
  const below = members.filter((name) => name !== path);
  return {
    label,
    path,
    isName: members.includes(path),
    children: nodesBelow(`${path}.`, below),
  };
}
