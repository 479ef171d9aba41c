// The JSON Schema (draft 2020-12) of the configuration, for editors, for `kvitok config schema`, and for the words in
// which mistakes are reported. Made from the zod schema, so the two can't part.

import { z } from 'zod';
import { configSchema } from './schema.ts';

/** The part of JSON Schema that the configuration uses. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** What every value of a group with names of the person's own is. */
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly anyOf?: readonly SchemaNode[];
}

/** The published schema as a plain value. */
export function configJsonSchema(): SchemaNode {
  const schema = z.toJSONSchema(configSchema, { io: 'input' }) as SchemaNode;
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'kvitok', ...schema } as SchemaNode;
}

/** The published schema as the text of `kvitok.schema.json`. */
export function configJsonSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

/** The nodes that describe the value at a path; several where a union stands on the way. Empty for an unknown key. */
export function nodesAt(root: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  return whole(root, path).flatMap(alternatives);
}

/** What the schema says of the value at a path, for people; undefined where it says nothing. */
export function descriptionAt(root: SchemaNode, path: readonly PropertyKey[]): string | undefined {
  return [...whole(root, path), ...nodesAt(root, path)].find((node) => node.description)?.description;
}

function whole(root: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  return path.reduce<readonly SchemaNode[]>(
    (nodes, key) => nodes.flatMap(alternatives).flatMap((node) => childOf(node, key) ?? []),
    [root],
  );
}

function alternatives(node: SchemaNode): readonly SchemaNode[] {
  return node.anyOf ? node.anyOf.flatMap(alternatives) : [node];
}

function childOf(node: SchemaNode, key: PropertyKey): SchemaNode | undefined {
  if (typeof key === 'number') return node.items;
  if (node.properties && Object.hasOwn(node.properties, key)) return node.properties[String(key)];
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}
