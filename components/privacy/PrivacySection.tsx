import type { JSX } from 'preact';
import type { AccountView, ProviderView } from '../../utils/messaging/messaging.ts';
import { errorOf } from '../live/live-answer.ts';
import { useAsked } from '../live/use-asked.ts';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { ActivityCharts } from './ActivityCharts.tsx';
import { CallLog } from './CallLog.tsx';
import { EraseEverything } from './EraseEverything.tsx';
import { HostTable } from './HostTable.tsx';
import { InventoryTable } from './InventoryTable.tsx';
import { Statement } from './Statement.tsx';
import './privacy.css';

/** What is stored, who was called, the way to erase it all, and the statement. */
export function PrivacySection(props: {
  readonly accounts: readonly AccountView[];
  readonly providers: readonly ProviderView[];
  readonly statement: string;
}): JSX.Element {
  const { accounts, providers, statement } = props;
  const { asked: overview, refresh } = useAsked('privacy.overview', {}, [
    'privacy',
    'accounts',
    'outbox',
  ]);
  const error = errorOf(overview);
  return (
    <>
      <p class="soft">
        Everything that Postern keeps and every call that it makes, counted now. No content is in
        it.
      </p>
      <AnswerTrouble error={error} again={refresh} />
      {overview.kind === 'asking' && <p class="asking">Counting what is stored…</p>}
      {overview.kind === 'answered' && (
        <>
          <InventoryTable lines={overview.value.inventory} />
          <HostTable overview={overview.value} onChanged={refresh} />
          <ActivityCharts retentionDays={overview.value.retentionDays} />
          <CallLog overview={overview.value} accounts={accounts} />
        </>
      )}
      <EraseEverything providers={providers} />
      <Statement markdown={statement} />
    </>
  );
}
