import { render } from 'preact';
import { createLiveAnswer } from '../../components/live/live-answer.ts';
import { ToolsContext } from '../../components/live/tools.ts';
import { PopupPage } from '../../components/popup/PopupPage.tsx';
import { createClient } from '../../utils/messaging/messaging.ts';
import { createChannel, createHostPermissions } from '../../utils/platform/browser-platform.ts';

const client = createClient(createChannel());
// Asked before anything is drawn: the worker wakes up while the browser paints.
const accounts = createLiveAnswer(client, {
  name: 'accounts.list',
  request: {},
  changes: ['accounts'],
});
const outbox = createLiveAnswer(client, { name: 'outbox.list', request: {}, changes: ['outbox'] });
const tools = {
  client,
  hostPermissions: createHostPermissions(),
  clock: { now: () => Date.now() },
  close: () => window.close(),
};

const place = document.getElementById('page');
if (place) {
  render(
    <ToolsContext.Provider value={tools}>
      <PopupPage accounts={accounts} outbox={outbox} />
    </ToolsContext.Provider>,
    place,
  );
}
