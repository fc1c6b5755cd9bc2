import { describe, expect, it, vi } from 'vitest';
import { EMPTY_CONTENT } from '../../../utils/mail/mail.ts';
import { mailHandlers } from '../../../utils/dispatch/mail-handlers.ts';
import type { Rooms } from '../../../utils/dispatch/rooms.ts';
import type { DraftView, MailView } from '../../../utils/messaging/messaging.ts';

const BLANK: MailView = {
  id: 'blank',
  accountId: 'account',
  state: { kind: 'draft', reason: null },
  subject: '',
  recipients: '',
  sizeBytes: 0,
  updatedAt: 1,
  mayHaveArrived: false,
  sentPage: null,
  unreadable: null,
};

const DRAFT: DraftView = {
  id: 'blank',
  accountId: 'account',
  content: EMPTY_CONTENT,
  suggestions: [],
  alsoFound: '',
  rejection: null,
  updatedAt: 1,
  revision: 1,
};

function stage(mails: readonly MailView[], draft: DraftView): { rooms: Rooms; opened: string[] } {
  const opened: string[] = [];
  const rooms = {
    settings: { get: () => Promise.resolve({ defaultAccountId: 'account' }) },
    outbox: {
      page: () => Promise.resolve(mails),
      openDraft: () => Promise.resolve(draft),
      createDraft: vi.fn(() => Promise.resolve({ ...DRAFT, id: 'new' })),
    },
    surface: {
      openWindow: (path: string) => {
        opened.push(path);
        return Promise.resolve();
      },
    },
  } as unknown as Rooms;
  return { rooms, opened };
}

describe('writing a new mail', () => {
  it('opens the draft again in which nothing was written, so that none pile up', async () => {
    const { rooms, opened } = stage([BLANK], DRAFT);
    await mailHandlers(rooms)['compose.new']({ accountId: null });
    expect(opened).toEqual(['/compose.html?draft=blank']);
  });

  it.each([
    ['has a text', [BLANK], { ...DRAFT, content: { ...EMPTY_CONTENT, text: 'Hello' } }],
    ['has a subject', [{ ...BLANK, subject: 'Hello' }], DRAFT],
    ['is written from another account', [{ ...BLANK, accountId: 'other' }], DRAFT],
    ['can’t be opened', [{ ...BLANK, unreadable: 'corrupt' }], DRAFT],
    ['was sent', [{ ...BLANK, state: { kind: 'sent', sentAt: 1 } as const }], DRAFT],
    ['does not exist', [], DRAFT],
  ])('makes a new draft when the one there %s', async (_why, mails, draft) => {
    const { rooms, opened } = stage(mails, draft);
    await mailHandlers(rooms)['compose.new']({ accountId: null });
    expect(opened).toEqual(['/compose.html?draft=new']);
  });
});
