import type * as z from 'zod/mini';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly options?: readonly z.ZodMiniType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly innerType?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
}

/**
 * Every outcome that a schema allows, as far as its kinds, reasons and flags go: each member of a
 * union, and within it each member of an enum, true and false, null and not null. Fields that hold
 * any text or record get the sample of their name.
 */
export function everyOutcome<Schema extends z.ZodMiniType>(
  schema: Schema,
  samples: Readonly<Record<string, unknown>>,
): readonly (z.infer<Schema> & { kind: string })[] {
  return valuesOf(schema, '', samples) as (z.infer<Schema> & { kind: string })[];
}

/** The unions in a schema, by the names that lead to them; those that are known are not looked into. */
export function unionsIn(
  schema: z.ZodMiniType,
  path: string,
  known: readonly unknown[],
): readonly string[] {
  if (known.includes(schema)) return [];
  const { type, shape, innerType, element, options } = schema.def as unknown as Definition;
  return [
    ...(type === 'union' ? [path] : []),
    ...Object.entries(shape ?? {}).flatMap(([name, field]) =>
      unionsIn(field, `${path}.${name}`, known),
    ),
    ...[innerType, element, ...(options ?? [])].flatMap((inside) =>
      inside ? unionsIn(inside, path, known) : [],
    ),
  ];
}

function valuesOf(
  schema: z.ZodMiniType,
  name: string,
  samples: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const definition = schema.def as unknown as Definition;
  switch (definition.type) {
    case 'union':
      return (definition.options ?? []).flatMap((option) => valuesOf(option, name, samples));
    case 'object':
      if (name !== '' && name in samples) return [samples[name]];
      return objectsOf(definition.shape ?? {}, samples);
    case 'enum':
      return Object.values(definition.entries ?? {});
    case 'literal':
      return definition.values ?? [];
    case 'boolean':
      return [true, false];
    case 'number':
      return [1_000];
    case 'nullable':
      return [null, ...valuesOf(inner(definition), name, samples)];
    case 'readonly':
      return valuesOf(inner(definition), name, samples);
    case 'string':
    case 'array':
      if (!(name in samples)) throw new Error(`no sample for the field “${name}”`);
      return [samples[name]];
    default:
      throw new Error(`a ${definition.type} is new here: say how to make its values`);
  }
}

function inner({ innerType }: Definition): z.ZodMiniType {
  if (!innerType) throw new Error('nothing inside');
  return innerType;
}

/** Every combination of the values of the fields. */
function objectsOf(
  shape: Readonly<Record<string, z.ZodMiniType>>,
  samples: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  let objects: Record<string, unknown>[] = [{}];
  for (const [name, field] of Object.entries(shape)) {
    const values = valuesOf(field, name, samples);
    objects = objects.flatMap((object) => values.map((value) => ({ ...object, [name]: value })));
  }
  return objects;
}
