import type { JSX } from 'preact';
import { useTools } from '../live/tools.ts';
import { ActButton } from '../parts/ActButton.tsx';

/** Asks the browser to let us read a host's answers, and then goes on with what met it. */
export function AllowHost(props: {
  readonly host: string;
  readonly then: () => Promise<string | null>;
}): JSX.Element {
  const { host, then } = props;
  const { hostPermissions } = useTools();
  return (
    <div class="row">
      <ActButton
        size="small"
        busyText="Waiting for your answer…"
        onAct={async () => {
          // The first thing in the click: the browser asks only then.
          if (await hostPermissions.request([host])) return then();
          return 'The host was not allowed. Nothing was changed.';
        }}
      >
        Allow {host}
      </ActButton>
    </div>
  );
}
