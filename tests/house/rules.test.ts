import { describe, expect, it } from 'vitest';
import type { House } from './house.ts';
import { everyExportIsDocumented, exportsAreNamed, noDoorIsABarrel } from './rules-of-docs.ts';
import {
  filesStaySmall,
  namesAreWrittenAlike,
  namesSaySomething,
  theCompositionRootStaysShort,
} from './rules-of-files.ts';
import { looksComeFromTokens, noStyleInComponents } from './rules-of-looks.ts';
import { everyMessageIsHandledAndAsked } from './rules-of-messages.ts';
import { privacyComplaints } from './rules-of-privacy.ts';
import { everythingSealedIsSealedAnew } from './rules-of-sealing.ts';
import { everythingStoredIsInTheInventory } from './rules-of-stores.ts';
import {
  everyProviderIsRegistered,
  everyRoomHasADoor,
  everyRoomHasAFloor,
  nothingLiesInTheHall,
  schemasAreBuiltWhenUsed,
} from './rules-of-rooms.ts';
import {
  noTestAttachesToTheWorker,
  noTestIsLeftOut,
  noTestSwitch,
  testsDoNotSleep,
} from './rules-of-tests.ts';

/* The rules, tried on houses of two files: a rule that can't complain holds nothing. */

const house = (files: Readonly<Record<string, string>>): House => new Map(Object.entries(files));
const opened = '/**\n * Room `mail`.\n */\n';

describe('rules of rooms', () => {
  it('ask for a door, and for an opening of at most 15 lines', () => {
    expect(everyRoomHasADoor(house({ 'utils/mail/draft.ts': '' }))[0]).toContain('has no door');
    expect(everyRoomHasADoor(house({ 'utils/mail/mail.ts': 'x' }))[0]).toContain('comment');
    const long = `/**\n${' * line\n'.repeat(16)} */\n`;
    expect(everyRoomHasADoor(house({ 'utils/mail/mail.ts': long }))[0]).toContain('16 lines');
    expect(everyRoomHasADoor(house({ 'utils/mail/mail.ts': opened }))).toEqual([]);
  });

  it('ask for a floor', () => {
    expect(everyRoomHasAFloor(house({ 'utils/attic/attic.ts': '' }))[0]).toContain('attic');
    expect(everyRoomHasAFloor(house({ 'utils/mail/mail.ts': '' }))).toEqual([]);
  });

  it('let nothing lie in utils itself', () => {
    expect(nothingLiesInTheHall(house({ 'utils/dates.ts': '' }))[0]).toContain('utils/dates.ts');
  });

  it('let no schema be built before it is used', () => {
    const eager = house({ 'utils/mail/draft.ts': 'export const draft = z.object({});\n' });
    expect(schemasAreBuiltWhenUsed(eager)[0]).toContain('"draft"');
    const lazy = house({
      'utils/mail/draft.ts': 'const draft = once(() =>\n  z.object({}),\n);\n',
    });
    expect(schemasAreBuiltWhenUsed(lazy)).toEqual([]);
  });

  it('ask every provider for a declaration and a registration', () => {
    const gmail = {
      'utils/providers/gmail/gmail.ts': '',
      'utils/providers/gmail/declaration.ts': '',
      'entrypoints/background.ts': "from '../utils/providers/gmail/gmail.ts'",
    };
    expect(everyProviderIsRegistered(house(gmail))).toEqual([]);
    expect(everyProviderIsRegistered(house({ 'utils/providers/gmail/gmail.ts': '' }))).toHaveLength(
      2,
    );
  });
});

