import { readFileSync } from 'node:fs';

/** The part of JSON Schema that the specifications use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** An operation's parameter; Swagger 2 writes its schema in line, OpenAPI 3 under `schema`. */
export interface Parameter extends Omit<Schema, 'required'> {
  readonly required?: boolean;
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly schema?: Schema;
}

interface Reply {
  readonly schema?: Schema;
  readonly content?: { readonly 'application/json': { readonly schema: Schema } };
}

/** What a specification refers to. */
interface Schemas {
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly components?: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** One request that changes something, or looks something up for it. */
export interface WriteOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Schema;
  /** By status; null where there is no body. */
  readonly replies: Readonly<Record<string, Schema | null>>;
}

export interface WriteSpec extends Schemas {
  readonly operations: readonly WriteOperation[];
}

export interface Spec extends Schemas {
  readonly paths: Readonly<
    Record<
      string,
      { readonly get: { readonly parameters: readonly Parameter[]; readonly responses: { '200': Reply } } }
    >
  >;
}

/** Reads what is specified of changes. */
export function readOperations(name: 'powerbiWrites' | 'uipathWrites'): WriteSpec {
  return JSON.parse(readFileSync(new URL(`../fixtures/specs/${name}.json`, import.meta.url), 'utf8')) as WriteSpec;
}

/** Reads one of the reduced specifications. */
export function readSpec(name: 'powerbi' | 'uipath' | 'entra'): Spec {
  return JSON.parse(readFileSync(new URL(`../fixtures/specs/${name}.json`, import.meta.url), 'utf8')) as Spec;
}

/** The schema of what `GET path` answers. */
export function replySchema(spec: Spec, path: string): Schema {
  const reply = spec.paths[path]?.get.responses['200'];
  const schema = reply?.schema ?? reply?.content?.['application/json'].schema;
  if (!schema) throw new Error(`The specification has no reply for ${path}`);
  return schema;
}

const FORMATS: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
};

/** Where a value differs from its schema, one line each: wrong types, missing and undocumented properties. */
export function mismatches(spec: Schemas, schema: Schema, value: unknown, where = '$'): string[] {
  const shape = flatten(spec, schema);
  if (shape.oneOf) {
    const tries = shape.oneOf.map((option) => mismatches(spec, option, value, where));
    return tries.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (value === null) return shape.nullable ? [] : [`${where}: null`];
  if (shape.enum && !shape.enum.includes(value)) return [`${where}: ${String(value)} is not of the enumeration`];
  if (shape.properties || shape.type === 'object') return objectMismatches(spec, shape, value, where);
  if (shape.type === 'array') {
    if (!Array.isArray(value)) return [`${where}: not an array`];
    return value.flatMap((item: unknown) => mismatches(spec, shape.items ?? {}, item, `${where}[]`));
  }
  const isType = shape.type === 'integer' ? Number.isInteger(value) : !shape.type || typeof value === shape.type;
  if (!isType) return [`${where}: ${String(value)} is not of type ${shape.type}`];
  const format = FORMATS[shape.format ?? ''];
  return format && !format.test(String(value)) ? [`${where}: ${String(value)} is no ${shape.format}`] : [];
}

function objectMismatches(spec: Schemas, shape: Schema, value: unknown, where: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where}: not an object`];
  const missing = (shape.required ?? []).filter((name) => !(name in value));
  const found = Object.entries(value).flatMap(([name, item]) => {
    const schema = shape.properties?.[name] ?? shape.additionalProperties;
    return schema ? mismatches(spec, schema, item, `${where}.${name}`) : [`${where}.${name}: undocumented`];
  });
  return [...missing.map((name) => `${where}.${name}: missing`), ...found];
}

/** Follows references and joins the parts of `allOf`. */
function flatten(spec: Schemas, schema: Schema): Schema {
  const schemas = spec.definitions ?? spec.components?.schemas ?? {};
  const name = schema.$ref?.split('/').at(-1);
  if (name !== undefined) {
    const target = schemas[name];
    if (!target) throw new Error(`The specification has no schema ${name}`);
    return flatten(spec, target);
  }
  const parts = [...(schema.allOf ?? []).map((part) => flatten(spec, part)), schema];
  if (parts.length === 1) return schema;
  const properties = Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, Schema>;
  return { ...schema, properties, required: parts.flatMap((part) => part.required ?? []) };
}
