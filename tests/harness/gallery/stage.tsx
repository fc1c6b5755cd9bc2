import { render, type JSX } from 'preact';
import { ComposePage } from '../../../components/compose/ComposePage.tsx';
import { createLiveAnswer, type LiveAnswer } from '../../../components/live/live-answer.ts';
import { ToolsContext, type Tools } from '../../../components/live/tools.ts';
import { MergePage } from '../../../components/merge/MergePage.tsx';
import { OptionsPage } from '../../../components/options/OptionsPage.tsx';
import { OutboxPage } from '../../../components/outbox/OutboxPage.tsx';
import { PopupPage } from '../../../components/popup/PopupPage.tsx';
import privacyStatement from '../../../PRIVACY.md?raw';
import type { AnswerOf } from '../../../utils/messaging/messaging.ts';
import { createFakeClient, type FakeClient } from '../fake-client.ts';
import { noticesOf } from '../fake-notices.ts';
import { passkeysThat } from '../fake-passkeys.ts';
import { idOf, NOW } from './sample-records.ts';
import type { Scene } from './scene.ts';

/** A scene that was put on stage. */
export interface Staged {
  readonly client: FakeClient;
  /** Takes it off again. */
  strike(): void;
}

/** Mounts a scene's page as its main.tsx does, with a scripted worker and a clock that stands still. */
export function stage(scene: Scene, place: HTMLElement, more: Partial<Tools> = {}): Staged {
  const client = createFakeClient(scene.script);
  const tools: Tools = {
    client,
    hostPermissions: {
      request: () => Promise.resolve(true),
      remove: () => Promise.resolve(true),
    },
    notices: noticesOf({ agrees: true }),
    passkeys: passkeysThat({ kind: 'cancelled' }),
    clock: { now: () => NOW },
    close: () => {},
    saveFile: () => {},
    ...more,
  };
  render(
    <ToolsContext.Provider value={tools}>{pageOf(scene, client)}</ToolsContext.Provider>,
    place,
  );
  return { client, strike: () => render(null, place) };
}

function pageOf(scene: Scene, client: FakeClient): JSX.Element {
  const accounts = (): LiveAnswer<AnswerOf<'accounts.list'>> =>
    createLiveAnswer(client, { name: 'accounts.list', request: {}, changes: ['accounts', 'lock'] });
  switch (scene.page) {
    case 'popup':
      return (
        <PopupPage
          accounts={accounts()}
          outbox={createLiveAnswer(client, {
            name: 'outbox.list',
            request: {},
            changes: ['outbox', 'lock'],
          })}
        />
      );
    case 'compose':
      return <ComposePage draftId={idOf(200)} accounts={accounts()} />;
    case 'merge':
      return <MergePage id={idOf(200)} accounts={accounts()} />;
    case 'outbox':
      return <OutboxPage accounts={accounts()} />;
    case 'options':
      return <OptionsPage accounts={accounts()} privacyStatement={privacyStatement} />;
  }
}