describe('rules of files', () => {
  it('refuse names that say nothing', () => {
    for (const name of ['utils/mail/helpers.ts', 'tests/common.test.ts', 'components/index.tsx']) {
      expect(namesSaySomething(house({ [name]: '' })), name).toHaveLength(1);
    }
    expect(namesSaySomething(house({ 'entrypoints/popup/index.html': '' }))).toEqual([]);
  });

  it('ask for kebab-case modules and PascalCase components', () => {
    expect(namesAreWrittenAlike(house({ 'utils/mail/replyAll.ts': '' }))).toHaveLength(1);
    expect(namesAreWrittenAlike(house({ 'components/mail/mail-line.tsx': '' }))).toHaveLength(1);
    const fine = { 'utils/mail/reply-all.ts': '', 'components/mail/MailLine.tsx': '' };
    expect(namesAreWrittenAlike(house(fine))).toEqual([]);
  });

  it('limit the length of a file, and more so of the composition root', () => {
    const lines = (count: number): string => 'x\n'.repeat(count);
    expect(filesStaySmall(house({ 'utils/mail/mail.ts': lines(301) }))).toHaveLength(1);
    expect(filesStaySmall(house({ 'utils/mail/mail.ts': lines(300) }))).toEqual([]);
    const root = { 'entrypoints/background.ts': lines(121) };
    expect(theCompositionRootStaysShort(house(root))).toHaveLength(1);
  });
});

describe('rules of documentation', () => {
  it('find an exported name without a line above it', () => {
    const text = '/** Said. */\nexport const a = 1;\nexport function b(): void {}\nconst c = 2;\n';
    expect(everyExportIsDocumented(house({ 'utils/mail/mail.ts': text }))).toEqual([
      expect.stringContaining('above b '),
    ]);
  });

  it('take neither barrels nor default exports', () => {
    const barrel = { 'utils/mail/mail.ts': "export * from './draft.ts';" };
    expect(noDoorIsABarrel(house(barrel))).toHaveLength(1);
    expect(exportsAreNamed(house({ 'utils/mail/mail.ts': 'export default 1;' }))).toHaveLength(1);
  });
});

describe('rules of tests', () => {
  it('refuse a sleep', () => {
    const sleeping = { 'tests/some.test.ts': 'await new Promise((r) => setTimeout(r, 50));' };
    expect(testsDoNotSleep(house(sleeping))).toHaveLength(1);
  });

  it('refuse to attach to the worker where its life is tested', () => {
    const attached = { 'tests/browser/a.test.ts': 'await target.worker();' };
    expect(noTestAttachesToTheWorker(house(attached))).toHaveLength(1);
  });

  it('refuse a test that is left out, but take one that asks for its tools', () => {
    const left = { 'tests/a.test.ts': "it.only('…', () => {});" };
    expect(noTestIsLeftOut(house(left))).toHaveLength(1);
    expect(noTestIsLeftOut(house({ 'tests/a.test.ts': 'it.skipIf(missing())' }))).toEqual([]);
  });

  it('refuse production code that knows of tests', () => {
    const knowing = { 'utils/mail/mail.ts': 'if (import.meta.env.VITEST) skip();' };
    expect(noTestSwitch(house(knowing))).toHaveLength(1);
  });
});

describe('rules of looks', () => {
  it('find a raw colour or size outside of the tokens, but not in a media query', () => {
    const css = '.a { color: #fff; padding: 3px; margin: 0 } @media (max-width: 420px) { }';
    expect(looksComeFromTokens(house({ 'components/a.css': css }))).toHaveLength(2);
    expect(looksComeFromTokens(house({ 'components/tokens.css': css }))).toEqual([]);
  });

  it('find a style in a component', () => {
    expect(noStyleInComponents(house({ 'components/A.tsx': '<p style="x">' }))).toHaveLength(1);
  });
});

describe('rules of messages', () => {
  const list = { 'utils/messaging/messages.ts': "  'drafts.open': fromPage(byId, draft),\n" };

  it('find a message that nobody answers or nobody asks', () => {
    expect(everyMessageIsHandledAndAsked(house(list))).toHaveLength(2);
    const whole = {
      ...list,
      'utils/dispatch/mail-handlers.ts': "{ 'drafts.open': open }",
      'components/a.ts': "ask('drafts.open')",
    };
    expect(everyMessageIsHandledAndAsked(house(whole))).toEqual([]);
  });

  it('notice when the list can no longer be read', () => {
    const changed = { 'utils/messaging/messages.ts': 'export const messages = {};' };
    expect(everyMessageIsHandledAndAsked(house(changed))).toHaveLength(1);
  });
});

