// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ComposePage } from '../../../components/compose/ComposePage.tsx';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import { withPictures, type AttachmentReference } from '../../../utils/mail/mail.ts';
import type { Script } from '../../harness/fake-client.ts';
import { account, accountsAnswer, draft, idOf } from '../../harness/gallery/sample-records.ts';
import { click, mount, settled, write, type Mounted } from '../mount.tsx';

const ID = idOf(200);
const PLAN: AttachmentReference = {
  id: idOf(300),
  fileName: 'Plan № 1.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 2_000_000,
  contentId: null,
};
const withPlan = draft({ content: { ...draft().content, attachments: [PLAN] } });

function script(more: Script = {}): Script {
  let begun = 400;
  return {
    'accounts.list': () => accountsAnswer([account(1)]),
    'drafts.open': () => draft(),
    'drafts.save': ({ revision }) => ({ kind: 'saved', revision: revision + 1 }),
    'outbox.send': () => ({ kind: 'queued' }),
    'outbox.show': () => null,
    'attachments.begin': () => ({ kind: 'begun', fileId: idOf((begun += 1)), pieceBytes: 8 }),
    'attachments.put': () => ({ kind: 'stored' }),
    'attachments.finish': () => ({ kind: 'complete' }),
    'attachments.remove': () => ({ done: true }),
    ...more,
  };
}

let page: Mounted | null = null;
beforeEach(() => {
  // jsdom has no pictures of its own.
  URL.createObjectURL = () => 'blob:picture';
  URL.revokeObjectURL = () => {};
});
afterEach(() => {
  page?.unmount();
  page = null;
  vi.restoreAllMocks();
});

async function open(more: Script = {}): Promise<Mounted> {
  const accounts = { name: 'accounts.list', request: {}, changes: ['accounts'] } as const;
  const opened = mount(
    (client) => <ComposePage draftId={ID} accounts={createLiveAnswer(client, accounts)} />,
    script(more),
  );
  page = opened;
  await settled();
  return opened;
}

async function pick(opened: Mounted, ...files: readonly File[]): Promise<void> {
  const input = opened.find('input[type=file]');
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  await settled();
}

/** An event with files in it, as the browser makes them. */
function given(
  type: 'drop' | 'dragover' | 'paste',
  files: readonly File[],
  types = ['Files'],
): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const data = { files, types, dropEffect: 'none' };
  return Object.assign(event, type === 'paste' ? { clipboardData: data } : { dataTransfer: data });
}

const PNG_HEAD = new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10]);
const png = (name: string): File => new File([PNG_HEAD], name, { type: 'image/png' });

const saved = (from: Mounted): readonly string[] =>
  from.client
    .requests('drafts.save')
    .at(-1)
    ?.content.attachments.map(({ fileName }) => fileName) ?? [];

