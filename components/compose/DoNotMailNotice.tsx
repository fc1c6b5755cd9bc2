import type { JSX } from 'preact';
import { useAsked } from '../live/use-asked.ts';
import { useLive } from '../live/use-live.ts';
import { Notice } from '../parts/Notice.tsx';
import { onDoNotMailListText } from '../texts/merge-texts.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** Says who of the recipients is on the do-not-mail list. It stops nothing: the person decides. */
export function DoNotMailNotice({ keeper }: { readonly keeper: DraftKeeper }): JSX.Element | null {
  const { to, cc, bcc } = useLive(keeper.version).content;
  const addresses = [...to, ...cc, ...bcc].map(({ address }) => address).slice(0, 500);
  return addresses.length === 0 ? null : <Listed addresses={addresses} />;
}

function Listed({ addresses }: { readonly addresses: readonly string[] }): JSX.Element | null {
  const { asked } = useAsked('suppressions.check', { addresses }, ['suppressions']);
  const found = asked.kind === 'answered' ? asked.value.found : [];
  if (found.length === 0) return null;
  return (
    <Notice tone="heed">
      <p>{onDoNotMailListText(found)}</p>
    </Notice>
  );
}
