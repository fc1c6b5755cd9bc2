import * as z from 'zod/mini';
import { once } from '../../once/once.ts';
import { parsedJson } from '../providers.ts';
import { askGraph, type Act, type GraphRequest, type Said, type Wire } from './graph-call.ts';

/** More pages than any list has that is asked for here. */
const MOST_PAGES = 50;
const ORIGIN = 'https://graph.microsoft.com';
const VERSION = '/v1.0';

const page = once(() =>
  z.object({
    value: z.array(z.unknown()),
    '@odata.nextLink': z.optional(z.nullable(z.string())),
  }),
);

/**
 * A whole list. Graph may give any list in pages, also empty ones, and says at each where the next is
 * (https://learn.microsoft.com/graph/paging); a part of a list is none. Null from `itemOf` for what
 * is no item: then nothing was said.
 */
export async function askList<T>(
  wire: Wire,
  act: Act,
  asked: Pick<GraphRequest<T>, 'path' | 'rung' | 'purpose'> & {
    readonly itemOf: (value: unknown) => T | null;
  },
): Promise<Said<readonly T[]>> {
  const { rung, purpose, itemOf } = asked;
  const items: T[] = [];
  let path = asked.path;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const said = await askGraph(wire, act, {
      method: 'GET',
      path,
      rung,
      purpose,
      read: ({ text }) => page().safeParse(parsedJson(text)).data ?? null,
    });
    if (said.kind !== 'said') return said;
    for (const value of said.value.value) {
      const item = itemOf(value);
      if (item === null) return { kind: 'strange' };
      items.push(item);
    }
    const link = said.value['@odata.nextLink'] ?? null;
    if (link === null) return { kind: 'said', value: items };
    const next = pathIn(link);
    if (next === null) return { kind: 'strange' };
    path = next;
  }
  return { kind: 'strange' };
}

/** What follows the version in a link; null for one that leads anywhere but to Graph: a token goes there. */
function pathIn(link: string): string | null {
  const url = URL.parse(link);
  if (url?.origin !== ORIGIN || !url.pathname.startsWith(`${VERSION}/`)) return null;
  return url.pathname.slice(VERSION.length) + url.search;
}
