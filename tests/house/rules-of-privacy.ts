import type { House } from './house.ts';

/*
 * PRIVACY.md holds promises and notices, nothing else:
 *
 *   # Privacy
 *   Last changed: 2026-01-31
 *   ## Promises
 *   **P1.** One promise. *(test: "title of a test" in tests/some.test.ts; "another" in tests/other.test.ts)*
 *   ## Notices
 *   Whatever is said here promises nothing that a test could hold.
 */

const sections = ['Promises', 'Notices'];
const dated = /^Last changed: \d{4}-\d{2}-\d{2}$/;
const promise = /^(?:[-*] )?\*\*P(\d+)\.\*\* [\s\S]+? [*_]\(tests?: ([\s\S]+)\)[*_]$/;
const proof = /"([^"]+)" in (tests\/\S+?\.test\.tsx?)/g;

/** Each sentence is a promise that a test holds, or a notice; what is neither, is named. */
export function privacyComplaints(text: string, house: House): readonly string[] {
  const complaints: string[] = [];
  let section: string | null = null;
  let promises = 0;
  if (!text.split('\n').some((line) => dated.test(line))) {
    complaints.push('PRIVACY.md is not dated: add the line "Last changed: YYYY-MM-DD".');
  }
  for (const block of blocksOf(text)) {
    const heading = /^## (.+)$/.exec(block);
    if (heading) {
      section = heading[1] ?? '';
      if (!sections.includes(section)) {
        complaints.push(
          `PRIVACY.md has a section "${section}": there are Promises and Notices only.`,
        );
      }
    } else if (section === null && !/^# /.test(block) && !dated.test(block)) {
      complaints.push(
        `PRIVACY.md says "${short(block)}" before any section: is it a promise or a notice?`,
      );
    } else if (section === 'Promises' && !block.startsWith('### ')) {
      promises += 1;
      complaints.push(...promiseComplaints(block, promises, house));
    }
  }
  if (promises === 0) complaints.push('PRIVACY.md promises nothing.');
  return complaints;
}

function promiseComplaints(block: string, number: number, house: House): readonly string[] {
  const match = promise.exec(block);
  if (!match) {
    return [
      `PRIVACY.md, Promises: "${short(block)}" must read **P${number}.** … *(test: "title" in tests/…)*; otherwise it is a notice.`,
    ];
  }
  const complaints: string[] = [];
  if (Number(match[1]) !== number) {
    complaints.push(
      `PRIVACY.md: P${match[1] ?? ''} stands where P${number} should: number them in order.`,
    );
  }
  const proofs = [...(match[2] ?? '').matchAll(proof)];
  if (proofs.length === 0)
    complaints.push(`PRIVACY.md: P${number} names no test: "title" in tests/….`);
  for (const [, title = '', path = ''] of proofs) {
    const test = house.get(path);
    if (test === undefined)
      complaints.push(`PRIVACY.md: P${number} names ${path}, which does not exist.`);
    else if (!hasTest(test, title)) {
      complaints.push(`PRIVACY.md: P${number} names the test "${title}", which is not in ${path}.`);
    }
  }
  return complaints;
}

function hasTest(text: string, title: string): boolean {
  const unescaped = text.replaceAll("\\'", "'");
  return ["'", '"', '`'].some((quote) => unescaped.includes(`${quote}${title}${quote}`));
}

/** Paragraphs, headings and list items, each on one line. */
function blocksOf(text: string): readonly string[] {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^(#+ .*)$/gm, '\n$1\n')
    .replace(/^(?=[-*] )/gm, '\n')
    .split(/\n\s*\n/)
    .map((block) => block.trim().replace(/\s*\n\s*/g, ' '))
    .filter((block) => block !== '');
}

function short(block: string): string {
  return block.length > 60 ? `${block.slice(0, 57)}…` : block;
}