describe('rules of PRIVACY.md', () => {
  const tests = house({ 'tests/a.test.ts': "it('sends nothing when idle', () => {})" });
  const page = (promises: string): string =>
    `# Privacy\n\nLast changed: 2026-01-31\n\n## Promises\n\n${promises}\n\n## Notices\n\nWe are two people.\n`;
  const complaints = (text: string): readonly string[] => privacyComplaints(text, tests);

  it('take a promise whose test exists', () => {
    const good =
      '**P1.** Idle, it is\nsilent. *(test: "sends nothing when idle" in tests/a.test.ts)*';
    expect(complaints(page(good))).toEqual([]);
  });

  it.each([
    ['a sentence that names no test', '**P1.** We are nice.'],
    ['a promise without a number', 'Idle. *(test: "sends nothing when idle" in tests/a.test.ts)*'],
    ['a wrong number', '**P2.** Idle. *(test: "sends nothing when idle" in tests/a.test.ts)*'],
    ['a test that is not there', '**P1.** Idle. *(test: "is silent" in tests/a.test.ts)*'],
    ['a file that is not there', '**P1.** Idle. *(test: "x" in tests/gone.test.ts)*'],
  ])('refuse %s', (_what, text) => {
    expect(complaints(page(text))).toHaveLength(1);
  });

  it('refuse a sentence that is neither promise nor notice, other sections, and no date', () => {
    const good = '**P1.** Idle. *(test: "sends nothing when idle" in tests/a.test.ts)*';
    expect(complaints(page(good).replace('## Promises', 'We care.\n\n## Promises'))).toHaveLength(
      1,
    );
    expect(complaints(`${page(good)}\n## Values\n`)).toHaveLength(1);
    expect(complaints(page(good).replace(/Last changed.*\n/, ''))).toHaveLength(1);
  });
});

describe('rules of sealing', () => {
  const label = 'export function noteLabel(id: string): RecordLabel {';

  it('ask for a way to seal anew whatever is sealed under a label', () => {
    const sealing = { 'utils/mail/notes.ts': label };
    expect(everythingSealedIsSealedAnew(house(sealing))[0]).toContain('noteLabel');
    const anew = { 'utils/mail/seal-notes-anew.ts': 'await anew(noteLabel(id), sealed)' };
    expect(everythingSealedIsSealedAnew(house({ ...sealing, ...anew }))).toEqual([]);
  });
});

describe('rules of stores', () => {
  const words = {
    'utils/dispatch/stored-things.ts':
      "const STORES = { 'outbox/mails': null }; const KEYS = { account: {} };",
  };
  const complaints = (text: string): readonly string[] =>
    everythingStoredIsInTheInventory(house({ ...words, 'utils/mail/kept.ts': text }));

  it('ask for a line for every object store', () => {
    expect(complaints("connection.createObjectStore('mails')")).toEqual([]);
    expect(complaints("connection.createObjectStore('pieces')")[0]).toContain('"pieces"');
    expect(complaints('connection.createObjectStore(name)')[0]).toContain('write its name');
  });
  it('ask for a line for every kind of record and every key', () => {
    expect(complaints("{\n  kind: 'account',\n  version: 1,\n  schema")).toEqual([]);
    expect(complaints("{\n  kind: 'lock',\n  version: 1,\n  schema")[0]).toContain('"lock"');
    expect(complaints("area.set('lock.tries', 1)")[0]).toContain('"lock.tries"');
    expect(complaints("const TRIES_KEY = 'lock.tries';")[0]).toContain('"lock.tries"');
  });
});