describe('files', () => {
  it('are attached as they are picked, and stored with the draft', async () => {
    const opened = await open();
    await pick(opened, new File(['twelve bytes'], 'Straße.txt'), new File([], '空'));
    expect(opened.find('.files').textContent).toContain('Straße.txt12 bytes');
    expect(opened.text()).toContain('12 bytes of 25.6 MB');
    expect(opened.find('fieldset > [role=status]').textContent).toBe('空 is attached');
    await click(opened.button('Send'));
    expect(opened.client.requests('drafts.save').at(-1)?.content.attachments).toEqual([
      {
        id: idOf(401),
        fileName: 'Straße.txt',
        mediaType: 'text/plain',
        sizeBytes: 12,
        contentId: null,
      },
      {
        id: idOf(402),
        fileName: '空',
        mediaType: 'application/octet-stream',
        sizeBytes: 0,
        contentId: null,
      },
    ]);
    expect(opened.client.requests('outbox.send')).toHaveLength(1);
  });

  it('may be the same one twice', async () => {
    const opened = await open();
    const file = new File(['x'], 'a.txt');
    await pick(opened, file);
    await pick(opened, file);
    expect(opened.place.querySelectorAll('.file')).toHaveLength(2);
  });

  it('are attached when they are dropped, and the browser does not open them instead', async () => {
    const opened = await open();
    const over = given('dragover', []);
    document.dispatchEvent(over);
    await settled();
    expect(over.defaultPrevented).toBe(true);
    expect(opened.find('main').className).toContain('compose-dropping');
    const drop = given('drop', [new File(['x'], 'dropped.txt')]);
    document.dispatchEvent(drop);
    await settled();
    await settled();
    expect(drop.defaultPrevented).toBe(true);
    expect(opened.text()).toContain('dropped.txt');
    expect(opened.find('main').className).not.toContain('compose-dropping');
  });

  it('are left to the text field when a text is dropped', async () => {
    await open();
    const drop = given('drop', [], ['text/plain']);
    document.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(false);
  });

  it('are attached when a picture is pasted, with a small view of it', async () => {
    const opened = await open();
    const picture = new File([new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10])], 'image.png');
    opened.find('#text').dispatchEvent(given('paste', [picture], ['Files']));
    await settled();
    await settled();
    expect(opened.text()).toContain('image.png');
    expect(opened.find('img.thumbnail').getAttribute('src')).toBe('blob:picture');
    expect(opened.find('img.thumbnail').getAttribute('alt')).toBe('');
  });

  it('stand in the text where a picture is pasted or dropped into it, each under a name of its own', async () => {
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, text: 'Look:\n\nNice?' } }),
    });
    const field = opened.find('#text') as HTMLTextAreaElement;
    field.setSelectionRange(6, 6);
    field.dispatchEvent(given('paste', [png('image.png')], ['Files']));
    await settled();
    field.dispatchEvent(given('drop', [png('image.png')]));
    await settled();
    await settled();
    expect(field.value).toBe('Look:\n[image: image.png]\n[image: image-2.png]\nNice?');
    await click(opened.button('Send'));
    const { content } = opened.client.requests('drafts.save').at(-1)!;
    expect(content.text).toBe(field.value);
    expect(content.attachments.map(({ fileName }) => fileName)).toEqual([
      'image.png',
      'image-2.png',
    ]);
    for (const { contentId } of content.attachments) {
      expect(content.html).toContain(`<img src="cid:${contentId!}"`);
    }
  });

  it('take no word with them that is selected when they come', async () => {
    const gate = Promise.withResolvers<undefined>();
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, text: 'Look at this' } }),
      'attachments.finish': async () => {
        await gate.promise;
        return { kind: 'complete' };
      },
    });
    const field = opened.find('#text') as HTMLTextAreaElement;
    field.dispatchEvent(given('paste', [png('a.png')], ['Files']));
    await settled();
    field.setSelectionRange(0, 4);
    gate.resolve(undefined);
    await settled();
    await settled();
    expect(field.value).toBe('Look\n[image: a.png]\n at this');
  });

  it('have names of their own, also when they were picked, or lose what a name can’t hold', async () => {
    const opened = await open();
    await pick(
      opened,
      png('a/b.png'),
      png('a_b.png'),
      png('a\\b.png'),
      new File(['x'], 'a_b.png.txt'),
    );
    await click(opened.button('Send'));
    expect(saved(opened)).toEqual(['a_b.png', 'a_b-2.png', 'a_b-3.png', 'a_b.png.txt']);
  });

  it('leave the mark of another where it is when they are removed', async () => {
    const [shown, file] = [300, 301].map((at) => ({
      ...PLAN,
      id: idOf(at),
      fileName: 'plan.png',
      mediaType: 'image/png',
    }));
    const content = withPictures({
      ...draft().content,
      text: 'See\n[image: plan.png]',
      attachments: [shown!, file!],
    });
    const opened = await open({ 'drafts.open': () => draft({ content }) });
    const [, second] = opened.place.querySelectorAll<HTMLElement>('[aria-label="Remove plan.png"]');
    await click(second!);
    expect((opened.find('#text') as HTMLTextAreaElement).value).toBe('See\n[image: plan.png]');
    await click(opened.find('[aria-label="Remove plan.png"]'));
    expect((opened.find('#text') as HTMLTextAreaElement).value).toBe('See');
  });

  it('go out of the text and into it by a button, and out of it when they are removed', async () => {
    const plan = { ...PLAN, fileName: 'plan.png', mediaType: 'image/png' };
    const content = { ...draft().content, text: 'See', attachments: [plan] };
    const opened = await open({ 'drafts.open': () => draft({ content }) });
    const field = opened.find('#text') as HTMLTextAreaElement;
    field.setSelectionRange(3, 3);
    await click(opened.button('Show it in the text'));
    expect(field.value).toBe('See\n[image: plan.png]\n');
    await click(opened.button('Take it out of the text'));
    expect(field.value).toBe('See\n');
    await click(opened.button('Show it in the text'));
    await click(opened.find('[aria-label="Remove plan.png"]'));
    expect(field.value).not.toContain('[image');
    await click(opened.button('Send'));
    expect(opened.client.requests('drafts.save').at(-1)?.content.html).toBeNull();
  });

  it('are not made of a text that is pasted with its picture', async () => {
    const opened = await open();
    const picture = new File(['x'], 'image.png');
    const paste = given('paste', [picture], ['text/plain', 'text/html', 'Files']);
    opened.find('#text').dispatchEvent(paste);
    await settled();
    expect(paste.defaultPrevented).toBe(false);
    expect(opened.place.querySelector('.files')).toBeNull();
  });

  it('are there when a draft is opened again', async () => {
    const opened = await open({ 'drafts.open': () => withPlan });
    expect(opened.text()).toContain('Plan № 1.pdf');
    expect(opened.text()).toContain('1.9 MB of 25.6 MB');
  });

  it('are wiped when they are removed, after the draft without them is stored', async () => {
    const opened = await open({ 'drafts.open': () => withPlan });
    opened.button('Remove Plan № 1.pdf').focus();
    await click(opened.button('Remove Plan № 1.pdf'));
    expect(saved(opened)).toEqual([]);
    expect(opened.client.requests('attachments.remove')).toEqual([{ mailId: ID, fileId: PLAN.id }]);
    expect(document.activeElement?.id).toBe('attach');
  });

  it('are not wiped when the draft without them could not be stored', async () => {
    const opened = await open({
      'drafts.open': () => withPlan,
      'drafts.save': () => ({ code: 'storage-full', userText: 'Full.' }),
    });
    await click(opened.button('Remove Plan № 1.pdf'));
    expect(opened.client.requests('attachments.remove')).toEqual([]);
  });
});

