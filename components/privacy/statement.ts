/** PRIVACY.md, taken apart: headings, paragraphs and lists. Whatever else stands in it stays text. */

/** A run of text within a paragraph. */
export type Run =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A block of the statement. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly runs: readonly Run[] }
  | { readonly kind: 'paragraph'; readonly runs: readonly Run[] }
  | {
      readonly kind: 'list';
      /** The number of the first item; null when the items have none. */
      readonly from: number | null;
      readonly items: readonly (readonly Run[])[];
    };

/** A heading with what stands under it, up to the next one. */
export interface Section {
  /** Null for what stands before the first heading. */
  readonly heading: Extract<Block, { kind: 'heading' }> | null;
  /** Without the tests that hold what is said. */
  readonly blocks: readonly Block[];
  /** What is said of the tests, in order: `P1.` with `(test: "title" in tests/…)`. */
  readonly proofs: readonly (readonly Run[])[];
}

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const ITEM = /^(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/;
const RUN =
  /\*\*(.+?)\*\*|(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])|`([^`]+)`|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** Reads the statement into blocks. HTML in it stays text, and so does a link that is not https. */
export function readStatement(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const lines of paragraphsOf(withoutComments(markdown))) blocks.push(...readParagraph(lines));
  return joinLists(blocks);
}

/** Puts blocks under their headings, and what is said of tests apart from what they hold. */
export function sectionsOf(blocks: readonly Block[]): readonly Section[] {
  const starts = blocks.flatMap((block, at) => (block.kind === 'heading' ? [at] : []));
  return [0, ...starts.filter((at) => at > 0)].map((from, index, all) => {
    const [first, ...rest] = blocks.slice(from, all[index + 1]);
    const heading = first?.kind === 'heading' ? first : null;
    const under = first && !heading ? [first, ...rest] : rest;
    return { heading, blocks: under.map(withoutProof), proofs: under.flatMap(proofOf) };
  });
}

const isProof = (run: Run): boolean => run.kind === 'emphasis' && /^\(tests?:/.test(run.text);

function withoutProof(block: Block): Block {
  if (block.kind !== 'paragraph') return block;
  return { ...block, runs: block.runs.filter((run) => !isProof(run)) };
}

/** Named by the number that the paragraph begins with. */
function proofOf(block: Block): readonly (readonly Run[])[] {
  if (block.kind !== 'paragraph') return [];
  const proofs = block.runs.filter(isProof);
  if (proofs.length === 0) return [];
  const [first] = block.runs;
  const name: Run[] = first?.kind === 'strong' ? [first, { kind: 'text', text: ' ' }] : [];
  return [[...name, ...proofs]];
}

/** Cuts a text into runs. */
function readRuns(text: string): readonly Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(RUN)) {
    const [whole, strong, emphasis, code, label, href] = match;
    if (match.index > at) runs.push({ kind: 'text', text: text.slice(at, match.index) });
    at = match.index + whole.length;
    if (strong !== undefined) runs.push({ kind: 'strong', text: strong });
    else if (emphasis !== undefined) runs.push({ kind: 'emphasis', text: emphasis });
    else if (code !== undefined) runs.push({ kind: 'code', text: code });
    else if (label !== undefined && href?.startsWith('https://')) {
      runs.push({ kind: 'link', text: label, href });
    } else runs.push({ kind: 'text', text: label ?? whole });
  }
  if (at < text.length) runs.push({ kind: 'text', text: text.slice(at) });
  return runs;
}

function withoutComments(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->/g, '');
}

function paragraphsOf(markdown: string): string[][] {
  return markdown
    .split(/\n[ \t]*\n/)
    .map((part) => part.split('\n').map((line) => line.trimEnd()))
    .map((lines) => lines.filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
}

interface OpenItem {
  readonly number: number | null;
  text: string;
}

function readParagraph(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let text = '';
  let items: OpenItem[] = [];
  const end = (): void => {
    if (text !== '') blocks.push({ kind: 'paragraph', runs: readRuns(text) });
    if (items.length > 0) blocks.push(listOf(items));
    text = '';
    items = [];
  };
  for (const line of lines) {
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line.trimStart());
    const last = items.at(-1);
    if (heading) {
      end();
      blocks.push({
        kind: 'heading',
        level: heading[1]?.length ?? 1,
        runs: readRuns(heading[2] ?? ''),
      });
    } else if (item) {
      if (text !== '') end();
      items.push({ number: item[1] === undefined ? null : Number(item[1]), text: item[2] ?? '' });
    } else if (last) last.text += ` ${line.trim()}`;
    else text += (text === '' ? '' : ' ') + line.trim();
  }
  end();
  return blocks;
}

function listOf(items: readonly OpenItem[]): Block {
  return {
    kind: 'list',
    from: items[0]?.number ?? null,
    items: items.map((item) => readRuns(item.text)),
  };
}

/** Items with a blank line between them are one list, when they are numbered on. */
function joinLists(blocks: readonly Block[]): readonly Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    const goesOn =
      last?.kind === 'list' &&
      block.kind === 'list' &&
      (block.from === null
        ? last.from === null
        : last.from !== null && block.from === last.from + last.items.length);
    if (goesOn) joined.splice(-1, 1, { ...last, items: [...last.items, ...block.items] });
    else joined.push(block);
  }
  return joined;
}
