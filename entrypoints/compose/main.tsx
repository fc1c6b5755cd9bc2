import { render } from 'preact';
import { ComposePage } from '../../components/compose/ComposePage.tsx';
import { createLiveAnswer } from '../../components/live/live-answer.ts';
import { ToolsContext } from '../../components/live/tools.ts';
import { createClient } from '../../utils/messaging/messaging.ts';
import { createChannel, createHostPermissions } from '../../utils/platform/browser-platform.ts';

const client = createClient(createChannel());
const accounts = createLiveAnswer(client, {
  name: 'accounts.list',
  request: {},
  changes: ['accounts'],
});
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
      <ComposePage
        draftId={new URLSearchParams(location.search).get('draft')}
        accounts={accounts}
      />
    </ToolsContext.Provider>,
    place,
  );
}