describe('a file that is not attached', () => {
  it('is said with its reason, keeps the mail from going without it, and can be taken off', async () => {
    const opened = await open({
      'attachments.put': () => ({ code: 'storage-full', userText: 'The disk is full.' }),
    });
    await pick(opened, new File(['x'], 'a.txt'));
    expect(opened.find('.file-wrong [role=alert]').textContent).toBe(
      'Not attached. The disk is full. Your mail is as it was. Then attach it again.',
    );
    await click(opened.button('Send'));
    expect(opened.client.requests('outbox.send')).toEqual([]);
    expect(opened.text()).toContain('Not sent: a file in the list is not attached.');
    await click(opened.button('Take a.txt off the list'));
    expect(opened.text()).not.toContain('Not sent: a file in the list');
    await click(opened.button('Send'));
    expect(opened.client.requests('outbox.send')).toHaveLength(1);
  });

  it('is not even begun when it can never fit', async () => {
    const opened = await open();
    const huge = Object.defineProperty(new File(['x'], 'film.mp4'), 'size', { value: 40_000_000 });
    await pick(opened, huge);
    expect(opened.text()).toContain('it is larger than this account can send');
    expect(opened.client.requests('attachments.begin')).toEqual([]);
  });

  it('is attached by itself once another account is chosen that takes it', async () => {
    const small = account(2, { limits: { messageBytes: 3_000_000, recipients: 500 } });
    const opened = await open({
      'accounts.list': () => accountsAnswer([small, account(1)]),
      'drafts.open': () => draft({ accountId: small.id }),
    });
    const file = Object.defineProperty(new File(['x'], 'plan.pdf'), 'size', { value: 4_000_000 });
    await pick(opened, file);
    expect(opened.text()).toContain('it is larger than this account can send');
    const from = opened.find('#from');
    if (from instanceof HTMLSelectElement) from.value = account(1).id;
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(opened.text()).not.toContain('larger than this account can send');
    expect(opened.client.requests('attachments.begin')).toHaveLength(1);
  });

  it('shows how far it is while it is on its way, and Send waits for it', async () => {
    const gate = Promise.withResolvers<undefined>();
    const opened = await open({
      'attachments.put': async ({ index }) => {
        if (index === 1) await gate.promise;
        return { kind: 'stored' };
      },
    });
    await pick(opened, new File(['0123456789'], 'a.txt'));
    expect(opened.find('progress').getAttribute('aria-valuetext')).toBe('8 bytes of 10 bytes');
    await click(opened.button('Send'));
    expect(opened.client.requests('outbox.send')).toEqual([]);
    gate.resolve(undefined);
    await settled();
    await settled();
    expect(saved(opened)).toEqual(['a.txt']);
    expect(opened.client.requests('outbox.send')).toHaveLength(1);
  });

  it('can be stopped, and the next one comes in', async () => {
    const gate = Promise.withResolvers<undefined>();
    const opened = await open({
      'attachments.put': async () => {
        await gate.promise;
        return { kind: 'stored' };
      },
    });
    await pick(opened, new File(['0123456789'], 'a.txt'), new File(['x'], 'b.txt'));
    await click(opened.button('Stop a.txt'));
    gate.resolve(undefined);
    await settled();
    await settled();
    await write(opened.find('#subject'), 'Plans');
    await click(opened.button('Send'));
    expect(saved(opened)).toEqual(['b.txt']);
    expect(opened.client.requests('attachments.remove')).toHaveLength(1);
  });
});

describe('too many files', () => {
  it('are said before anything is sent, with what helps', async () => {
    const files = [1, 2].map((at) => ({ ...PLAN, id: idOf(300 + at), sizeBytes: 20_000_000 }));
    const opened = await open({
      'drafts.open': () => draft({ content: { ...draft().content, attachments: files } }),
    });
    expect(opened.find('p.file-wrong').textContent).toContain('38.1 MB of 25.6 MB.');
    expect(opened.find('p.file-wrong').textContent).toContain('Remove a file');
  });
});
